// Made-up league tables, convergence, prior sets, looks and a rare event, true to form.
import type { Convergence, LeagueTable, LeagueTableRow, PriorSets, RareEvent, Stopping } from '../../src/contract/estimates';
import type { PairedDifference } from '../../src/data';
import { nations } from '../nations';
import { generator } from './generator';

/** What the estimators add to a paired difference. */
export function more_of(row: PairedDifference): Partial<PairedDifference> {
  const half = (row.hi - row.lo) / 2;
  const reference_mean = row.relative ? row.mean / row.relative : null;
  const bound = reference_mean === null ? null : Math.abs(0.02 * reference_mean);
  const larger = bound !== null && Math.min(Math.abs(row.lo), Math.abs(row.hi)) > bound && row.lo * row.hi > 0;
  const negligible = bound !== null && Math.max(Math.abs(row.lo), Math.abs(row.hi)) < bound;
  const at = (probability: number): number => row.mean + (probability - 0.5) * 3.2 * row.sd;
  return {
    reference_mean, p: row.lo * row.hi > 0 ? 0.0004 : 0.31, median: row.mean * 0.94, median_lo: row.mean * 0.94 - 1.2 * half,
    median_hi: row.mean * 0.94 + 1.2 * half, sign_p: row.lo * row.hi > 0 ? 0.0011 : 0.45, bca_lo: row.lo * 1.015, bca_hi: row.hi * 0.985,
    equivalence: { bound, p: negligible ? 0.01 : 0.86, verdict: larger ? (row.mean < 0 ? 'smaller' : 'larger') : negligible ? 'negligible' : 'unclear' },
    quantiles: [0.05, 0.5, 0.95].map((probability) => ({ probability, difference: at(probability), lo: at(probability) - 2 * half, hi: at(probability) + 2 * half })),
    variance: { method: 'nested', parametric: 0.71, monte_carlo: 0.29, lo: 0.58, hi: 0.8 },
  };
}

function league_row(nation: string, treatment: string, mean: number, half: number, tests: number): LeagueTableRow {
  const years = 8;
  const reference_mean = 30 + Math.abs(mean) * 4;
  const z = Math.abs(mean) / (half / 1.98);
  const p = Math.min(1, 2 * Math.exp(-0.717 * z - 0.416 * z * z));
  return { nation, treatment, mean, lo: mean - half, hi: mean + half, reference_mean, relative: mean / reference_mean, exposure_years: years,
    per_year: mean / years, per_year_lo: (mean - half) / years, per_year_hi: (mean + half) / years, log_ratio: Math.log1p(mean / reference_mean),
    log_ratio_lo: Math.log1p((mean - half) / reference_mean), log_ratio_hi: Math.log1p((mean + half) / reference_mean), p, holm_p: Math.min(1, p * tests) };
}

/** The league of `rows`, one for each nation, and one in which every nation has its own treatment. */
export function league(rows: PairedDifference[]): LeagueTable[] {
  const { normal } = generator(71);
  const { response, treatment } = rows[0]!;
  const effect = rows.map((row) => league_row(row.nation!, treatment, row.mean, (row.hi - row.lo) / 2, rows.length));
  const chosen = nations.filter((_nation, k) => k % 3 === 0 || ['JPN', 'KOR', 'UKR', 'IND', 'BRA'].includes(_nation.iso3));
  const own = chosen.map(({ iso3, member }) => {
    const size = Math.abs(normal()) * 1.3 + (iso3 === 'JPN' ? 2.5 : 0.1);
    return league_row(iso3, `${member ? 'never_in' : 'joins'}_${iso3.toLowerCase()}`, member ? size : -size, 0.5 + 0.5 * Math.abs(normal()), chosen.length);
  });
  return [{ kind: 'effect', response, treatment, family: effect.length, rows: effect }, { kind: 'own', response, treatment: null, family: own.length, rows: own }];
}

