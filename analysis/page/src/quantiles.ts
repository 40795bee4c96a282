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

export interface Dot { x: number; y: number; value: number }

/** `count` dots of equal probability, stacked in bins of `width`: a quantile dot plot (Kay et al., 2016). */
export function quantile_dots(probabilities: number[], quantiles: (number | null)[], count: number, width: number): Dot[] {
  const stacks = new Map<number, number>();
  const dots: Dot[] = [];
  for (let k = 0; k < count; ++k) {
    const value = quantile_at(probabilities, quantiles, (k + 0.5) / count);
    if (value === null) continue;
    const bin = width > 0 ? Math.floor(value / width) : 0;  // bins meet at zero, so that no stack holds both signs
    const y = (stacks.get(bin) ?? 0) + 1;
    stacks.set(bin, y);
    dots.push({ x: width > 0 ? (bin + 0.5) * width : value, y, value });
  }
  return dots;
}
