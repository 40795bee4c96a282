// Made-up sensitivity, scenario discovery and robustness, true to form.
import type { Discovery, Robustness, Sensitivity } from '../../src/contract/policy';
import type { PairedDifference } from '../../src/data';
import { factors } from '../factors';
import { generator } from './generator';

const drivers: [string, number, number][] = [['p_share', 0.36, 0.47], ['theta8', 0.21, 0.33], ['coupling', 0.08, 0.13], ['theta1', 0.07, 0.11],
  ['theta3', 0.04, 0.05], ['tau_service', 0.03, 0.05], ['theta9', 0.01, 0.03], ['tau_r', 0.01, 0.02], ['deterrence', 0.005, 0.02], ['patch_days', 0.004, 0.01],
  ['displacement', 0.003, 0.01], ['theta6', 0.001, 0.01], ['exploit_half_life', 0, 0.005], ['theta5_odds', -0.002, 0.004], ['crews', -0.003, 0.002]];

/** Sensitivity of the headline difference as `design` can tell it. */
export function sensitivity(headline: { response: string; nation: string; treatment: string; reference: string }, design: 'sobol' | 'morris' | 'sampled'): Sensitivity {
  const list = drivers.map(([name, first, total], k) => ({
    name,
    sobol: design === 'sobol' ? { first, first_lo: first - 0.05, first_hi: first + 0.05, total, total_lo: total - 0.03 - 0.1 * total, total_hi: total + 0.03 + 0.1 * total } : null,
    morris: design === 'morris' ? { mu: (k % 2 ? 1 : -1) * total * 4, mu_star: total * 4.4, mu_star_lo: total * 4.4 - 0.3, mu_star_hi: total * 4.4 + 0.3, sigma: 0.2 + total * (k % 3 ? 2 : 5) } : null,
    delta: design === 'sampled' ? { value: 0.06 + 0.5 * total, lo: 0.03 + 0.4 * total, hi: 0.1 + 0.58 * total, chance: 0.094, chance_of_largest: 0.131 } : null,
    shapley: design === 'sobol' ? { value: (first + total) / 2, lo: (first + total) / 2 - 0.04, hi: (first + total) / 2 + 0.04 } : null,
    ten_percent: { effect: (k % 2 ? 0.28 : -0.31) * (total + (k === 2 ? 0.55 : 0.02)) * 2, lo: (k % 2 ? 0.28 : -0.31) * (total + (k === 2 ? 0.55 : 0.02)) * 2 - 0.09,
      hi: (k % 2 ? 0.28 : -0.31) * (total + (k === 2 ? 0.55 : 0.02)) * 2 + 0.09, step: 0.05 },
  }));
  return {
    ...headline, output: 'difference', design: { sobol: 'Saltelli, 512 base points', morris: 'Morris, 40 trajectories', sampled: 'Latin hypercube' }[design],
    futures: 8704, used: 8688, left_out: 16, left_out_reason: 'a run of their row failed', noise_share: { value: 0.14, lo: 0.11, hi: 0.17 }, factors: list,
    second_order: design === 'sobol' ? [{ factors: ['p_share', 'theta8'], value: 0.08, lo: 0.03, hi: 0.13 }, { factors: ['theta1', 'p_share'], value: 0.03, lo: -0.01, hi: 0.07 },
      { factors: ['coupling', 'tau_service'], value: 0.02, lo: -0.02, hi: 0.05 }] : [],
    by_ignorance: drivers.map(([name]) => name), by_leverage: ['coupling', ...drivers.map(([name]) => name).filter((name) => name !== 'coupling')],
    notes: ['Negative first-order indices are estimates of indices near zero.'],
  };
}

