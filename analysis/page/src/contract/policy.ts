// The contract of what the answer hangs on: sensitivity, scenario discovery, robustness.
import { flag, list, maybe, name, num, records, text, type Of } from '../shape';

const index = maybe({ value: num, lo: num, hi: num });

export const read_sensitivity = maybe({
  response: text, nation: name, treatment: text, reference: text, output: text, design: text, futures: num, used: num, left_out: num,
  left_out_reason: text, noise_share: index,
  factors: records({
    name: text,
    sobol: maybe({ first: num, first_lo: num, first_hi: num, total: num, total_lo: num, total_hi: num }),
    morris: maybe({ mu: num, mu_star: num, mu_star_lo: num, mu_star_hi: num, sigma: num }),
    delta: maybe({ value: num, lo: num, hi: num, chance: num, chance_of_largest: num }),
    shapley: index,
    ten_percent: maybe({ effect: num, lo: num, hi: num, step: num }),
  }),
  second_order: records({ factors: list(text), value: num, lo: num, hi: num }),
  by_ignorance: list(text), by_leverage: list(text), notes: list(text),
});
export type Sensitivity = NonNullable<Of<typeof read_sensitivity>>;
export type SensitivityFactor = Sensitivity['factors'][number];

const read_limits = records({ factor: text, unit: text, lo: num, hi: num, quasi_p: num, range: list(num), found_again_lo: num, found_again_hi: num });

export const read_discovery = maybe({
  response: text, nation: name, treatment: text, reference: text, outcome: text, threshold: num, futures: num, left_out: num, cases: num,
  base_share: num, base_lo: num, base_hi: num, hurts_share: num, hurts_lo: num, hurts_hi: num, unclear_share: num,
  prim: maybe({
    boxes: records({
      limits: read_limits, coverage: num, density: num, density_lo: num, density_hi: num, mass: num, n: num, cases: num,
      confirmed: flag,
      held_out: maybe({ n: num, cases: num, density: num, lo: num, hi: num, folds: num, without_box: num }),
    }),
    trajectory: records({ coverage: num, density: num, mass: num, restricted: num, chosen: flag }),
  }),
  cart: maybe({
    leaves: records({ limits: read_limits, n: num, cases: num, share: num, lo: num, hi: num }),
    importance: records({ factor: text, value: num }),
  }),
  sentences: list(text),
  points: maybe({ factors: list(text), rows: list(list(num)) }),
  stability: (raw: unknown): unknown => raw ?? null,  // words, or shares by name
});
export type Discovery = NonNullable<Of<typeof read_discovery>>;
export type Limit = Of<typeof read_limits>[number];

export const read_robustness = maybe({
  response: text, unit: text, nation: name, cost_response: name, threshold: num, threshold_words: text,
  treatments: records({
    treatment: text, mean: num, lo: num, hi: num, change: num, change_lo: num, change_hi: num, worst: num, p95_bad: num, cvar95: num, max_regret: num, p90_regret: num, mean_regret: num,
    regret_lo: num, regret_hi: num, satisficing: num, satisficing_lo: num, satisficing_hi: num, cost: num, cost_lo: num, cost_hi: num,
    on_front: flag, dominated_by: name,
  }),
  choices: records({ criterion: text, treatment: text, value: num, words: text, tied_with: list(text) }),
  sentences: list(text),
});
export type Robustness = NonNullable<Of<typeof read_robustness>>;
export type RobustTreatment = Robustness['treatments'][number];
