// The contract of single histories: incidents over time, and why an outcome came about.
import { flag, list, maybe, name, num, records, text, type Of } from '../shape';

export const read_timeline = maybe({
  months: list(text),
  aggregated: records({ nation: name, treatment: text, kind: text, mean: list(num), q05: list(num), q95: list(num) }),
  histories: records({
    label: text, treatment: text, future: num, replication: num, nation: name, digest: text, left_out: num,
    events: records({
      date: text, kind: text, actor: text, objective: text, severity: num, vector: text, sector: text, cause: text, dwell: num,
      recorded: (raw: unknown): boolean | null => (raw === null || raw === undefined ? null : Boolean(raw)), incident: text, attribution: text,
    }),
  }),
});
export type Timeline = NonNullable<Of<typeof read_timeline>>;
export type History = Timeline['histories'][number];
export type HistoryEvent = History['events'][number];
export type Monthly = Timeline['aggregated'][number];

export const read_why = maybe({
  nation: name, response: text, treatment: text, reference: text, future: num, replication: num, outcome: text, value: num, reference_value: num,
  chain: records({ date: text, agent: text, who: text, event: text, words: text, incident: text, delay_d: num }),
  parting: maybe({ date: text, who: text, words: text, in_treatment: flag, in_reference: flag }),
  sentences: list(text),
  command: text,
});
export type Why = NonNullable<Of<typeof read_why>>;
