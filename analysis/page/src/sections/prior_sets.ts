// The same comparison under other sets of priors, side by side.
import { select, toolbar } from '../controls';
import { fill, h } from '../dom';
import { count, counted, is_number, percent, unit_name, words } from '../format';
import { section, value_of, type Builder } from '../frame';
import { tone_of } from '../model';
import { domain_of, linear } from '../scale';
import { Linked } from '../store';
import { axis, directions, grid_of, whisker, whisker_key } from '../whisker';

export const prior_sets: Builder = ({ model, store }) => {
  const data = model.data.analysis.prior_sets;
  const source = (data?.rows ?? []).filter((row) => row.by_set.some((set) => is_number(set.mean)));
  if (!data || !source.length) return null;
  const responses = model.responses_in(source);
  const response = new Linked(store, 'response', responses);
  const nations = (): (string | null)[] => model.nations_in(source, response.follow(responses));
  const nation = new Linked(store, 'nation', nations());
  const treatments = (): string[] => model.treatments_in(source.filter((row) => row.response === response.follow(responses) && row.nation === nation.follow(nations())));
  const treatment = new Linked(store, 'treatment', treatments());
  const response_select = select<string>('Response', (value) => response.choose(value));
  const treatment_select = select<string>('Treatment', (value) => treatment.choose(value));
  const box = h('div', { class: 'plot-table', 'data-chart': 'prior-sets' });
  const update = (): void => {
    const name = response.follow(responses);
    const place = nation.follow(nations());
    const chosen = treatment.follow(treatments());
    response_select.show(responses.map((value) => ({ value, label: model.response_label(value) })), name);
    treatment_select.show(treatments().map((value) => ({ value, label: model.treatment_label(value) })), chosen);
    const row = source.find((each) => each.response === name && each.nation === place && each.treatment === chosen);
    const sets = row?.by_set ?? [];
    const meta = model.response(name);
    const unit = unit_name(meta.unit);
    const scale = linear(...domain_of(sets.flatMap((set) => [set.mean, set.lo, set.hi, set.predictive_lo, set.predictive_hi])), 6);
    fill(box, h('table', { vars: grid_of(scale) },
      h('caption', {}, `${model.response_label(name)}, ${model.nation_name(place)}: ${model.treatment_label(chosen)}${unit ? `, in ${unit}` : ''}`),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'method' }, 'Priors'), h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'), axis(scale, directions(meta.higher_is_worse))),
        h('th', { scope: 'col', class: 'num' }, 'Mean [95 %]'), h('th', { scope: 'col', class: 'num wide' }, 'Futures better'), h('th', { scope: 'col', class: 'num wide' }, 'Futures'))),
      h('tbody', {}, sets.map((set) => h('tr', { 'data-set': set.name }, h('th', { scope: 'row', class: 'method' }, words(set.name)),
        h('td', { class: 'plot-cell' }, whisker({ mean: set.mean, lo: set.lo, hi: set.hi, outer_lo: set.predictive_lo, outer_hi: set.predictive_hi, tone: tone_of(set.lo, set.hi, meta.higher_is_worse) }, scale)),
        h('td', { class: 'num' }, is_number(set.mean) ? value_of({ mean: set.mean, lo: set.lo as number, hi: set.hi as number }) : 'no result'),
        h('td', { class: 'num wide' }, percent(set.share_better)), h('td', { class: 'num wide' }, count(set.futures)))))));
  };
  const studies = data.sets.map((set) => `${words(set.name)}: ${set.study}, ${counted(set.futures, 'future')} of ${counted(set.replications, 'replication')}, seed ${set.seed}`);
  const result = section('prior-sets', 'Under other assumptions', 'The same comparison where the uncertain factors are drawn from other priors. Where the sets disagree, the answer rests on which of them one holds.',
    toolbar(response_select.element, treatment_select.element), box, whisker_key(true), studies.length > 0 && h('ul', { class: 'notes' }, studies.map((text) => h('li', {}, text))));
  store.on_change(update);
  update();
  return result;
};
