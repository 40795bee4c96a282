// What drives the answer, and the ledger of assumptions behind it.
import { search, segmented, toolbar } from '../controls';
import type { Factor } from '../data';
import { fill, h } from '../dom';
import { count, is_number, number, sentence, typeset, unit_name, words } from '../format';
import { section, type Builder } from '../frame';
import { measured } from './sensitivity';
import type { Tone } from '../model';
import { linear } from '../scale';
import { axis, bar, grid_of } from '../whisker';

const grades: Record<string, string> = {
  A: 'measured in the record', B: 'reported by one source', C: 'expert bound', D: 'assumption',
};
const most_shown = 15;

function grade_mark(grade: string): HTMLElement {
  const letter = grade.trim().charAt(0).toUpperCase();
  return h('span', { class: `grade grade-${grades[letter] ? letter : 'none'}`, title: grades[letter] ?? grade }, grade || '–');
}

/** Size up to which a rank correlation over `futures` pairs is chance in 19 of 20 cases; 1 where nothing can be told. */
export function chance_limit(futures: number): number {
  return futures > 4 ? Math.min(1, 1.96 / Math.sqrt(futures - 1)) : 1;
}

/** The factors with the strongest correlation first. */
export function strongest(factors: Factor[], most: number): Factor[] {
  return factors
    .filter((factor) => is_number(factor.correlation))
    .sort((a, b) => Math.abs(b.correlation!) - Math.abs(a.correlation!) || a.name.localeCompare(b.name))
    .slice(0, most);
}

const fewest_futures = 5;  // with fewer, even a perfect order comes by chance in more than one of twenty cases

/** Why there is no plot of drivers; nothing where there is one. */
export function no_drivers(futures: number, correlations: number): string | null {
  if (futures < fewest_futures) {
    return `This needs at least ${fewest_futures} futures, and ${futures === 1 ? 'one was' : `${count(futures)} were`} drawn: with fewer, ` +
      'any order of them may be chance.';
  }
  return correlations ? null : 'No factor moves with the difference: it, or every factor, is the same in all futures.';
}

export const drivers: Builder = ({ model }) => {
  const better = model.data.analysis.sensitivity;
  if (!model.data.factors.length || (better && measured(better.factors))) return null;
  const shown = strongest(model.data.factors, most_shown);
  const { headline } = model.data;
  const worse = model.response(headline.response).higher_is_worse;
  const futures = model.difference(headline.response, headline.nation || null, headline.treatment)?.futures ?? model.data.analysis.study.futures;
  const reason = no_drivers(futures, shown.length);
  if (reason) return section('drivers', 'What drives the answer', null, h('p', { class: 'not-shown' }, reason));
  const limit = chance_limit(futures);
  const tone = (value: number): Tone => (Math.abs(value) <= limit ? 'unclear' : value < 0 === worse ? 'better' : 'worse');
  const reach = Math.min(1, Math.max(0.2, ...shown.map((factor) => Math.abs(factor.correlation!) * 1.08)));
  const scale = linear(-reach, reach, 6);
  const table = h('table', { vars: grid_of(scale) },
    h('caption', {}, `Rank correlation with the difference in ${model.response_label(headline.response).toLowerCase()} of ` +
      `${model.nation_name(headline.nation || null)} over futures`),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'factor' }, 'Factor'),
      h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'),
        axis(scale, worse ? { left: 'better', right: 'worse' } : { left: 'worse', right: 'better' })),
      h('th', { scope: 'col', class: 'num' }, 'Correlation'), h('th', { scope: 'col', class: 'num wide' }, 'Grade'))),
    h('tbody', {}, shown.map((factor) => h('tr', {},
      h('th', { scope: 'row', class: 'factor' }, h('span', { class: 'factor-name' }, words(factor.name.replace(/^M\d+\./, '').replace(/\./g, ' '))),
        factor.meaning && h('span', { class: 'factor-meaning' }, sentence(factor.meaning)), h('code', {}, factor.name)),
      h('td', { class: 'plot-cell' }, bar(factor.correlation, scale, tone(factor.correlation!))),
      h('td', { class: 'num' }, h('b', {}, number(factor.correlation, 2))), h('td', { class: 'num wide' }, grade_mark(factor.grade))))));
  return section('drivers', 'What drives the answer',
    ['Futures in which a factor is high, against the size of the effect there. A bar to the side of “better” means: the higher the factor, ',
      'the more the treatment helps. ',
      `Grey bars, up to ${number(limit, 2)} in size, may be chance with ${count(futures)} futures; of ${count(model.data.factors.length)} factors tried, ` +
      'about one in twenty passes that mark by chance.'],
    h('div', { class: 'plot-table', 'data-chart': 'drivers' }, table));
};

export const ledger: Builder = ({ model }) => {
  const all = model.data.factors;
  if (!all.length) return null;
  let wanted = '';
  let grade = 'all';
  const body = h('div', { class: 'scroll ledger', tabindex: '0', role: 'region', 'aria-label': 'Assumption ledger' });
  const tally = h('span', { class: 'quiet', role: 'status' });
  const present = Object.keys(grades).filter((letter) => all.some((factor) => factor.grade?.trim().toUpperCase().startsWith(letter)));

  const draw = (): void => {
    const kept = all.filter((factor) =>
      (grade === 'all' || factor.grade?.trim().toUpperCase().startsWith(grade)) &&
      (!wanted || [factor.name, factor.meaning, factor.source, factor.prior].some((text) => (text ?? '').toLowerCase().includes(wanted))));
    fill(tally, `${kept.length} of ${all.length} factors`);
    fill(body, h('table', { class: 'ledger-table' },
      h('thead', {}, h('tr', {}, ['Factor', 'Meaning', 'Prior', 'Unit', 'Source', 'Grade'].map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, kept.map((factor) => h('tr', {},
        h('th', { scope: 'row' }, h('code', {}, factor.name)),
        h('td', { 'data-label': 'Meaning' }, factor.meaning ? typeset(factor.meaning) : '–'), h('td', { 'data-label': 'Prior' }, factor.prior || '–'),
        h('td', { 'data-label': 'Unit' }, unit_name(factor.unit ?? '') || '–'), h('td', { 'data-label': 'Source' }, factor.source || '–'),
        h('td', { 'data-label': 'Grade' }, grade_mark(factor.grade ?? '')))))));
  };
  draw();
  return section('ledger', 'What is assumed',
    'Everything uncertain, with the range it was drawn from and how good the evidence is. Grades: A measured in the record, B reported by one source, C expert bound, D assumption.',
    toolbar(search('Find', (text) => { wanted = text; draw(); }),
      present.length > 1 && segmented('Grade', [{ value: 'all', label: 'all' }, ...present.map((letter) => ({ value: letter, label: letter }))], grade,
        (value) => { grade = value; draw(); }) || null, tally), body);
};