export function discovery(headline: { response: string; nation: string; treatment: string; reference: string }): Discovery {
  const { uniform } = generator(9);
  const rows = Array.from({ length: 420 }, () => {
    const [p_share, theta8] = [uniform(), 0.9 + 0.4 * uniform()];
    const inside = p_share < 0.27 && theta8 > 1.12;
    return [p_share, theta8, uniform() < (inside ? 0.83 : 0.035) ? 1 : 0];
  });
  const limit = (factor: string, unit: string, lo: number | null, hi: number | null, range: [number, number], quasi_p: number) =>
    ({ factor, unit, lo, hi, quasi_p, range, found_again_lo: lo === null ? null : 0.97, found_again_hi: hi === null ? null : 0.94 });
  const box = [limit('p_share', '1', null, 0.27, [0, 1], 1e-9), limit('theta8', '1', 1.12, null, [0.9, 1.3], 3e-7), limit('tau_r', 'd', 151, null, [61, 540], 0.03)];
  const cases = rows.filter((row) => row[2] === 1).length;
  const trajectory = Array.from({ length: 22 }, (_, k) => ({
    coverage: 1 - 0.035 * k - (k > 14 ? 0.02 * (k - 14) : 0), density: 0.14 + 0.71 * (1 - Math.exp(-k / 6.5)), mass: 0.93 ** k, restricted: Math.min(5, Math.floor(k / 4)), chosen: k === 13 }));
  return {
    ...headline, outcome: 'does not help', threshold: 0, futures: 420, left_out: 3, cases, base_share: cases / 420, base_lo: cases / 420 - 0.03, base_hi: cases / 420 + 0.04,
    hurts_share: 0.06, hurts_lo: 0.04, hurts_hi: 0.09, unclear_share: 0.11,
    prim: {
      boxes: [{ limits: box, coverage: 0.72, density: 0.81, density_lo: 0.67, density_hi: 0.91, mass: 0.12, n: 51, cases: 41, confirmed: true, held_out: { n: 48, cases: 34, density: 0.71, lo: 0.56, hi: 0.83, folds: 5, without_box: 0 } },
        { limits: [limit('coupling', '1', null, 0.68, [0.5, 1.5], 0.004), limit('theta1', '1', null, 1.05, [1, 1.3], 0.02)], coverage: 0.14, density: 0.44, density_lo: 0.22, density_hi: 0.67, mass: 0.04, n: 18, cases: 8, confirmed: false, held_out: null }],
      trajectory },
    cart: {
      leaves: [{ limits: [box[0]!, box[1]!], n: 55, cases: 42, share: 0.76, lo: 0.63, hi: 0.87 },
        { limits: [box[0]!, limit('theta8', '1', null, 1.12, [0.9, 1.3], 0.1)], n: 71, cases: 4, share: 0.056, lo: 0.016, hi: 0.14 },
        { limits: [limit('p_share', '1', 0.27, null, [0, 1], 0.1)], n: 294, cases: 9, share: 0.031, lo: 0.014, hi: 0.057 }],
      importance: [{ factor: 'p_share', value: 0.58 }, { factor: 'theta8', value: 0.36 }, { factor: 'tau_r', value: 0.04 }, { factor: 'coupling', value: 0.02 }] },
    sentences: ['Membership lowers Japan’s loss of service in 86 % of futures.',
      'It does not when partners share less than 27 % of what they find and attackers are provoked by more than a factor of 1.12: there it fails in 81 % of futures (95 % interval 67 to 91 %).'],
    points: { factors: ['p_share', 'theta8'], rows }, stability: { resamples: 100, any_box: 1 },
  };
}

export function robustness(rows: PairedDifference[], response: string, nation: string): Robustness {
  const { normal } = generator(3);
  const price: Record<string, number> = { liaison: 40, exercise: 260, attribution: 12, membership: 330 };
  const all = [{ treatment: 'nothing', mean: 0 }, ...rows].map(({ treatment, mean }) => {
    const cost = treatment === 'nothing' ? 0 : treatment.split('_').reduce((sum, lever) => sum + (price[lever] ?? 0), 0);
    const level = 44 + mean + 0.05 * normal();
    const regret = Math.max(0.1, 3.4 + mean);
    const share = Math.min(0.96, 0.31 - 0.19 * mean);
    return { treatment, mean: level, lo: level - 2.1, hi: level + 2.1, change: mean, change_lo: mean - (mean ? 0.4 : 0), change_hi: mean + (mean ? 0.4 : 0), worst: 131 + 3 * mean, p95_bad: 88 + 2 * mean, cvar95: 104 + 2.4 * mean, max_regret: 2.9 * regret + 0.9, p90_regret: 1.7 * regret,
      mean_regret: regret, regret_lo: regret * 0.86, regret_hi: regret * 1.15, satisficing: share, satisficing_lo: share - 0.08, satisficing_hi: share + 0.07, cost, cost_lo: cost * 0.94, cost_hi: cost * 1.06,
      on_front: false, dominated_by: null as string | null };
  });
  for (const one of all) {
    one.dominated_by = all.find((other) => other !== one && other.mean <= one.mean && other.cost <= one.cost && (other.mean < one.mean || other.cost < one.cost))?.treatment ?? null;
    one.on_front = one.dominated_by === null;
  }
  const full = 'liaison_exercise_attribution_membership';
  const value = (name: string, key: 'mean' | 'worst' | 'max_regret' | 'satisficing'): number => all.find((one) => one.treatment === name)![key];
  return {
    response, unit: 'service-days', nation, cost_response: 'partnership_cost', threshold: 40, threshold_words: 'loss of service below 40 service-days', treatments: all,
    choices: [
      { criterion: 'expected value', treatment: 'liaison_exercise_membership', value: value('liaison_exercise_membership', 'mean'), words: 'lowest mean over futures', tied_with: [full] },
      { criterion: 'worst case', treatment: 'liaison_exercise_membership', value: value('liaison_exercise_membership', 'worst'), words: 'lowest loss in the worst future', tied_with: [] },
      { criterion: 'minimax regret', treatment: 'exercise_membership', value: value('exercise_membership', 'max_regret'), words: 'smallest largest regret', tied_with: [] },
      { criterion: 'satisficing', treatment: 'liaison_exercise_membership', value: value('liaison_exercise_membership', 'satisficing'), words: 'below 40 service-days in most futures', tied_with: [full] }],
    sentences: ['Liaison, exercise and membership together are best under three of four criteria.', 'Attribution costs little and changes little: every choice without it is as good.'],
  };
}

export const factor_names = factors.map((factor) => factor.name);
