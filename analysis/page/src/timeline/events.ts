// What of a history is in view: filters, the month of the scrubber, counts, and which events two histories share. No page here.
import type { History, HistoryEvent } from '../contract/histories';
import { is_number } from '../format';

export type Kind = 'incident' | 'attribution' | 'effect';
export const kinds: { kind: Kind; label: string; many: string }[] = [
  { kind: 'incident', label: 'incident', many: 'incidents' }, { kind: 'attribution', label: 'attribution', many: 'attributions' },
  { kind: 'effect', label: 'effect', many: 'effects' }];

export interface Filter { kinds: Set<string>; actor: string | null; least_severity: number }

/** Events that the filter lets through and whose date can be read, by date. */
export function kept(history: History, filter: Filter): HistoryEvent[] {
  return history.events
    .filter((event) => filter.kinds.has(event.kind) && Number.isFinite(Date.parse(event.date)) &&
      (filter.actor === null || event.actor === filter.actor) && (filter.least_severity <= 0 || (event.severity ?? 0) >= filter.least_severity))
    .sort((a, b) => a.date.localeCompare(b.date));
}

/** First moment after month `month`, "YYYY-MM" [ms]. */
export function end_of(month: string): number {
  return Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1);
}

export function start_of(month: string): number {
  return Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1, 1);
}

const month_pattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The months of the scrubber: those of the data, else from the first to the last event. */
export function months_of(given: string[], histories: History[]): string[] {
  const known = given.filter((month) => month_pattern.test(month));
  if (known.length === given.length && known.length > 1) return known;
  const found = histories.flatMap(({ events }) => events.map((event) => event.date.slice(0, 7))).filter((month) => month_pattern.test(month)).sort();
  if (!found.length) return [];
  const months: string[] = [];
  for (let at = start_of(found[0]!); at <= start_of(found[found.length - 1]!) && months.length < 1200;) {
    const day = new Date(at);
    months.push(day.toISOString().slice(0, 7));
    at = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
  }
  return months;
}

/** What makes an event the same in two histories. */
export function identity(event: HistoryEvent): string {
  return [event.date, event.kind, event.actor, event.vector, event.sector, event.severity, event.attribution].join('|');
}

/** The largest severity from which on an incident is called severe. */
export const severe_from = 4;

export interface Counts { incidents: number; severe: number; attributed: number }

/** Incidents up to `time` among `events`. */
export function counts_until(events: HistoryEvent[], time: number): Counts {
  const past = events.filter((event) => Date.parse(event.date) < time);
  const incidents = past.filter((event) => event.kind === 'incident');
  return { incidents: incidents.length, severe: incidents.filter((event) => is_number(event.severity) && event.severity >= severe_from).length,
    attributed: past.filter((event) => event.kind === 'attribution').length };
}

export interface Listed { event: HistoryEvent; in_histories: number[] }

/** Events of all histories from `from` until `to`, each once, with the histories that hold it. */
export function in_view(all: HistoryEvent[][], from: number, to: number): Listed[] {
  const found = new Map<string, Listed>();
  all.forEach((events, k) => events.forEach((event) => {
    const time = Date.parse(event.date);
    if (time < from || time >= to) return;
    const key = identity(event);
    const known = found.get(key);
    if (known) { if (!known.in_histories.includes(k)) known.in_histories.push(k); } else found.set(key, { event, in_histories: [k] });
  }));
  return [...found.values()].sort((a, b) => a.event.date.localeCompare(b.event.date) || a.in_histories[0]! - b.in_histories[0]!);
}
