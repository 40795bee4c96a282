// Where the spread of the difference comes from: not knowing the parameters, or chance within a future.
import { h } from '../dom';
import { is_number, percent } from '../format';
import { section, type Builder } from '../frame';

const methods: Record<string, string> = { nested: 'from replications within each future', regression: 'from a regression on the factors' };

export const variance: Builder = ({ model }) => {
  const { headline } = model.data;
  const of = (treatment: string) => model.difference(headline.response, headline.nation || null, treatment);
  const rows = model.treatments_in(model.data.analysis.paired_differences).map(of)
    .filter((row) => row !== undefined).filter((row) => is_number(row.variance?.parametric) && is_number(row.variance?.monte_carlo));
  if (!rows.length) return null;
  const method = rows[0]!.variance!.method ?? '';
  return section('variance', 'Ignorance or chance',
    ['How much of the spread of the difference comes from not knowing the parameters, which more evidence could narrow, and how much from chance within a future, which more replications average out',
      methods[method] ? `; ${methods[method]}.` : '.'],
    h('div', { class: 'plot-table', 'data-chart': 'variance' }, h('table', {},
      h('caption', {}, `Variance of the difference in ${model.response_label(headline.response).toLowerCase()}, ${model.nation_name(headline.nation || null)}`),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'treatment' }, 'Treatment'), h('th', { scope: 'col', class: 'share-cell' }, h('span', { class: 'split-head plainly' }, h('span', {}, 'parameters'), h('span', {}, 'chance'))),
        h('th', { scope: 'col', class: 'num' }, 'Parameters [95 %]'))),
      h('tbody', {}, rows.map((row) => {
        const parts = row.variance!;
        const share = Math.min(1, Math.max(0, parts.parametric!));
        return h('tr', { class: row.treatment === headline.treatment ? 'chosen' : null }, h('th', { scope: 'row', class: 'treatment' }, model.treatment_label(row.treatment)),
          h('td', { class: 'share-cell' }, h('span', { class: 'split', 'aria-hidden': 'true' }, h('i', { vars: { width: `${(100 * share).toFixed(2)}%` } }))),
          h('td', { class: 'num' }, h('span', { class: 'value' }, h('b', {}, percent(parts.parametric)), ' ', h('span', { class: 'ends' }, is_number(parts.lo) ? `[${percent(parts.lo)}, ${percent(parts.hi)}]` : ''))));
      })))));
};
