// The contract between analysis (C++, writes it) and this page (reads it): one JSON object. A number that is not finite
// arrives as null, so every `number` below is read through the guards of format.ts.

import { read_convergence, read_league, read_prior_sets, read_rare_event, read_regime, read_stopping } from './contract/estimates';
import type { Convergence, LeagueTable, PriorSets, RareEvent, Regime, Stopping } from './contract/estimates';
import { read_timeline, read_why, type Timeline, type Why } from './contract/histories';
import { read_discovery, read_robustness, read_sensitivity } from './contract/policy';
import type { Discovery, Robustness, Sensitivity } from './contract/policy';

export interface ReportData {
  format: 1;
  analysis: Analysis;             // the object that `berylia analyze OUT.h5 --json` prints
  headline: Headline;
  nations: Nation[];              // order = order of the arrays per nation in `map`
  map: MapEffect[];
  distributions: Quantiles[];             // of the response itself
  difference_distributions: Quantiles[];  // of the paired difference over futures (mean of each future)
  curves: Curve[];
  interventions: Intervention[];
  factors: Factor[];
  provenance: { key: string; value: string }[];
  commands: string[];
  timeline: Timeline | null;
  why: Why | null;
}

export interface Headline {
  nation: string;
  treatment: string;
  reference: string;
  response: string;
  sentences: string[];
  caveats: string[];
}

export interface Nation { iso3: string; name: string; member: boolean }

/** Difference against the reference treatment, arrays over nations. */
export interface MapEffect {
  response: string;
  treatment: string;
  mean: number[];
  lo: number[];
  hi: number[];
  relative: (number | null)[];
}

export interface Quantiles {
  response: string;
  nation: string | null;
  treatment: string;
  probabilities: number[];
  quantiles: number[];
  values?: number[];              // one for each future, ascending, where there are few
}

export interface Curve {
  series: string;
  unit: string;
  nation: string;
  treatment: string;
  dates: string[];
  mean: number[];
  q05: number[];
  q25: number[];
  q50: number[];
  q75: number[];
  q95: number[];
}

export interface Intervention {
  treatment: string;
  lever: string;
  date: string;
  to: string | null;
  nation: string;
  action: string;
  organisation?: string;
  status?: string;
}

export interface Factor {
  name: string;
  unit: string;
  prior: string;
  meaning: string;
  source: string;
  grade: string;
  correlation: number | null;  // rank correlation with the headline difference over futures
}

export interface Treatment { name: string; label: string; levels: number[] }

export interface Study {
  name: string;
  title: string;
  question: string;
  reference: string;
  seed: string;
  futures: number;
  replications: number;
  start: string;
  record_from: string;
  end: string;
  treatments: Treatment[];
  levers: string[];
  focal: string[];
  mechanisms_on: string[];
  interval: 0.95;
  smallest_effect?: number;       // share of the reference mean
}

export interface Counts { planned: number; done: number; failed: number; censored: number }

export interface Failure { point: number; future: number; replication: number; message: string; replay: string }

export interface Response {
  name: string;
  unit: string;
  definition: string;
  per_nation: boolean;
  window: [string, string];
  higher_is_worse: boolean;
}

export interface Summary {
  response: string;
  nation: string | null;
  treatment: string;
  n: number;
  mean: number;
  lo: number;
  hi: number;
  sd: number;
  q05: number;
  q25: number;
  q50: number;
  q75: number;
  q95: number;
  cvar95: number;
  cvar95_lo: number;
  cvar95_hi: number;
}

export interface PairedDifference {
  response: string;
  nation: string | null;
  treatment: string;
  reference: string;
  mean: number;
  lo: number;
  hi: number;
  n: number;
  futures: number;
  sd: number;
  monte_carlo_se: number;
  future_sd: number | null;
  predictive_lo: number;
  predictive_hi: number;
  relative: number | null;
  share_better: number;
  share_equal: number;
  variance_reduction: number | null;
  cvar95_difference: number;
  exactly_zero: boolean;
  reference_mean?: number | null;
  p?: number | null;              // two-sided t
  median?: number | null;         // of the futures' mean differences, with its sign-test interval
  median_lo?: number | null;
  median_hi?: number | null;
  sign_p?: number | null;
  bca_lo?: number | null;         // bootstrap over futures
  bca_hi?: number | null;
  equivalence?: { bound: number | null; p: number | null; verdict: string } | null;
  quantiles?: { probability: number | null; difference: number | null; lo: number | null; hi: number | null }[];
  variance?: { method: string | null; parametric: number | null; monte_carlo: number | null; lo: number | null; hi: number | null } | null;
  controlled?: Controlled | null;
  antithetic_factor?: number | null;
}

