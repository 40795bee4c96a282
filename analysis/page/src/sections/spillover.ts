// What the treatment changes for others: members, rivals, non-members, and in total with the nation itself.
import type { Group } from '../data';
import { fill, h } from '../dom';
import { is_number, unit_name } from '../format';
import { section, treatment_button, lever_heads, value_of, type Builder } from '../frame';
import { select, toolbar } from '../controls';
import { tone_of } from '../model';
import { Linked } from '../store';
import { domain_of, linear } from '../scale';
import { axis, directions, grid_of, whisker, whisker_key } from '../whisker';

const groups: [Group, string][] = [
  ['members', 'Members'], ['adversaries', 'Rivals'], ['non_members', 'Non-members'], ['total', 'Total']];

export const spillover: Builder = (page) => {
  const { model, store } = page;
  const rows = model.data.analysis.spillover;
  const responses = model.responses_in(rows);
  if (!responses.length) return null;
  const response = new Linked(store, 'response', responses);
  const body = h('div', { class: 'plot-table groups', 'data-chart': 'spillover' });
  const response_select = select<string>('Response', (value) => response.choose(value));

  const update = (): void => {
    const shown_response = response.follow(responses);
    response_select.show(responses.map((value) => ({ value, label: model.response_label(value) })), shown_response);
    const meta = model.response(shown_response);
    const shown = rows.filter((row) => row.response === shown_response);
    const scale = linear(...domain_of(shown.flatMap((row) => [row.lo, row.hi, row.mean])), 4);
    const unit = unit_name(meta.unit);
    const present = groups.filter(([group]) => shown.some((row) => row.group === group));
    fill(body, h('table', { vars: { ...grid_of(scale), '--groups': String(present.length) } },
      h('caption', {}, `${model.response_label(shown_response)} of groups: sum of the differences over the group` + (unit ? `, in ${unit}` : '')),
      h('thead', {}, h('tr', {},
        h('th', { scope: 'col', class: 'treatment' }, lever_heads(model), h('span', { class: model.factorial_levels ? 'sr' : 'label' }, 'Treatment')),
        present.map(([, label]) => h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'group-name' }, label),
          axis(scale, directions(meta.higher_is_worse)))))),
      h('tbody', {}, model.treatments_in(shown).map((treatment) =>
        h('tr', { class: treatment === store.choice.treatment ? 'chosen' : null },
          h('th', { scope: 'row', class: 'treatment' }, treatment_button(page, treatment)),
          present.map(([group, label]) => {
            const row = shown.find((candidate) => candidate.treatment === treatment && candidate.group === group);
            return h('td', { class: 'plot-cell', 'data-label': label },
              whisker(row ? { ...row, tone: tone_of(row.lo, row.hi, meta.higher_is_worse, row.exactly_zero) } : null, scale),
              row ? value_of(row) : null);
          }))))));
  };
  const focal = model.data.headline.nation;
  const whose = focal ? model.nation_name(focal) : 'the nation';
  const result = section('spillover', 'What it changes for others',
    [`The same comparison for everybody except ${whose}: members of the organisation, homes of recorded rivals, and other non-members; the total adds ${whose}. `,
      'Attacks that are deterred here may land there.'],
    toolbar(response_select.element), body, rows.some((row) => is_number(row.lo)) && whisker_key(false));
  store.on_change(update);
  update();
  return result;
};
