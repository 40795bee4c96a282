// What an organisation is worth as a whole, beside the sum of what each member's place in it is worth.
import { h } from '../dom';
import { count, is_number, unit_name } from '../format';
import { section, value_of, type Builder } from '../frame';
import { tone_of } from '../model';
import { domain_of, linear } from '../scale';
import { axis, directions, grid_of, whisker } from '../whisker';

export const regime: Builder = ({ model }) => {
  const data = model.data.analysis.regime;
  const rows = data ? ([['Dissolved for all', data.regime], ['Sum of each member leaving alone', data.sum_direct], ['What only the whole is worth', data.difference]] as const)
    .filter(([, row]) => is_number(row?.mean)) : [];
  if (!data || !rows.length) return null;
  const meta = model.response(data.response);
  const scale = linear(...domain_of(rows.flatMap(([, row]) => [row!.mean, row!.lo, row!.hi])), 6);
  const unit = unit_name(meta.unit);
  return section('regime', 'The organisation as a whole',
    `${model.response_label(data.response)} over ${count(data.members)} members of ${data.organisation || 'the organisation'}: without it for all of them, and added up over each of them leaving alone.`,
    h('div', { class: 'plot-table', 'data-chart': 'regime' }, h('table', { vars: grid_of(scale) },
      h('caption', {}, `Change of the sum over members${unit ? `, in ${unit}` : ''}; ${count(data.n)} complete histories`),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'method' }, 'Change'), h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'), axis(scale, directions(meta.higher_is_worse))),
        h('th', { scope: 'col', class: 'num' }, 'Mean [95 %]'))),
      h('tbody', {}, rows.map(([name, row]) => h('tr', {}, h('th', { scope: 'row', class: 'method' }, name),
        h('td', { class: 'plot-cell' }, whisker({ ...row!, tone: tone_of(row!.lo, row!.hi, meta.higher_is_worse) }, scale)),
        h('td', { class: 'num' }, value_of({ mean: row!.mean!, lo: row!.lo as number, hi: row!.hi as number }))))))));
};
