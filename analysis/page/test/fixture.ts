// Report data as the analysis writes them for a 2^4 factorial over 71 nations: made up, from a fixed seed, true to form.
import type {
  Curve, FactorialEffect, PairedDifference, Quantiles, ReportData, Response, Spillover, Summary, Treatment,
} from '../src/data';
import { factors } from './factors';
import { convergence, league, more_of, prior_sets, rare_event, stopping } from './made_up/estimates';
import { generator } from './made_up/generator';
import { timeline, why } from './made_up/histories';
import { discovery, robustness, sensitivity } from './made_up/policy';
import { nations } from './nations';

const levers = ['liaison', 'exercise', 'attribution', 'membership'];
const strength = [0.5, 1.1, -0.35, 1.9];  // service-days that each lever saves Japan

const responses: Response[] = [
  { name: 'resilience_loss', unit: 'service-days', per_nation: true, window: ['2019-01-01', '2027-01-01'], higher_is_worse: true,
    definition: 'Integral over time of the share of service lost, weighted over sectors by value added.' },
  { name: 'economic_loss', unit: 'USD m', per_nation: true, window: ['2019-01-01', '2027-01-01'], higher_is_worse: true,
    definition: 'Value added not produced, less what is made up later, plus the cost of contained incidents.' },
  { name: 'mean_time_to_detect', unit: 'days', per_nation: true, window: ['2019-01-01', '2027-01-01'], higher_is_worse: true,
    definition: 'Mean time from first access to detection over the campaigns that were detected in the window.' },
  { name: 'public_trust', unit: '1', per_nation: true, window: ['2026-01-01', '2027-01-01'], higher_is_worse: false,
    definition: 'Mean trust in government, on the scale of 0 to 1, over the last year.' },
  { name: 'global_cascades', unit: 'events', per_nation: false, window: ['2019-01-01', '2027-01-01'], higher_is_worse: true,
    definition: 'Times that an outage crossed at least two borders and took out more than 5 % of service.' },
];
const unit_size: Record<string, number> = {
  resilience_loss: 1, economic_loss: 148, mean_time_to_detect: 2.1, public_trust: -0.004, global_cascades: 0.11,
};
const level_of: Record<string, number> = {
  resilience_loss: 38, economic_loss: 5600, mean_time_to_detect: 74, public_trust: 0.58, global_cascades: 6.2,
};

function all_treatments(): Treatment[] {
  return Array.from({ length: 16 }, (_, point) => {
    const levels = levers.map((_lever, bit) => (point >> bit) & 1);
    const on = levers.filter((_lever, bit) => levels[bit] === 1);
    return { name: on.length ? on.join('_') : 'nothing', label: on.length ? on.join(' + ') : 'nothing', levels };
  });
}

const treatments = all_treatments();
const reference = 'nothing';
const futures = 100;
const probabilities = [0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
  0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99];

function saved(levels: number[]): number {
  const sum = levels.reduce((total, level, bit) => total + level * strength[bit]!, 0);
  return sum - 0.45 * levels[1]! * levels[3]! - 0.2 * levels[0]! * levels[3]!;
}

function nation_weight(iso3: string | null): number {
  if (iso3 === null) return 14;
  if (iso3 === 'JPN') return 1;
  const { uniform } = generator([...iso3].reduce((code, letter) => code * 31 + letter.charCodeAt(0), 7));
  return (uniform() - 0.42) * 0.5;
}

function quantile(sorted: number[], p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}

const mean_of = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function difference(response: Response, nation: string | null, treatment: Treatment, random: { normal: () => number }):
  { row: PairedDifference; spread: Quantiles } {
  const scale = unit_size[response.name]! * nation_weight(nation);
  const centre = -saved(treatment.levels) * scale;
  const zero = treatment.name === reference;
  const means = Array.from({ length: futures }, () =>
    zero ? 0 : centre + (Math.abs(scale) + (nation === null || nation === 'JPN' ? 0 : 0.7 * Math.abs(unit_size[response.name]!))) * (0.35 + 0.3 * treatment.levels[3]!) * 2.4 * random.normal());
  const sorted = [...means].sort((a, b) => a - b);
  const mean = mean_of(means);
  const sd = Math.sqrt(mean_of(means.map((value) => (value - mean) ** 2)));
  const half = 1.984 * (sd / Math.sqrt(futures));
  const better = means.filter((value) => (response.higher_is_worse ? value < 0 : value > 0)).length / futures;
  const row: PairedDifference = {
    response: response.name, nation, treatment: treatment.name, reference, mean, lo: mean - half, hi: mean + half,
    n: futures * 5, futures, sd: sd * 1.8, monte_carlo_se: half / 6, future_sd: zero ? null : sd * 0.9,
    predictive_lo: quantile(sorted, 0.025), predictive_hi: quantile(sorted, 0.975),
    relative: mean / (level_of[response.name]! * (nation === null ? 40 : 1)), share_better: better,
    share_equal: zero ? 1 : 0, variance_reduction: zero ? null : 14.2, cvar95_difference: mean * 2.7, exactly_zero: zero,
  };
  return { row, spread: { response: response.name, nation, treatment: treatment.name, probabilities,
    quantiles: probabilities.map((p) => quantile(sorted, p)) } };
}

