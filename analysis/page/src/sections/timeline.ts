// The incident timeline: one history beside its reference, or all of them by month, with a scrubber.
import { checkbox, segmented, select, toolbar } from '../controls';
import type { History, HistoryEvent, Timeline } from '../contract/histories';
import { fill, h } from '../dom';
import { count, counted, date, is_number, listed, number, words } from '../format';
import { section, type Builder, type Page } from '../frame';
import { sketch } from '../sketch';
import { plain_table } from '../table';
import { counts_until, end_of, in_view, kept, kinds, months_of, severe_from, start_of, type Filter } from '../timeline/events';
import { acts_of } from '../timeline/flags';
import { draw_lanes, lanes_height, time_at, type Lane, type LanesView } from '../timeline/lanes';
import { draw_monthly, monthly_height, monthly_time_at, type MonthlyView } from '../timeline/monthly';
import { scrubber } from '../timeline/scrubber';

type Way = 'one' | 'all';
const most_listed = 150;
const quiet_ms = 450;  // after the last move, before a screen reader is told
const windows = [{ value: 3, label: 'three months' }, { value: 12, label: 'a year' }, { value: 0, label: 'all before' }];

/** "March 2023" of "2023-03". */
function month_name(month: string): string {
  return date(`${month}-01`).replace(/^\d+\u00a0/, '');
}

function roles({ model }: Page, histories: History[]): History[] {
  const reference = model.data.analysis.study.reference;
  return [...histories].sort((a, b) => Number(a.treatment === reference) - Number(b.treatment === reference)).slice(0, 2);
}

/** The home of an actor by its name, other actors in words. */
function actor_name(model: Page['model'], actor: string): string {
  if (!actor) return '–';
  const [home = '', which] = actor.split('-');
  const name = model.nation_name(home);
  return name === home ? words(actor.toLowerCase()) : which ? `${name} ${which}` : name;
}

function event_rows(model: Page['model'], all: HistoryEvent[][], names: string[], from: number, to: number): { total: number; table: HTMLElement } {
  const found = in_view(all, from, to);
  const where = (in_histories: number[]): string => (names.length < 2 ? '' : in_histories.length === names.length ? 'both' : `only ${names[in_histories[0]!]}`);
  const rows = found.slice(-most_listed).reverse().map(({ event, in_histories }) => [
    date(event.date), words(event.kind), actor_name(model, event.actor), number(event.severity),
    [event.vector && words(event.vector), event.sector && words(event.sector)].filter(Boolean).join(' → ') || '–',
    event.cause ? words(event.cause) : '–', event.attribution ? `to ${event.attribution === 'none' ? 'none' : actor_name(model, event.attribution)}` : '–', ...(names.length > 1 ? [where(in_histories)] : [])]);
  return { total: found.length, table: plain_table({ caption: 'Events in view, the latest first',
    head: ['Date', 'What', 'Actor', 'Severity', 'How', 'Cause', 'Attributed', ...(names.length > 1 ? ['In'] : [])], rows }) };
}

/** Everything that the reader can set. */
interface State { way: Way; label: string; kind: string; nation: string | null; months_back: number; filter: Filter }

function key(one: boolean, two: boolean): HTMLElement {
  const item = (mark: string, text: string): HTMLElement => h('span', { class: 'key-item' }, h('span', { class: `mark ${mark}`, 'aria-hidden': 'true' }), text);
  return h('p', { class: 'key' }, one ? [item('circle', 'incident, larger when more severe'), item('diamond', 'attribution'), item('triangle', 'effect on service'),
    two && item('alone', 'filled: only in this history'), two && item('shared', 'hollow: the same in both')] :
    [item('line treatment', 'treatment, mean'), item('line reference', 'reference, mean'), item('band', '90 % of histories')]);
}

