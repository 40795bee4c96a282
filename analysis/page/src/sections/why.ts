// Why one outcome came about: the chain of causes as a line that changes lanes between agents, and where two histories part.
import { h, type Child } from '../dom';
import { counted, date, is_number, number, quantity, typeset, words } from '../format';
import { section, type Builder } from '../frame';
import type { Why } from '../contract/histories';

const most_lanes = 6;
const lane_px = 18;

/** The lane of each agent, in order of appearance; those beyond the sixth share the last. */
export function lanes_of(agents: string[]): number[] {
  const order = [...new Set(agents)];
  return agents.map((agent) => Math.min(most_lanes - 1, order.indexOf(agent)));
}

function delay_words(days: number): string {
  if (days <= 0) return 'at once';
  if (days < 2 / 24) return `${counted(Math.max(1, Math.round(days * 1440)), 'minute')} later`;
  if (days < 1) return `${counted(Math.round(days * 24), 'hour')} later`;
  return days < 365 ? `${counted(Math.round(days), 'day')} later` : `${number(days / 365.25)} years later`;
}

/** Who acts, in bold before what they do, once. */
function said(name: string, text: string): Child[] {
  const at = name ? text.toLowerCase().indexOf(name.toLowerCase()) : -1;
  const parts = at < 0 ? ['', name && `${name}: `, text] : [text.slice(0, at), text.slice(at, at + name.length), text.slice(at + name.length)];
  const first = parts.findIndex((part) => part);
  const [before = '', who = '', after = ''] = parts.map((part, k) => typeset(k === first ? part.charAt(0).toUpperCase() + part.slice(1) : part));
  return [before, who && h('b', {}, who), after];
}

/** Days since the step before, and in words: what the delay says where that is the cause, else what the dates say. */
export function gap_of(before: Why['chain'][number], step: Why['chain'][number]): { days: number | null, said: string } {
  const between = (Date.parse(step.date) - Date.parse(before.date)) / 86_400_000;
  if (Number.isFinite(between) && !(is_number(step.delay_d) && Math.abs(step.delay_d - between) <= 1)) return { days: between, said: between === 0 ? 'the same day' : between === 1 ? 'the next day' : delay_words(between) };
  return { days: step.delay_d, said: is_number(step.delay_d) ? delay_words(step.delay_d) : '' };
}

function chain(steps: Why['chain']): HTMLElement {
  const lanes = lanes_of(steps.map((step) => step.agent));
  const wide = (Math.max(0, ...lanes) + 1) * lane_px;
  const x = (lane: number): string => `${(lane + 0.5) * lane_px}px`;
  const rail = (...bars: Child[]): HTMLElement => h('span', { class: 'rail', 'aria-hidden': 'true', vars: { width: `${wide}px` } }, bars);
  return h('ol', { class: 'chain' }, steps.map((step, k) => {
    const { days, said: later } = k > 0 ? gap_of(steps[k - 1]!, step) : { days: null, said: '' };
    const from = k ? lanes[k - 1]! : lanes[0]!;
    const to = lanes[k]!;
    return h('li', { class: k + 1 === steps.length ? 'last' : null },
      k > 0 && h('div', { class: 'gap', vars: { '--gap': `${(1.2 + Math.min(4.2, is_number(days) ? 0.28 * Math.sqrt(Math.max(0, days)) : 0)).toFixed(2)}rem` } },
        h('span', {}), rail(
          h('i', { class: 'up', vars: { left: x(from), height: '50%' } }),
          from !== to && h('i', { class: 'across', vars: { left: x(Math.min(from, to)), width: `${Math.abs(to - from) * lane_px}px` } }),
          h('i', { class: 'down', vars: { left: x(to), height: '50%' } })),
        h('span', { class: 'delay' }, later)),
      h('div', { class: 'step' },
        h('time', { datetime: step.date }, step.date ? date(step.date) : ''),
        rail(k > 0 && h('i', { class: 'up', vars: { left: x(to), height: '.72rem' } }), k + 1 < steps.length && h('i', { class: 'down', vars: { left: x(to), top: '.72rem' } }),
          h('i', { class: 'station', vars: { left: x(to) } })),
        h('p', {}, said(step.who || words(step.agent), step.words || words(step.event).toLowerCase()))));
  }));
}

function parting(why: Why, label: (name: string) => string): HTMLElement | null {
  const { parting: at } = why;
  if (!at) return null;
  return h('div', { class: 'parting', 'data-chart': 'parting' },
    h('h3', {}, 'Where the two histories part', at.date ? `: ${date(at.date)}` : ''),
    at.words && h('p', {}, said(at.who, at.words)),
    at.in_treatment !== at.in_reference && h('p', { class: 'quiet' }, `Only with ${label(at.in_treatment ? why.treatment : why.reference)}.`));
}

export const why: Builder = ({ model }) => {
  const { why: data } = model.data;
  if (!data || (!data.chain.length && !data.parting && !data.sentences.length)) return null;
  const meta = model.response(data.response);
  const place = is_number(data.future) ? `Future ${number(data.future)}, replication ${number(data.replication)}` : '';
  const values = is_number(data.value) ? `: ${model.response_label(data.response).toLowerCase()} ${quantity(data.value, meta.unit)} with ${model.treatment_label(data.treatment)}` +
    (is_number(data.reference_value) ? `, ${quantity(data.reference_value, meta.unit)} with ${model.treatment_label(data.reference)}` : '') : '';
  return section('why', 'Why it happened',
    data.sentences.length ? 'One pair of histories, followed back from its outcome to the first cause.' :
      [place || values ? `${place}${values}. ` : '', data.outcome ? `Followed back from the outcome to its first cause: ${data.outcome}.` : ''],
    data.sentences.map((text) => h('p', {}, typeset(text))),
    parting(data, (name) => model.treatment_label(name)),
    data.chain.length > 0 && h('div', { 'data-chart': 'why' }, h('h3', {}, 'From the first cause to the outcome'), chain(data.chain)),
    data.command && h('p', { class: 'quiet small' }, 'The same for any history: ', h('code', {}, data.command)));
};