function summary(response: Response, nation: string | null, row: PairedDifference): { row: Summary; spread: Quantiles } {
  const level = level_of[response.name]! * (nation === null ? 40 : 0.4 + Math.abs(nation_weight(nation)));
  const bounded = response.name === 'public_trust';
  const sd = bounded ? 0.05 : 0.55;
  const normal_quantile = (p: number): number => Math.sign(p - 0.5) * Math.sqrt(-2 * Math.log(Math.min(p, 1 - p))) * 0.83;
  const at = (p: number): number => (bounded ? level + sd * normal_quantile(p) : level * Math.exp(sd * normal_quantile(p))) + row.mean;
  const mean = level * (bounded ? 1 : 1.16) + row.mean;
  const spread = { response: response.name, nation, treatment: row.treatment, probabilities, quantiles: probabilities.map(at) };
  return { spread, row: {
    response: response.name, nation, treatment: row.treatment, n: 500, mean, lo: mean * 0.95, hi: mean * 1.05, sd: mean * 0.6,
    q05: at(0.05), q25: at(0.25), q50: at(0.5), q75: at(0.75), q95: at(0.95),
    cvar95: at(0.975), cvar95_lo: at(0.96), cvar95_hi: at(0.985),
  } };
}

function curve(series: string, unit: string, treatment: Treatment, random: { normal: () => number }): Curve {
  const dates: string[] = [];
  const result: Curve = { series, unit, nation: 'JPN', treatment: treatment.name, dates, mean: [], q05: [], q25: [], q50: [], q75: [], q95: [] };
  const first = Date.UTC(2018, 0, 1);
  let drift = 0;
  for (let week = 0; week < 468; ++week) {
    const day = new Date(first + week * 7 * 86400e3);
    dates.push(day.toISOString().slice(0, 10));
    const year = 2018 + week / 52.18;
    const starts = [2019.2, 2021.3, 2021.3, 2022.84];
    const gain = treatment.levels.reduce((sum, on, bit) =>
      sum + on * strength[bit]! * (1 - Math.exp(-Math.max(0, year - starts[bit]!) / 0.7)), 0);
    drift = 0.96 * drift + 0.012 * random.normal();
    const base = series === 'service_level' ? 98.9 + 0.22 * gain + drift : 3.2 - 0.35 * gain + 4 * drift;
    const spread = series === 'service_level' ? 0.55 : 1.2;
    result.mean.push(base - 0.1 * spread);
    result.q05.push(Math.max(0, base - 1.9 * spread));
    result.q25.push(Math.max(0, base - 0.7 * spread));
    result.q50.push(base);
    result.q75.push(base + 0.4 * spread);
    result.q95.push(series === 'service_level' ? Math.min(100, base + 0.9 * spread) : base + 2.2 * spread);
  }
  return result;
}

function factorial(random: { normal: () => number }): FactorialEffect[] {
  const interaction: Record<string, number> = { 'exercise,membership': 0.45, 'liaison,membership': 0.2 };
  const effects: FactorialEffect[] = [];
  for (const response of responses.slice(0, 2)) {
    for (let mask = 1; mask < 16; ++mask) {
      const terms = levers.filter((_lever, bit) => (mask >> bit) & 1);
      const size = terms.length === 1 ? -strength[levers.indexOf(terms[0]!)]! : interaction[terms.join()] ?? 0;
      const mean = (size + 0.06 * random.normal()) * unit_size[response.name]!;
      const half = 0.17 * unit_size[response.name]!;
      effects.push({ response: response.name, nation: 'JPN', terms, mean, lo: mean - half, hi: mean + half, n: 100 });
    }
  }
  return effects;
}