export const timeline: Builder = (page) => {
  const { model } = page;
  const source: Timeline | null = model.data.timeline;
  const months = source ? months_of(source.months, source.histories) : [];
  const by_month = source?.months.length === months.length ? source.aggregated.filter((row) => row.mean.some(is_number)) : [];
  const histories = source?.histories.filter((history) => history.events.length) ?? [];
  if (!source || months.length < 2 || (!histories.length && !by_month.length)) return null;
  const labels = [...new Set(histories.map((history) => history.label))];
  const state: State = { way: labels.length ? 'one' : 'all', label: labels[0] ?? '', kind: by_month[0]?.kind ?? '', nation: by_month[0]?.nation ?? null, months_back: 12,
    filter: { kinds: new Set(kinds.map(({ kind }) => kind)), actor: null, least_severity: 0 } };
  const [from, to] = [start_of(months[0]!), end_of(months[months.length - 1]!)];
  const reference = model.data.analysis.study.reference;

  const pair = (): History[] => roles(page, histories.filter((history) => history.label === state.label));
  const lane_of = (history: History): Lane => ({ label: model.treatment_label(history.treatment), role: history.treatment === reference ? 'reference' : 'treatment',
    events: kept(history, state.filter), acts: acts_of(model.data.interventions, history.treatment) });
  const cursor = (): number => end_of(months[scrub.position()]!);
  const window_from = (): number => (state.months_back ? start_of(months[Math.max(0, scrub.position() + 1 - state.months_back)]!) : from);
  const lanes = (): LanesView => ({ lanes: pair().map(lane_of), from, to, cursor: cursor(), window_from: window_from() });
  const monthly = (): MonthlyView => {
    const rows = by_month.filter((row) => row.kind === state.kind && row.nation === state.nation);
    const wanted = rows.find((row) => row.treatment === page.store.choice.treatment && row.treatment !== reference) ?? rows.find((row) => row.treatment !== reference);
    const shown = [wanted, rows.find((row) => row.treatment === reference)].filter((row) => row !== undefined);
    return { months, position: scrub.position(), acts: wanted ? acts_of(model.data.interventions, wanted.treatment) : [],
      rows: shown.map((row) => ({ row, role: row.treatment === reference ? 'reference' : 'treatment', label: model.treatment_label(row.treatment) })) };
  };

  const one_plot = sketch({ name: 'timeline', label: () => {
    const view = lanes();
    return `Incidents of ${listed(view.lanes.map((lane) => lane.label))} over time. The slider and the list below tell the same in words.`;
  }, height: (width) => lanes_height(lanes(), width), draw: (width) => draw_lanes(lanes(), width) });
  const all_plot = sketch({ name: 'monthly', label: () => `${words(state.kind)} in each month, mean and 90 % range over histories: ${listed(monthly().rows.map((row) => row.label))}.`,
    height: (width) => monthly_height(monthly(), width), draw: (width) => draw_monthly(monthly(), width),
    table: () => {
      const { rows } = monthly();
      return { caption: `${words(state.kind)} in a month: mean (5 % to 95 %)`, head: ['Month', ...rows.map((row) => row.label)],
        rows: months.map((month, k) => [month_name(month), ...rows.map(({ row }) => `${number(row.mean[k])} (${number(row.q05[k])} to ${number(row.q95[k])})`)]) };
    } });

  const status = h('p', { class: 'scrub-status', role: 'status', 'aria-live': 'polite' });
  const sums = h('div', { class: 'scrub-sums', 'aria-hidden': 'true' });
  const events_box = h('div', { class: 'events-in-view' });
  const key_box = h('div');
  const history_note = h('p', { class: 'quiet small' });
  let telling = 0;
  const tell = (text: string): void => {
    clearTimeout(telling);
    telling = window.setTimeout(() => { if (status.textContent !== text) status.textContent = text; }, quiet_ms);
  };

  /** What changes with every step. */
  const step = (): void => {
    const month = month_name(months[scrub.position()]!);
    if (state.way === 'one') {
      const view = lanes();
      const so_far = view.lanes.map((lane) => ({ lane, counts: counts_until(lane.events, view.cursor) }));
      const said = so_far.map(({ lane, counts }) => `${lane.label}: ${counted(counts.incidents, 'incident')}, ${count(counts.severe)} of severity ${severe_from} or more, ${counted(counts.attributed, 'attribution')}`);
      scrub.describe(month, `${month}. ${said.join('. ')}`);
      tell(`To the end of ${month}. ${said.join('. ')}.`);
      fill(sums, so_far.map(({ lane, counts }) => h('div', { class: `sum ${lane.role}` }, h('b', {}, lane.label),
        h('span', {}, h('b', { 'data-count': `${lane.role}-incidents` }, count(counts.incidents)), counts.incidents === 1 ? ' incident so far' : ' incidents so far'),
        h('span', {}, h('b', {}, count(counts.severe)), ` of severity ${severe_from} or more`), h('span', {}, h('b', {}, count(counts.attributed)), counts.attributed === 1 ? ' attribution' : ' attributions'))));
      const { total, table } = event_rows(model, view.lanes.map((lane) => lane.events), view.lanes.map((lane) => lane.label), view.window_from, view.cursor);
      const span = state.months_back ? `From ${month_name(months[Math.max(0, scrub.position() + 1 - state.months_back)]!)} to ${month}` : `To ${month}`;
      fill(events_box, h('p', { class: 'quiet', 'data-events': total }, `${span}: ${counted(total, 'event')}${total > most_listed ? `, of which the last ${most_listed} are listed` : ''}.`),
        total > 0 && table);
      one_plot.update();
    } else {
      const { rows, position } = monthly();
      const said = rows.map(({ row, label }) => `${label}: ${number(row.mean[position])} (${number(row.q05[position])} to ${number(row.q95[position])})`);
      scrub.describe(month, `${month}. ${said.join('. ')}`);
      tell(`${month}, ${words(state.kind).toLowerCase()} in the month. ${said.join('. ')}.`);
      fill(sums, rows.map(({ row, role, label }) => h('div', { class: `sum ${role}` }, h('b', {}, label),
        h('span', {}, h('b', {}, number(row.mean[position])), ` ${words(state.kind).toLowerCase()} in ${month}; 90 % of histories ${number(row.q05[position])} to ${number(row.q95[position])}`))));
      all_plot.update();
    }
  };
  const scrub = scrubber('Month', months.length, step);
  const drag = (plot: HTMLElement, time_of: (x: number, width: number) => number): void => {
    const to_pointer = (event: PointerEvent): void => {
      const box = plot.querySelector('.chart')!.getBoundingClientRect();
      const time = time_of(event.clientX - box.left, box.width);
      scrub.move(months.findIndex((month) => end_of(month) > time) >= 0 ? months.findIndex((month) => end_of(month) > time) : months.length - 1);
    };
    plot.addEventListener('pointerdown', (event) => { if ((event.target as Element).closest('.chart')) to_pointer(event); });
    plot.addEventListener('pointermove', (event) => { if (event.buttons & 1 && (event.target as Element).closest('.chart')) to_pointer(event); });
  };
  drag(one_plot.element, (x, width) => time_at({ from, to }, x, width));
  drag(all_plot.element, (x, width) => monthly_time_at(monthly(), x, width));

  const label_select = select<string>('History', (value) => { state.label = value; update(); });
  const actor_select = select<string | null>('Actor', (value) => { state.filter.actor = value; update(); });
  const severity_select = select<number>('Severity', (value) => { state.filter.least_severity = value; update(); });
  const window_select = select<number>('In view', (value) => { state.months_back = value; update(); });
  const kind_select = select<string>('What', (value) => { state.kind = value; update(); });
  const nation_select = select<string | null>('Nation', (value) => { state.nation = value; update(); });
  const present = kinds.filter(({ kind }) => histories.some((history) => history.events.some((event) => event.kind === kind)));
  const kind_boxes = h('fieldset', { class: 'control checks' }, h('legend', {}, 'Show'), present.map(({ kind, many }) => checkbox(words(many), true, (on) => {
    if (on) state.filter.kinds.add(kind); else state.filter.kinds.delete(kind);
    update();
  })));
  const way_control = labels.length && by_month.length ? segmented<Way>('Look at', [{ value: 'one', label: 'one history' }, { value: 'all', label: 'all histories' }], state.way,
    (value) => { state.way = value; update(); }) : null;

  /** What changes with a choice. */
  const update = (): void => {
    const one = state.way === 'one';
    const events = pair().flatMap((history) => history.events);
    const actors = [...new Set(events.map((event) => event.actor).filter(Boolean))].sort();
    if (state.filter.actor !== null && !actors.includes(state.filter.actor)) state.filter.actor = null;
    const severities = [...new Set(events.map((event) => event.severity).filter(is_number).map(Math.floor))].filter((severity) => severity > 1).sort((a, b) => a - b);
    label_select.show(labels.map((value) => ({ value, label: words(value) })), state.label);
    actor_select.show([{ value: null, label: 'all' }, ...actors.map((value) => ({ value, label: actor_name(model, value) }))], state.filter.actor);
    severity_select.show([{ value: 0, label: 'any' }, ...severities.map((value) => ({ value, label: `${value} or more` }))], state.filter.least_severity);
    window_select.show(windows, state.months_back);
    const kinds_here = [...new Set(by_month.map((row) => row.kind))];
    const nations_here = [...new Set(by_month.map((row) => row.nation))];
    kind_select.show(kinds_here.map((value) => ({ value, label: words(value) })), state.kind);
    nation_select.show(nations_here.map((value) => ({ value, label: model.nation_name(value) })), state.nation);
    for (const part of [label_select, actor_select, severity_select, window_select]) part.element.hidden ||= !one;
    for (const part of [kind_select, nation_select]) part.element.hidden ||= one;
    kind_boxes.hidden = !one;
    one_plot.element.hidden = !one;
    all_plot.element.hidden = one;
    events_box.hidden = !one;
    history_note.hidden = !one;
    fill(key_box, key(one, pair().length > 1));
    const first = pair()[0];
    fill(history_note, first && `${model.nation_name(first.nation)}, ${words(first.label).toLowerCase()} history: future ${number(first.future)}, replication ${number(first.replication)}` +
      `${pair().length > 1 ? ', the same random numbers in both' : ''}. Severities as simulated; a defender sees only what is detected.` +
      `${pair().some((history) => (history.left_out ?? 0) > 0) ? ` Not shown: ${count(Math.max(...pair().map((history) => history.left_out ?? 0)))} of the least severe events.` : ''}`);
    all_plot.update();
    step();
  };
  const result = section('timeline', 'Incident by incident',
    'What happens in single histories, with the treatment and without it, and by month over all of them. Move the slider, or drag in the picture; the arrow keys go month by month, Home and End to the ends.',
    toolbar(way_control, label_select.element, kind_select.element, nation_select.element, kind_boxes, actor_select.element, severity_select.element, window_select.element),
    key_box, scrub.element, sums, one_plot.element, all_plot.element, h('div', { class: 'sr' }, status), history_note, events_box);
  page.store.on_change(() => { if (state.way === 'all') step(); });
  update();
  return result;
};
