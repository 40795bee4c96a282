// A diverging scale of nine classes around zero, told apart with any colour vision: blue is better, orange worse.
import { is_number } from '../format';
import { size_quantile } from '../scale';

export interface Classes {
  /** Sizes at which classes 0 (around zero) to 3 end; class 4 is all beyond. */
  bounds: number[];
  /** -4 (clearly worse) to 4 (clearly better); null where there is no number. */
  of(value: number | null | undefined): number | null;
}

const round_factors = [7.5, 5, 4, 3, 2.5, 2, 1.5, 1];

/** The largest round number up to `size`. */
function round_below(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return (round_factors.find((factor) => factor * power <= size * (1 + 1e-9)) ?? 1) * power;
}

/** Classes whose ends are round numbers; the outermost begin below the largest twentieth of the sizes. */
export function classes_for(values: (number | null | undefined)[], higher_is_worse: boolean): Classes {
  const reach = size_quantile(values, 0.95) || size_quantile(values, 1) || 1;
  const step = round_below(reach / 3.2);
  const bounds = [0.2, 1, 2, 3].map((factor) => factor * step);
  return {
    bounds,
    of(value) {
      if (!is_number(value)) return null;
      const size = Math.abs(value);
      const level = bounds.findIndex((bound) => size < bound);
      const steps = level < 0 ? bounds.length : level;
      return steps === 0 ? 0 : value < 0 === higher_is_worse ? steps : -steps;
    },
  };
}

/** The CSS colour of a class. */
export function class_colour(level: number | null): string {
  if (level === null) return 'url(#no-data)';
  return level === 0 ? 'var(--map-0)' : `var(--map-${level > 0 ? 'better' : 'worse'}-${Math.abs(level)})`;
}