/** Running estimates that settle on `rows`. */
export function convergence(rows: PairedDifference[]): Convergence[] {
  const { normal } = generator(5);
  const counts = [2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 63, 79, 100];
  return rows.map((row) => {
    const half = (row.hi - row.lo) / 2;
    let off = 0;
    const mean = [...counts].reverse().map((count, k) => {
      off += k ? normal() * half * 0.42 * Math.sqrt(1 / count - 1 / 130) * 6 : 0;
      return row.mean + off;
    }).reverse();
    const halves = counts.map((count) => half * Math.sqrt(100 / count) * (1 + 2.4 / count ** 1.2));
    return { response: row.response, nation: row.nation, treatment: row.treatment, counts, mean, lo: mean.map((value, k) => value - halves[k]!),
      hi: mean.map((value, k) => value + halves[k]!) };
  });
}

export function prior_sets(rows: PairedDifference[]): PriorSets {
  const sets = ['neutral', 'sceptical', 'enthusiast'];
  const factor = [1, 0.38, 1.7];
  return {
    sets: sets.map((name) => ({ name, study: `japan_ccdcoe_${name}`, futures: 100, replications: 5, seed: '0x000000000135a2b0' })),
    rows: rows.map((row) => ({
      response: row.response, nation: row.nation, treatment: row.treatment,
      by_set: sets.map((name, k) => ({
        name, mean: row.mean * factor[k]!, lo: row.lo * factor[k]!, hi: row.hi * factor[k]!, predictive_lo: row.predictive_lo * factor[k]! + (k === 1 ? 1.6 : 0),
        predictive_hi: row.predictive_hi * factor[k]! + (k === 1 ? 1.6 : 0), futures: 100, share_better: [row.share_better, 0.71, 0.99][k]!,
      })),
    })),
  };
}

export function stopping(treatments: string[]): Stopping {
  const counts = [20, 40, 80, 160, 320];
  const looks = treatments.flatMap((treatment, t) => counts.slice(0, 3 + t).map((count, k, all) => ({
    count, target: 'resilience_loss of JPN', treatment, n: count, estimate: -2.9 + 1.4 * t + 0.5 / (k + 1), lo: -2.9 + 1.4 * t + 0.5 / (k + 1) - 7 / Math.sqrt(count),
    hi: -2.9 + 1.4 * t + 0.5 / (k + 1) + 7 / Math.sqrt(count), wanted_half_width: 0.6, count_needed: k + 1 === all.length ? count : 150 + 40 * t,
    doubt: k === 0 ? 'fewer than 30 futures' : '', state: k + 1 === all.length ? (t === 2 ? 'exhausted' : 'reached') : 'open' })));
  return { unit: 'futures', counts, confidence: 0.95, look_level: 0.0158, settled: false, looks,
    taken: treatments.map((treatment, t) => ({ treatment, count: counts[2 + t]! })) };
}

export const rare_event: RareEvent = {
  level: 'share_of_service_lost', unit: 'share', definition: 'Largest share of Japan’s service that is out at one time.', nation: 'JPN',
  window: ['2019-01-01', '2027-01-01'], effort: 1000,
  treatments: [['nothing', 1], ['membership', 0.46], ['liaison_exercise_attribution_membership', 0.31]].map(([treatment, factor]) => ({
    treatment: treatment as string,
    levels: [0.05, 0.1, 0.2, 0.35, 0.5].map((level, k) => {
      const probability = 0.42 * 0.11 ** k * (factor as number) ** (0.3 * k);
      const never_seen = k === 4 && factor === 0.31;
      return { level, probability: never_seen ? 0 : probability, lo: never_seen ? 0 : probability * (1 - 0.13 * (k + 1)), hi: never_seen ? 2.1e-5 : probability * (1 + 0.19 * (k + 1)),
        n: 100, relative_error: 0.08 * (k + 1), share: 0.11, never_seen };
    }),
    events: 41_200_000, crude_events_of_a_history: 168_000, crude_events: 7.9e10, gain: 1917, advice: factor === 0.46 ? 'put a level between 0.2 and 0.35' : '',
  })),
};