function spillover(random: { normal: () => number }): Spillover[] {
  const centre = { members: -0.9, adversaries: 0.1, non_members: 0.32, world: -0.48, total: -1.6 };
  return responses.slice(0, 2).flatMap((response) => treatments.slice(1).flatMap((treatment) =>
    (['members', 'adversaries', 'non_members', 'world', 'total'] as const).map((group) => {
      const size = unit_size[response.name]!;
      const mean = (centre[group] * (treatment.levels[3]! + 0.2 * treatment.levels[0]!) + 0.1 * random.normal()) * size;
      const half = 0.38 * size;
      return { response: response.name, treatment: treatment.name, reference, group, mean, lo: mean - half, hi: mean + half, n: 100 };
    })));
}

const dated: [string, string, string][] = [
  ['liaison', '2019-03-01', 'posts a liaison officer to CCDCOE'], ['exercise', '2021-04-13', 'takes part in Locked Shields'],
  ['attribution', '2021-04-20', 'attributes attacks in public'], ['membership', '2022-11-04', 'joins CCDCOE as contributing participant']];

/** The same study when only its first futures were drawn; one gives no intervals. */
export function few_futures(futures: number): ReportData {
  const study = fixture();
  study.analysis.study.futures = futures;
  const none = futures < 2 ? { lo: null, hi: null } : {};
  for (const row of study.analysis.paired_differences) Object.assign(row, { futures, n: futures }, none);
  for (const row of [...study.analysis.factorial!.effects, ...study.analysis.spillover]) Object.assign(row, none);
  for (const layer of study.map) Object.assign(layer, futures < 2 ? { lo: layer.lo.map(() => null), hi: layer.hi.map(() => null) } : {});
  for (const spread of study.difference_distributions) {
    spread.values = Array.from({ length: futures }, (_, k) => spread.quantiles[Math.round(((k + 0.5) / futures) * (spread.quantiles.length - 1))]!);
  }
  return study;
}

/** The data of a factorial study, equal on every call, with six significant digits as in a report. */
export function fixture(): ReportData {
  return JSON.parse(JSON.stringify(whole(), (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value))) as ReportData;
}

