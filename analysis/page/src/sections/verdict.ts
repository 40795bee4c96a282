// How sure the answer is: the same difference by several methods, against the smallest effect of interest, and by quantile.
import type { PairedDifference } from '../data';
import { h } from '../dom';
import { is_number, number, percent, quantity, typeset, unit_name } from '../format';
import { section, value_of, type Builder } from '../frame';
import { tone_of } from '../model';
import { domain_of, linear, type Scale } from '../scale';
import { axis, directions, grid_of, whisker } from '../whisker';
import { p_value } from './discovery';

interface Line { name: string; note: string; mean: number | null | undefined; lo: number | null | undefined; hi: number | null | undefined; p?: number | null | undefined; of_quantile?: boolean }

/** The estimates that the data hold of one difference. */
export function lines_of(row: PairedDifference): Line[] {
  const quantile = (row.quantiles ?? []).map((each): Line => ({ name: `Change of the ${percent(each.probability)} quantile`, note: 'of the outcome over histories', of_quantile: true, mean: each.difference, lo: each.lo, hi: each.hi }));
  const { controlled } = row;
  return [
    { name: 'Mean, t interval', note: 'over futures', mean: row.mean, lo: row.lo, hi: row.hi, p: row.p },
    { name: 'Mean, bootstrap interval', note: 'BCa: needs no normal distribution', mean: row.mean, lo: row.bca_lo, hi: row.bca_hi },
    { name: 'Median, sign test', note: 'needs no shape at all', mean: row.median, lo: row.median_lo, hi: row.median_hi, p: row.sign_p },
    ...(controlled && !controlled.too_few ? [{ name: 'Mean, adjusted', note: `by control variates: ${controlled.controls.filter((each) => each.use === 'used').length} used` +
      `${is_number(controlled.factor) ? `, worth ${number(controlled.factor)} times the runs` : ''}`, mean: controlled.mean, lo: controlled.lo, hi: controlled.hi }] : []),
    ...quantile,
  ].filter((line) => is_number(line.mean) && is_number(line.lo));
}

/** What the test of equivalence says, in a sentence. */
export function equivalence_words(row: PairedDifference, unit: string, worse: boolean): string | null {
  const { equivalence } = row;
  if (!equivalence || !is_number(equivalence.bound)) return null;
  const bound = quantity(equivalence.bound, unit);
  const texts: Record<string, string> = {
    negligible: `The difference is negligible: smaller than ${bound}, the smallest effect of interest, in either direction.`,
    larger: `The difference is an increase${worse ? ' for the worse' : ' for the better'} larger than ${bound}, the smallest effect of interest.`,
    smaller: `The difference is a decrease${worse ? ' for the better' : ' for the worse'} larger than ${bound}, the smallest effect of interest.`,
    unclear: `Whether the difference is larger than ${bound}, the smallest effect of interest, cannot be told from these runs.`,
  };
  const text = texts[equivalence.verdict];
  return text ? text + (is_number(equivalence.p) && equivalence.verdict === 'negligible' ? ` (p ${p_value(equivalence.p)})` : '') : null;
}

function bound_marks(row: PairedDifference, scale: Scale): HTMLElement[] {
  const bound = row.equivalence?.bound;
  if (!is_number(bound) || !(bound > 0)) return [];
  const [from, to] = [Math.max(scale.lo, -bound), Math.min(scale.hi, bound)];
  return [h('i', { class: 'negligible', vars: { left: `${scale.at(from).toFixed(3)}%`, width: `${(scale.at(to) - scale.at(from)).toFixed(3)}%` } })];
}

export const verdict: Builder = ({ model }) => {
  const { headline } = model.data;
  const row = model.difference(headline.response, headline.nation || null, headline.treatment);
  const lines = row ? lines_of(row) : [];
  const meta = model.response(headline.response);
  const words = row ? equivalence_words(row, meta.unit, meta.higher_is_worse) : null;
  if (!row || (lines.length < 2 && !words)) return null;
  const bound = row.equivalence?.bound;
  const reach = 3 * Math.max(...lines.filter((line) => !line.of_quantile).flatMap((line) => [line.lo, line.hi]).concat(bound).filter(is_number).map(Math.abs));
  const [lo, hi] = domain_of(lines.flatMap((line) => [line.mean, line.lo, line.hi]).concat(is_number(bound) ? [bound, -bound] : []));
  const scale = reach > 0 ? linear(Math.max(lo, -reach), Math.min(hi, reach), 6) : linear(lo, hi, 6);
  const unit = unit_name(meta.unit);
  const shift = row.controlled && is_number(row.controlled.shift) && is_number(row.controlled.shift_lo) && !row.controlled.too_few && row.controlled.shift_lo * row.controlled.shift_hi! > 0;
  return section('verdict', 'How sure it is', words ?? 'The same difference, estimated in several ways.',
    words ? h('p', { class: 'quiet' }, 'The same difference, estimated in several ways; the shaded band is what counts as negligible.') : null,
    h('div', { class: 'plot-table', 'data-chart': 'verdict' }, h('table', { vars: grid_of(scale) },
      h('caption', {}, `${model.response_label(row.response)}, ${model.nation_name(row.nation)}: ${model.treatment_label(row.treatment)} against ${model.treatment_label(row.reference)}${unit ? `, in ${unit}` : ''}`),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'method' }, 'Estimate'), h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'), axis(scale, directions(meta.higher_is_worse))),
        h('th', { scope: 'col', class: 'num' }, 'Estimate [95 %]'), h('th', { scope: 'col', class: 'num wide' }, 'p'))),
      h('tbody', {}, lines.map((line) => h('tr', {}, h('th', { scope: 'row', class: 'method' }, line.name, h('span', { class: 'factor-meaning' }, line.note)),
        h('td', { class: 'plot-cell' }, h('span', { class: 'overlay' }, bound_marks(row, scale), whisker({ mean: line.mean!, lo: line.lo!, hi: line.hi!, tone: tone_of(line.lo!, line.hi!, meta.higher_is_worse) }, scale))),
        h('td', { class: 'num' }, value_of({ mean: line.mean!, lo: line.lo!, hi: line.hi! })), h('td', { class: 'num wide' }, line.p === undefined ? '' : p_value(line.p))))))),
    shift && h('p', { class: 'warning' }, typeset('Plain and adjusted mean differ by more than chance explains: the plain one holds without assumptions.')),
    row.antithetic_factor && is_number(row.antithetic_factor) ? h('p', { class: 'quiet' }, `Antithetic pairs were worth ${number(row.antithetic_factor)} times as many independent ones.`) : null);
};
