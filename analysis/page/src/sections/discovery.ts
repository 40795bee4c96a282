// When the answer does not hold: the conditions found by PRIM and CART, in sentences and as limits on the factors' ranges.
import type { Discovery, Limit } from '../contract/policy';
import { h } from '../dom';
import { count, counted, is_number, number, percent, quantity, sentence, typeset, words } from '../format';
import { missing, section, type Builder } from '../frame';
import { linear } from '../scale';
import { plain_table } from '../table';
import { axis, grid_of, whisker } from '../whisker';
import { peeling_plot, scatter_plot } from './discovery_plots';

/** "below 0.27", "above 151 days", "from 0.2 to 0.5 days". */
export function limit_words(limit: Limit): string {
  const of = (value: number | null): string => quantity(value, limit.unit);
  if (is_number(limit.lo) && is_number(limit.hi)) return `from ${number(limit.lo)} to ${of(limit.hi)}`;
  return is_number(limit.hi) ? `below ${of(limit.hi)}` : is_number(limit.lo) ? `above ${of(limit.lo)}` : 'any';
}

/** Where a limit lies on its factor's range, as per cent from the left; null where the range is not known. */
export function limit_span(limit: Limit): [number, number] | null {
  const [from, to] = limit.range;
  if (!is_number(from) || !is_number(to) || !(to > from)) return null;
  const at = (value: number): number => Math.min(100, Math.max(0, (100 * (value - from)) / (to - from)));
  return [is_number(limit.lo) ? at(limit.lo) : 0, is_number(limit.hi) ? at(limit.hi) : 100];
}

function track(limit: Limit): HTMLElement {
  const span = limit_span(limit);
  return h('span', { class: 'track', 'aria-hidden': 'true' }, span && h('i', { vars: { left: `${span[0].toFixed(2)}%`, width: `${Math.max(0.8, span[1] - span[0]).toFixed(2)}%` } }),
    h('span', { class: 'track-end' }, number(limit.range[0])), h('span', { class: 'track-end right' }, number(limit.range[1])));
}

type Box = NonNullable<Discovery['prim']>['boxes'][number];

