// Main effects and interactions of a factorial design.
import type { FactorialEffect } from '../data';
import { fill, h } from '../dom';
import { is_number, unit_name, words } from '../format';
import { section, value_of, type Builder } from '../frame';
import { select, toolbar } from '../controls';
import { tone_of } from '../model';
import { Linked } from '../store';
import { domain_of, linear } from '../scale';
import { axis, directions, grid_of, whisker, whisker_key } from '../whisker';

const orders = ['', 'Main effects', 'Two together', 'Three together', 'Four together', 'Five together', 'Six together'];

/** "a × b", and what a fraction cannot tell from it: "a + b × c". */
const named = (row: FactorialEffect): string => [row.terms.map(words).join(' × '),
  ...(row.aliases ?? []).map((alias) => `${alias.sign < 0 ? '−' : '+'} ${alias.terms.map(words).join(' × ')}`)].join(' ');

export const factorial: Builder = ({ model, store }) => {
  const design = model.data.analysis.factorial;
  const note = model.data.analysis.factorial_note ?? '';
  if (!design || !design.effects.length) return note ? section('factorial', 'Levers alone and together', note) : null;
  const responses = model.responses_in(design.effects);
  const response = new Linked(store, 'response', responses);
  const nation = new Linked(store, 'nation', model.nations_in(design.effects, response.follow(responses)));
  const body = h('div', { class: 'plot-table', 'data-chart': 'factorial' });
  const response_select = select<string>('Response', (value) => response.choose(value));
  const nation_select = select<string | null>('Nation', (value) => nation.choose(value));

  const update = (): void => {
    const shown_response = response.follow(responses);
    const nations = model.nations_in(design.effects, shown_response);
    const shown_nation = nation.follow(nations);
    response_select.show(responses.map((value) => ({ value, label: model.response_label(value) })), shown_response);
    nation_select.show(nations.map((value) => ({ value, label: model.nation_name(value) })), shown_nation);
    const meta = model.response(shown_response);
    const shown = design.effects.filter((row) => row.response === shown_response && (row.nation ?? null) === shown_nation);
    const scale = linear(...domain_of(shown.flatMap((row) => [row.lo, row.hi, row.mean])), 6);
    const highest = Math.max(0, ...shown.map((row) => row.terms.length));
    const groups = Array.from({ length: highest }, (_, k) => shown
      .filter((row) => row.terms.length === k + 1)
      .sort((a, b) => Math.abs(b.mean ?? 0) - Math.abs(a.mean ?? 0)));
    const unit = unit_name(meta.unit);
    fill(body, h('table', { vars: grid_of(scale) },
      h('caption', {}, `${model.response_label(shown_response)}, ${model.nation_name(shown_nation)}: effects of the levers` +
        (unit ? `, in ${unit}` : '')),
      h('thead', {}, h('tr', {},
        h('th', { scope: 'col', class: 'term' }, 'Lever'),
        h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'), axis(scale, directions(meta.higher_is_worse))),
        h('th', { scope: 'col', class: 'num' }, 'Mean [95 %]'))),
      groups.map((group, k) => h('tbody', {},
        h('tr', { class: 'group' }, h('th', { scope: 'rowgroup' }, orders[k + 1] ?? `${k + 1} together`),
          h('td', { class: 'plot-cell' }, whisker(null, scale)), h('td')),
        group.map((row) => h('tr', {},
          h('th', { scope: 'row', class: 'term' }, named(row)),
          h('td', { class: 'plot-cell' }, whisker({ ...row, tone: tone_of(row.lo, row.hi, meta.higher_is_worse, row.exactly_zero) }, scale)),
          h('td', { class: 'num' }, value_of(row))))))));
  };
  const result = section('factorial', 'Levers alone and together',
    ['A main effect is the change that a lever brings on average over the settings of the others. Below it stand the interactions: ',
      'what two or more levers bring together beyond their sum. An interaction on the side of “worse” means that they overlap.', ...(note ? [' ', note] : [])],
    toolbar(response_select.element, nation_select.element), body,
    design.effects.some((row) => is_number(row.lo)) && whisker_key(false));
  store.on_change(update);
  update();
  return result;
};
