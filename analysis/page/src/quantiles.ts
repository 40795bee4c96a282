// Arithmetic on a distribution given as quantiles.
import { is_number } from './format';

/** The value at `p` by linear interpolation; null outside what is known to hold it. */
export function quantile_at(probabilities: number[], quantiles: (number | null)[], p: number): number | null {
  const known = probabilities
    .map((probability, k) => [probability, quantiles[k]] as const)
    .filter((pair): pair is readonly [number, number] => is_number(pair[0]) && is_number(pair[1]));
  if (!known.length) return null;
  const above = known.findIndex(([probability]) => probability >= p - 1e-12);
  if (above < 0) return known[known.length - 1]![1];
  if (above === 0) return known[0]![1];
  const [p0, q0] = known[above - 1]!;
  const [p1, q1] = known[above]!;
  return p1 === p0 ? q1 : q0 + ((p - p0) / (p1 - p0)) * (q1 - q0);
}

/** `count` values of equal probability. */
export function equal_shares(probabilities: number[], quantiles: (number | null)[], count: number): number[] {
  return Array.from({ length: count }, (_, k) => quantile_at(probabilities, quantiles, (k + 0.5) / count)).filter(is_number);
}

export interface Dot { value: number; row: number }

/** A dot at each value, in the lowest row (from 1) where none that is `diameter` wide lies in its way. */
export function stacked(values: number[], diameter: number): Dot[] {
  const ends: number[] = [];  // the last value of each row
  return [...values].sort((a, b) => a - b).map((value) => {
    const free = ends.findIndex((end) => value - end >= diameter);
    const row = free < 0 ? ends.length : free;
    ends[row] = value;
    return { value, row: row + 1 };
  });
}
