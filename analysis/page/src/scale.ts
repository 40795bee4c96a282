// Linear scales with round ticks, for the plots that are drawn with plain elements.
import { is_number, number, power_of_ten } from './format';

export interface Scale {
  lo: number;
  hi: number;
  ticks: number[];
  /** Position in per cent of the width, held within 0 and 100. */
  at(value: number): number;
  label(tick: number): string;
  /** What the labels are to be multiplied by, mostly nothing. */
  power: string;
}

/** A step of 1, 2 or 5 times a power of ten that cuts `span` into at most `pieces`. */
export function round_step(span: number, pieces: number): number {
  const rough = span / Math.max(1, pieces);
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999) ?? 10 * power;
}

/**
 * The ends of all finite values and zero, with a margin and room for a word on either side of zero; [-1, 1] when there is
 * nothing to show.
 */
export function domain_of(values: (number | null | undefined)[], room = 0.16): [number, number] {
  const finite = values.filter(is_number);
  const lo = Math.min(0, ...finite);
  const hi = Math.max(0, ...finite);
  if (lo === hi) return [-1, 1];
  const span = hi - lo;
  return [Math.min(lo - 0.04 * span, -room * span), Math.max(hi + 0.04 * span, room * span)];
}

/** The p-quantile of the finite sizes, for scales that one outlier shall not flatten. */
export function size_quantile(values: (number | null | undefined)[], p: number): number {
  const sizes = values.filter(is_number).map(Math.abs).sort((a, b) => a - b);
  return sizes.length ? sizes[Math.min(sizes.length - 1, Math.floor(p * sizes.length))]! : 0;
}

/** A scale over [lo, hi] with ticks at round numbers. */
export function linear(lo: number, hi: number, pieces = 5): Scale {
  const span = hi - lo;
  const step = round_step(span, pieces);
  const ticks: number[] = [];
  for (let k = Math.ceil(lo / step - 1e-9); k * step <= hi + step * 1e-9; ++k) ticks.push(k * step);
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const exponent = largest > 0 && largest < 0.0099 ? Math.floor(Math.log10(largest) + 1e-9) : 0;
  return {
    lo, hi, ticks, power: exponent ? power_of_ten(exponent).trim() : '',
    at: (value) => Math.min(100, Math.max(0, ((value - lo) / span) * 100)),
    label: (tick) => (Math.abs(tick) < step / 2 ? '0' : number(tick / 10 ** exponent)),
  };
}