function whole(): ReportData {
  const random = generator(20221104);
  const places: (string | null)[] = [null, ...nations.map((nation) => nation.iso3)];
  const paired: PairedDifference[] = [];
  const summaries: Summary[] = [];
  const distributions: Quantiles[] = [];
  const difference_distributions: Quantiles[] = [];
  for (const response of responses) {
    for (const place of response.per_nation ? places : [null]) {
      if (response.name !== 'resilience_loss' && place !== null && place !== 'JPN') continue;
      for (const treatment of treatments) {
        const { row, spread } = difference(response, place, treatment, random);
        const level = summary(response, place, row);
        if (treatment.name !== reference) paired.push(row);
        summaries.push(level.row);
        if (place !== 'JPN' && place !== null) continue;
        distributions.push(level.spread);
        if (treatment.name !== reference) difference_distributions.push(spread);
      }
    }
  }
  const headline_treatment = treatments[15]!.name;
  const japan = paired.find((row) => row.response === 'resilience_loss' && row.nation === 'JPN' && row.treatment === headline_treatment)!;
  for (const row of paired) Object.assign(row, more_of(row));
  japan.controlled = { mean: japan.mean * 0.97, lo: japan.mean * 0.97 - 0.21, hi: japan.mean * 0.97 + 0.21, n: 100, factor: 2.8, shift: japan.mean * 0.03, shift_lo: -0.2, shift_hi: 0.1,
    too_few: false, controls: [{ name: 'planned_campaigns', use: 'used', weight: 0.41 }, { name: 'exploits_found', use: 'collinear', weight: null }] };
  const in_japan = paired.filter((row) => row.response === 'resilience_loss' && row.nation === 'JPN');
  const compared = { response: 'resilience_loss', nation: 'JPN', treatment: headline_treatment, reference };
  const of_map = treatments.slice(1).map((treatment) => {
    const rows = nations.map(({ iso3 }) =>
      paired.find((row) => row.response === 'resilience_loss' && row.nation === iso3 && row.treatment === treatment.name)!);
    return { response: 'resilience_loss', treatment: treatment.name, mean: rows.map((row) => row.mean), lo: rows.map((row) => row.lo),
      hi: rows.map((row) => row.hi), relative: rows.map((row) => row.relative) };
  });
  return {
    format: 1,
    analysis: {
      format: 1,
      study: {
        name: 'japan_ccdcoe', title: 'What did joining the CCDCOE change for Japan?',
        question: 'How do a liaison officer, the Locked Shields exercise, public attribution and formal participation in the CCDCOE, ' +
          'alone and together, change Japan’s loss of service to cyber attacks from 2019 to 2026?',
        reference, seed: '0x000000000135a2b0', futures, replications: 5, start: '2015-01-01', record_from: '2018-01-01', end: '2027-01-01',
        treatments, levers, focal: ['JPN'], mechanisms_on: ['M1', 'M2', 'M3', 'M5', 'M6', 'M8', 'M9'], interval: 0.95,
        smallest_effect: 0.02,
      },
      counts: { planned: 8000, done: 7994, failed: 2, censored: 4 },
      failures: [
        { point: 3, future: 41, replication: 2, message: 'Pool of incidents is full (64 of 64 in use) at 2024-03-11', replay: 'berylia replay japan.h5 --point 3 --future 41 --replication 2' },
        { point: 11, future: 41, replication: 2, message: 'Pool of incidents is full (64 of 64 in use) at 2024-03-12', replay: 'berylia replay japan.h5 --point 11 --future 41 --replication 2' }],
      responses, summaries, paired_differences: paired,
      factorial: { levers, effects: factorial(random) },
      spillover: spillover(random),
      placebo: { first_difference: '2019-03-01', pairs: 7500, equal_before: 7500, identical_throughout: 0 },
      league: league(nations.map(({ iso3 }) => paired.find((row) => row.response === 'resilience_loss' && row.nation === iso3 && row.treatment === headline_treatment)!)),
      convergence: convergence(in_japan), prior_sets: prior_sets(paired.filter((row) => row.nation === 'JPN')),
      stopping: stopping([headline_treatment, 'membership', 'exercise']), rare_event,
      regime: { response: 'resilience_loss', organisation: 'CCDCOE', treatment: 'dissolved', members: 38, n: 500, regime: { mean: 11.2, lo: 7.9, hi: 14.5 },
        sum_direct: { mean: 7.4, lo: 5.1, hi: 9.7 }, difference: { mean: 3.8, lo: 0.7, hi: 6.9 } },
      sensitivity: sensitivity(compared, 'sobol'), discovery: discovery(compared), robustness: robustness(in_japan, 'resilience_loss', 'JPN'),
    },
    headline: {
      nation: 'JPN', treatment: headline_treatment, reference, response: 'resilience_loss',
      sentences: [
        `With liaison, exercise, attribution and membership together, Japan loses ${Math.abs(japan.mean).toFixed(1)} service-days less from 2019 to 2026 ` +
          `than with none of them (95 % interval ${Math.abs(japan.hi).toFixed(1)} to ${Math.abs(japan.lo).toFixed(1)}), about ${Math.abs(100 * japan.relative!).toFixed(0)} % of its loss.`,
        `It is better off in ${Math.round(100 * japan.share_better)} of 100 futures; the answer leans on how much partners share and on how attackers respond.`,
        'Of the four levers membership carries most; exercise and membership overlap, so that together they give less than the sum.'],
      caveats: [
        'The parameters are bounded by evidence where there is some; most priors of the mechanisms are assumptions (grade D).',
        'The interval shows sampling over futures, given the model; it does not cover what the model leaves out.',
        'Other nations follow the historical record; nobody responds to Japan’s choice except attackers.'],
    },
    nations, map: of_map, distributions, difference_distributions,
    curves: [...treatments.map((treatment) => curve('service_level', '%', treatment, random)),
      ...treatments.map((treatment) => curve('open_incidents', 'incidents', treatment, random))],
    interventions: treatments.flatMap((treatment) => dated.filter((_lever, bit) => treatment.levels[bit] === 1)
      .map(([lever, date, action]) => ({ treatment: treatment.name, lever, date, to: null, nation: 'JPN', action }))),
    factors, timeline: timeline(headline_treatment, reference), why: why(headline_treatment, reference),
    provenance: [
      { key: 'Results file', value: 'japan.h5' }, { key: 'Version', value: '0.1.0' }, { key: 'Commit', value: '9da500e4c1b7 (clean)' },
      { key: 'Compiler', value: 'g++ 12.2.0, -O3 -ffp-contract=off' }, { key: 'Seed', value: '0x000000000135a2b0' },
      { key: 'Study digest', value: '5b1c8f6a0e7d9234' }, { key: 'data nations.tsv', value: '18978ad42696e192' }, { key: 'data memberships.tsv', value: 'ccdd8bacfeb1fb53' }],
    commands: ['./bootstrap.sh build', 'berylia run configs/studies/japan_ccdcoe.toml -o japan.h5', 'berylia report japan.h5 -o japan.html'],
  };
}
