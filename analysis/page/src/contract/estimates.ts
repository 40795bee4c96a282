// The contract of what stands around an estimate: its convergence, the looks of a stopping rule, other priors, the league, rare events.
import { flag, list, maybe, name, num, records, text, type Of } from '../shape';

export const read_league = records({
  kind: text,            // "effect": one treatment on every nation; "own": each nation its own
  response: text,
  treatment: name,
  family: num,           // number of tests that Holm's adjustment takes together
  rows: records({
    nation: text, treatment: text, mean: num, lo: num, hi: num, reference_mean: num, relative: num, exposure_years: num,
    per_year: num, per_year_lo: num, per_year_hi: num, log_ratio: num, log_ratio_lo: num, log_ratio_hi: num, p: num, holm_p: num,
  }),
});
export type LeagueTable = Of<typeof read_league>[number];
export type LeagueTableRow = LeagueTable['rows'][number];

export const read_convergence = records({
  response: text, nation: name, treatment: text, counts: list(num), mean: list(num), lo: list(num), hi: list(num),
});
export type Convergence = Of<typeof read_convergence>[number];

export const read_prior_sets = maybe({
  sets: records({ name: text, study: text, futures: num, replications: num, seed: text }),
  rows: records({
    response: text, nation: name, treatment: text,
    by_set: records({ name: text, mean: num, lo: num, hi: num, predictive_lo: num, predictive_hi: num, futures: num, share_better: num }),
  }),
});
export type PriorSets = NonNullable<Of<typeof read_prior_sets>>;

export const read_stopping = maybe({
  unit: text, counts: list(num), confidence: num, look_level: num, settled: flag,
  taken: records({ treatment: text, count: num }),
  looks: records({
    count: num, target: text, treatment: text, n: num, estimate: num, lo: num, hi: num, wanted_half_width: num, count_needed: num,
    doubt: text, state: text,
  }),
});
export type Stopping = NonNullable<Of<typeof read_stopping>>;

export const read_rare_event = maybe({
  level: text, unit: text, definition: text, nation: name, window: list(text), effort: num,
  treatments: records({
    treatment: text,
    levels: records({ level: num, probability: num, lo: num, hi: num, n: num, relative_error: num, share: num, never_seen: flag }),
    events: num, crude_events_of_a_history: num, crude_events: num, gain: num, advice: text,
  }),
});
export type RareEvent = NonNullable<Of<typeof read_rare_event>>;

const estimate = maybe({ mean: num, lo: num, hi: num });

export const read_regime = maybe({
  response: text, organisation: text, treatment: text, members: num, n: num, regime: estimate, sum_direct: estimate, difference: estimate,
});
export type Regime = NonNullable<Of<typeof read_regime>>;
