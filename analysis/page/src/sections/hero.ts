// Title, question, the answer in sentences and as a picture, and how much was computed.
import type { Counts, PairedDifference } from '../data';
import { fill, h } from '../dom';
import {
  change, count, counted, date, estimate_long, estimate_mean, is_number, percent, signed, typeset, unit_name,
} from '../format';
import type { Page } from '../frame';
import { mark_of } from '../frame';
import { domain_of, linear } from '../scale';
import { axis, directions, grid_of, whisker, whisker_key } from '../whisker';

/** Why a mean stands alone. */
function no_interval(row: PairedDifference): string {
  return row.futures < 2 ? ' no interval: it takes at least two futures, and one was drawn' : ' no interval';
}

function answer_plot({ model }: Page): HTMLElement | null {
  const { headline } = model.data;
  const row = model.difference(headline.response, headline.nation, headline.treatment);
  if (!row || !is_number(row.mean)) return null;
  const response = model.response(headline.response);
  const scale = linear(...domain_of([row.mean, row.lo, row.hi, row.predictive_lo, row.predictive_hi], 0.26), 6);
  const unit = unit_name(response.unit);
  const name = `${model.response_label(row.response)}, ${model.nation_name(row.nation)}`;
  return h('figure', { class: 'answer-plot', vars: grid_of(scale) },
    h('figcaption', {}, `${name}: ${model.treatment_label(row.treatment)} against ${model.treatment_label(row.reference)}`,
      unit ? `, in ${unit}` : ''),
    h('p', { class: 'big', 'data-value': 'headline' },
      h('b', { class: `tone-${mark_of(row, response).tone}` }, row.exactly_zero ? 'exactly 0' : estimate_mean(row, response.unit)),
      row.exactly_zero ? null : h('span', {}, is_number(row.lo) ? ` 95 % interval ${signed(row.lo)} to ${signed(row.hi)}` : no_interval(row))),
    h('div', { class: 'wide-plot', role: 'img', 'aria-label': estimate_long(row, response.unit) },
      whisker(mark_of(row, response), scale), axis(scale, directions(response.higher_is_worse))),
    h('ul', { class: 'facts' },
      is_number(row.relative) && h('li', {}, h('b', {}, change(row.relative)), ' of the reference'),
      is_number(row.share_better) && h('li', {}, h('b', {}, percent(row.share_better)), ' of futures better'),
      is_number(row.predictive_lo) && h('li', {}, '95 % of futures ',
        h('b', {}, `${signed(row.predictive_lo)} to ${signed(row.predictive_hi)}`)),
      h('li', {}, h('b', {}, count(row.futures)), row.futures === 1 ? ' future, ' : ' futures, ', h('b', {}, count(row.n)), row.n === 1 ? ' pair' : ' pairs')),
    is_number(row.lo) && whisker_key(is_number(row.predictive_lo)));
}

const outcomes: [keyof Counts, string][] = [
  ['planned', 'planned'], ['done', 'done'], ['censored', 'censored'], ['failed', 'failed']];

function counts_row(counts: Counts): HTMLElement {
  const rest = Math.max(0, counts.planned - counts.done - counts.failed - counts.censored);
  const share = (value: number): string => `${counts.planned > 0 ? (100 * value) / counts.planned : 0}%`;
  return h('div', { class: 'counts' },
    h('p', { class: 'counts-title' }, 'Replications'),
    h('dl', {}, outcomes.map(([key, label]) => h('div', { class: `outcome ${key}${counts[key] ? '' : ' none'}` },
      h('dt', {}, label), h('dd', { 'data-count': key }, count(counts[key]))))),
    counts.planned > 0 && h('div', { class: 'progress', 'aria-hidden': 'true' },
      outcomes.slice(1).map(([key]) => h('i', { class: key, vars: { width: share(counts[key]) } }))),
    rest > 0 && h('p', { class: 'warning' }, `${count(rest)} replications have not run: this report is of a part of the campaign.`),
    counts.failed > 0 && h('p', { class: 'quiet' }, 'Failed replications are left out with their pairs; ',
      h('a', { href: '#failures' }, 'see which')));
}

/** The head of the page. */
export function hero(page: Page): HTMLElement {
  const { analysis, headline } = page.model.data;
  const { study } = analysis;
  const [first, second, ...rest] = headline.sentences.map(typeset);
  const span = study.record_from || study.end ? `${date(study.record_from)} to ${date(study.end)}` : '';
  const size = [
    study.treatments.length && counted(study.treatments.length, 'treatment'), study.futures && counted(study.futures, 'future'),
    study.replications && `${counted(study.replications, 'replication')} of each`, span].filter(Boolean);
  const element = h('header', { class: 'hero', id: 'answer' });
  fill(element,
    h('p', { class: 'eyebrow' }, 'Berylia', study.name ? ` · study ${study.name}` : ''),
    h('h1', {}, study.title || study.name || 'Report'),
    study.question && h('p', { class: 'question' }, typeset(study.question)),
    h('div', { class: 'answer' },
      h('div', { class: 'answer-text' },
        h('h2', { class: 'small-head' }, 'The answer'),
        first ? h('p', { class: 'first' }, first) : h('p', {}, 'The results hold no headline comparison.'),
        second && h('p', {}, second),
        headline.caveats.length > 0 && h('p', { class: 'quiet' }, 'Read it with its ',
          h('a', { href: '#caveats' }, headline.caveats.length === 1 ? 'caveat' : `${headline.caveats.length} caveats`), '.')),
      answer_plot(page),
      rest.length > 0 && h('div', { class: 'answer-rest' }, rest.map((sentence) => h('p', {}, sentence)))),
    counts_row(analysis.counts),
    size.length > 0 && h('p', { class: 'quiet size' }, size.join(' · ')));
  return element;
}