/** One box: how often the outcome comes in it, and the limits that make it. */
function box_card(box: Box, k: number, several: boolean, outcome: string): HTMLElement {
  const again = box.limits.some((limit) => is_number(limit.found_again_lo) || is_number(limit.found_again_hi));
  const interval = is_number(box.density_lo) ? ` (95 % interval ${percent(box.density_lo)} to ${percent(box.density_hi)})` : '';
  return h('div', { class: 'box-card', 'data-chart': k ? null : 'boxes' },
    h('h3', {}, several ? `Conditions ${k + 1}` : 'The conditions', box.confirmed === false ? ', unconfirmed by futures that the search had not seen' : ''),
    h('p', {}, 'In ', h('b', { class: 'tone-worse strong' }, percent(box.density)), `${interval} of the ${counted(box.n, 'future')} in which all of these hold, the treatment ${outcome || 'has the outcome'}. `,
      `That is ${percent(box.coverage)} of all futures in which it does, within ${percent(box.mass)} of all futures.`,
      box.held_out && is_number(box.held_out.density) ? ` In futures that were not used to find such conditions: ${percent(box.held_out.density)}${is_number(box.held_out.lo) ? ` (${percent(box.held_out.lo)} to ${percent(box.held_out.hi)})` : ''}.` : ''),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Limits of conditions ${k + 1}` }, h('table', { class: 'limits' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Factor'), h('th', { scope: 'col' }, 'Limit'), h('th', { scope: 'col', class: 'track-cell' }, 'On the range drawn from'), h('th', { scope: 'col', class: 'num' }, 'By chance'), again && h('th', { scope: 'col', class: 'num' }, 'Found again'))),
      h('tbody', {}, box.limits.map((limit) => h('tr', {}, h('th', { scope: 'row' }, words(limit.factor.replace(/\./g, ' '))), h('td', {}, limit_words(limit)),
        h('td', { class: 'track-cell' }, track(limit)), h('td', { class: `num${is_number(limit.quasi_p) && limit.quasi_p > 0.05 ? ' weak' : ''}` }, p_value(limit.quasi_p)),
        again && h('td', { class: 'num' }, percent(limit.found_again_lo ?? limit.found_again_hi))))))));
}

/** "0.03", "< 0.001". */
export function p_value(p: number | null | undefined): string {
  if (!is_number(p)) return '–';
  return p < 0.001 ? '< 0.001' : number(Number(p.toPrecision(2)));
}

function leaves(data: Discovery): HTMLElement | null {
  const rows = (data.cart?.leaves ?? []).filter((leaf) => is_number(leaf.share));
  if (rows.length < 2) return null;
  const scale = linear(0, 1, 4);
  const shown = [...rows].sort((a, b) => b.share! - a.share!);
  return h('div', { class: 'plot-table', 'data-chart': 'leaves' }, h('table', { vars: grid_of(scale) },
    h('caption', {}, 'The same question cut into exclusive cases (CART): share of futures with the outcome'),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'factor' }, 'Where'), h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'), axis(scale, null)),
      h('th', { scope: 'col', class: 'num' }, 'Share [95 %]'), h('th', { scope: 'col', class: 'num wide' }, 'Futures'))),
    h('tbody', {}, shown.map((leaf) => h('tr', {},
      h('th', { scope: 'row', class: 'factor' }, leaf.limits.length ? leaf.limits.map((limit) => `${words(limit.factor.replace(/\./g, ' '))} ${limit_words(limit)}`).join('; ') : 'everywhere'),
      h('td', { class: 'plot-cell' }, whisker({ mean: leaf.share, lo: leaf.lo, hi: leaf.hi, tone: is_number(data.base_share) && is_number(leaf.lo) && leaf.lo > data.base_share ? 'worse' :
        is_number(data.base_share) && is_number(leaf.hi) && leaf.hi < data.base_share ? 'better' : 'unclear' }, scale)),
      h('td', { class: 'num' }, h('span', { class: 'value' }, h('b', {}, percent(leaf.share)), ' ', h('span', { class: 'ends' }, is_number(leaf.lo) ? `[${percent(leaf.lo)}, ${percent(leaf.hi)}]` : ''))),
      h('td', { class: 'num wide' }, count(leaf.n)))))));
}

/** What the data say of how surely the limits are found: words, or numbers by name. */
function stability_lines(stability: unknown): string[] {
  if (typeof stability === 'string') return stability ? [stability] : [];
  if (Array.isArray(stability)) return stability.flatMap(stability_lines);
  if (typeof stability !== 'object' || stability === null) return [];
  const { resamples, any_box } = stability as Record<string, unknown>;
  if (typeof resamples === 'number' && typeof any_box === 'number') return [`In ${count(resamples)} resamples of the futures conditions were found in ${percent(any_box)}; “found again” is how often each limit was among them`];
  const entries = Object.entries(stability as Record<string, unknown>).filter(([, value]) => typeof value === 'number' || typeof value === 'string');
  return entries.length ? [`How often each is found again: ${entries.map(([key, value]) => `${words(key)} ${typeof value === 'number' ? (value <= 1 ? percent(value) : number(value)) : value}`).join(', ')}`] : [];
}

export const discovery: Builder = ({ model }) => {
  const data = model.data.analysis.discovery;
  const boxes = data?.prim?.boxes.filter((box) => box.limits.length) ?? [];
  const title = data?.outcome === 'hurts' ? 'When it hurts' : data?.outcome === 'misses the level' ? 'When it misses the level' : 'When it does not help';
  if (!data || (!boxes.length && !data.sentences.length && !data.cart?.leaves.length)) return missing('discovery', title, model.data.analysis.discovery_note);
  const base = is_number(data.base_share) ? `Over all ${counted(data.futures, 'future')} it ${data.outcome || 'has the outcome'} in ${percent(data.base_share)}` +
    `${is_number(data.base_lo) ? ` (95 % interval ${percent(data.base_lo)} to ${percent(data.base_hi)})` : ''}.` : '';
  const importance = data.cart?.importance.filter((row) => is_number(row.value)) ?? [];
  const scatter = scatter_plot(data);
  const peeling = boxes.length ? peeling_plot(data) : null;
  return section('discovery', title,
    [`${model.treatment_label(data.treatment)} against ${model.treatment_label(data.reference)}, ${model.response_label(data.response).toLowerCase()} of ${model.nation_name(data.nation)}. `, base, data.left_out ? ` ${counted(data.left_out, 'future')} without a result are left out.` : ''],
    data.sentences.map((text, k) => h('p', { class: k ? null : 'first-sentence' }, typeset(text))),
    boxes.map((box, k) => box_card(box, k, boxes.length > 1, data.outcome)),
    (scatter || peeling) && h('div', { class: 'pair' }, scatter, peeling),
    leaves(data),
    importance.length > 0 && plain_table({ caption: 'Importance in the tree', head: ['Factor', 'Share'], rows: importance.map((row) => [words(row.factor.replace(/\./g, ' ')), percent(row.value)]) }),
    stability_lines(data.stability).map((text) => h('p', { class: 'quiet' }, sentence(text))));
};