/** The same difference adjusted by control variates. */
export interface Controlled {
  mean: number | null;
  lo: number | null;
  hi: number | null;
  n: number | null;
  factor: number | null;
  shift: number | null;
  shift_lo: number | null;
  shift_hi: number | null;
  too_few: boolean;
  controls: { name: string; use: string; weight: number | null }[];
}

export interface FactorialEffect {
  response: string;
  nation: string | null;
  terms: string[];
  mean: number;
  lo: number;
  hi: number;
  n: number;
  exactly_zero?: boolean;
  aliases?: { terms: string[]; sign: number }[];
}

export type Group = 'members' | 'adversaries' | 'non_members' | 'world' | 'total';

export interface Spillover {
  response: string;
  treatment: string;
  reference: string;
  group: Group;
  mean: number;
  lo: number;
  hi: number;
  n: number;
  exactly_zero?: boolean;
}

export interface Placebo {
  first_difference: string | null;
  pairs: number;
  equal_before: number;
  identical_throughout: number;
}

export interface Analysis {
  format: 1;
  study: Study;
  counts: Counts;
  failures: Failure[];
  responses: Response[];
  summaries: Summary[];
  paired_differences: PairedDifference[];
  factorial: null | { levers: string[]; effects: FactorialEffect[] };
  factorial_note?: string;
  spillover: Spillover[];
  placebo: Placebo;
  league: LeagueTable[];
  convergence: Convergence[];
  prior_sets: PriorSets | null;
  stopping: Stopping | null;
  regime: Regime | null;
  rare_event: RareEvent | null;
  sensitivity: Sensitivity | null;
  discovery: Discovery | null;
  robustness: Robustness | null;
  discovery_note?: string;        // why there is none
  robustness_note?: string;
}

const empty_study: Study = {
  name: '', title: '', question: '', reference: '', seed: '', futures: 0, replications: 0, start: '', record_from: '',
  end: '', treatments: [], levers: [], focal: [], mechanisms_on: [], interval: 0.95,
};

/** `given` with every missing or null member of `defaults` filled in. */
function filled<T extends object>(defaults: T, given: Partial<T> | null | undefined): T {
  const result: T = { ...defaults };
  for (const key of Object.keys(given ?? {}) as (keyof T)[]) {
    const value = given![key];
    if (value !== null && value !== undefined) result[key] = value as T[keyof T];
  }
  return result;
}

/** A difference of which only one future is known has no range and no shares over futures. */
function without_spread(row: PairedDifference): PairedDifference {
  if (row.futures !== 1 && row.futures !== 0) return row;
  const none = null as unknown as number;
  return { ...row, predictive_lo: none, predictive_hi: none, share_better: none, share_equal: none };
}

/** The data with empty parts where the file has none, so that no section needs to test for them. */
export function complete(raw: Partial<ReportData>): ReportData {
  const analysis = filled<Analysis>({
    format: 1, study: empty_study, counts: { planned: 0, done: 0, failed: 0, censored: 0 }, failures: [], responses: [],
    summaries: [], paired_differences: [], factorial: null, spillover: [],
    placebo: { first_difference: null, pairs: 0, equal_before: 0, identical_throughout: 0 },
    league: [], convergence: [], prior_sets: null, regime: null, stopping: null, rare_event: null, sensitivity: null, discovery: null, robustness: null,
  }, raw.analysis);
  analysis.league = read_league(raw.analysis?.league);
  analysis.convergence = read_convergence(raw.analysis?.convergence);
  analysis.prior_sets = read_prior_sets(raw.analysis?.prior_sets);
  analysis.regime = read_regime(raw.analysis?.regime);
  analysis.stopping = read_stopping(raw.analysis?.stopping);
  analysis.rare_event = read_rare_event(raw.analysis?.rare_event);
  analysis.sensitivity = read_sensitivity(raw.analysis?.sensitivity);
  analysis.discovery = read_discovery(raw.analysis?.discovery);
  analysis.robustness = read_robustness(raw.analysis?.robustness);
  analysis.study = filled(empty_study, analysis.study);
  analysis.paired_differences = analysis.paired_differences.map(without_spread);
  if (analysis.factorial) analysis.factorial = filled<NonNullable<Analysis['factorial']>>({ levers: [], effects: [] }, analysis.factorial);
  const empty_headline = { nation: '', treatment: '', reference: '', response: '', sentences: [], caveats: [] };
  return {
    format: 1,
    analysis,
    headline: filled<Headline>(empty_headline, raw.headline),
    nations: raw.nations ?? [],
    map: raw.map ?? [],
    distributions: raw.distributions ?? [],
    difference_distributions: raw.difference_distributions ?? [],
    curves: raw.curves ?? [],
    interventions: raw.interventions ?? [],
    factors: raw.factors ?? [],
    provenance: raw.provenance ?? [],
    commands: raw.commands ?? [],
    timeline: read_timeline(raw.timeline),
    why: read_why(raw.why),
  };
}
