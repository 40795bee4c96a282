// The effect plot: every treatment's paired difference with its interval and its range over futures.
import { fill, h } from '../dom';
import { change, is_number, percent, unit_name } from '../format';
import { lever_heads, mark_of, section, treatment_button, value_of, type Builder } from '../frame';
import { checkbox, segmented, select, toolbar } from '../controls';
import { Linked } from '../store';
import { domain_of, linear } from '../scale';
import { axis, directions, grid_of, whisker, whisker_key } from '../whisker';

type Order = 'study' | 'effect';

export const effects: Builder = (page) => {
  const { model, store } = page;
  const rows = model.data.analysis.paired_differences;
  const responses = model.responses_in(rows);
  if (!responses.length) return null;
  const response = new Linked(store, 'response', responses);
  const nation = new Linked(store, 'nation', model.nations_in(rows, response.follow(responses)));
  let order: Order = 'study';
  const intervals = rows.some((row) => is_number(row.lo));
  const ranges = rows.some((row) => is_number(row.predictive_lo));
  let outer = ranges;
  const body = h('div', { class: 'plot-table', 'data-chart': 'effects' });
  const response_select = select<string>('Response', (value) => response.choose(value));
  const nation_select = select<string | null>('Nation', (value) => nation.choose(value));

  const update = (): void => {
    const shown_response = response.follow(responses);
    const nations = model.nations_in(rows, shown_response);
    const shown_nation = nation.follow(nations);
    response_select.show(responses.map((value) => ({ value, label: model.response_label(value) })), shown_response);
    nation_select.show(nations.map((value) => ({ value, label: model.nation_name(value) })), shown_nation);
    const meta = model.response(shown_response);
    const shown = model.treatments_in(rows)
      .map((treatment) => model.difference(shown_response, shown_nation, treatment))
      .filter((row) => row !== undefined);
    if (order === 'effect') shown.sort((a, b) => (meta.higher_is_worse ? 1 : -1) * ((a.mean ?? Infinity) - (b.mean ?? Infinity)));
    const ends = shown.flatMap((row) => [row.mean, row.lo, row.hi, ...(outer ? [row.predictive_lo, row.predictive_hi] : [])]);
    const scale = linear(...domain_of(ends), 6);
    const unit = unit_name(meta.unit);
    const better = shown.some((row) => is_number(row.share_better));
    fill(body, h('table', { vars: grid_of(scale) },
      h('caption', {}, `${model.response_label(shown_response)}, ${model.nation_name(shown_nation)}: difference against ` +
        model.treatment_label(model.data.analysis.study.reference) + (unit ? `, in ${unit}` : '')),
      h('thead', {}, h('tr', {},
        h('th', { scope: 'col', class: 'treatment' }, lever_heads(model), h('span', { class: model.factorial_levels ? 'sr' : 'label' }, 'Treatment')),
        h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'), axis(scale, directions(meta.higher_is_worse))),
        h('th', { scope: 'col', class: 'num' }, 'Mean [95 %]'),
        h('th', { scope: 'col', class: 'num wide' }, 'Relative'),
        better && h('th', { scope: 'col', class: 'num wide' }, 'Futures better'))),
      h('tbody', {}, shown.map((row) => h('tr', { class: row.treatment === store.choice.treatment ? 'chosen' : null, 'data-treatment': row.treatment },
        h('th', { scope: 'row', class: 'treatment' }, treatment_button(page, row.treatment)),
        h('td', { class: 'plot-cell' }, whisker(mark_of(row, meta, outer), scale)),
        h('td', { class: 'num' }, value_of(row)),
        h('td', { class: 'num wide' }, change(row.relative)),
        better && h('td', { class: 'num wide' }, percent(row.share_better)))))));
  };
  const result = section('effects', 'What each treatment changes',
    ['Each row compares one treatment with the reference in the same futures and with the same random numbers. ',
      intervals ? 'The thick line is where the mean difference lies; the thin one holds 95 % of the futures. ' :
        'Each is known from one future only, so there are no intervals. ',
      'Choose a row to follow that treatment through the page.'],
    toolbar(response_select.element, nation_select.element,
      segmented<Order>('Order', [{ value: 'study', label: 'as designed' }, { value: 'effect', label: 'by effect' }], order,
        (value) => { order = value; update(); }),
      ranges ? checkbox('Range over futures', outer, (on) => { outer = on; update(); }) : null),
    body, intervals && whisker_key(ranges));
  store.on_change(update);
  update();
  return result;
};
