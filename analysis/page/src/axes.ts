// Axes of the plots that are drawn as plain SVG: linear, logarithmic and of time, with direct labels.
import { svg, type Child } from './dom';
import { number, power_of_ten } from './format';
import { round_step } from './scale';

export interface Tick { at: number; text: string }

export interface Axis {
  /** Place of a value [px]. */
  at(value: number): number;
  ticks: Tick[];
  from: number;  // [px]
  to: number;    // [px]
}

/** A linear axis over [lo, hi]; `text` writes a tick. */
export function linear_axis(lo: number, hi: number, from: number, to: number, pieces = 5, text: (value: number) => string = number): Axis {
  const span = hi - lo || 1;
  const at = (value: number): number => from + ((value - lo) / span) * (to - from);
  const step = round_step(span, pieces);
  const ticks: Tick[] = [];
  for (let k = Math.ceil(lo / step - 1e-9); k * step <= hi + step * 1e-9; ++k) ticks.push({ at: at(k * step), text: k === 0 ? text(0) : text(k * step) });
  return { at, ticks, from, to };
}

/** "10⁻³", and plain numbers where they are short. */
function decade(value: number): string {
  if (value >= 1e-2 && value < 1e5) return number(value);
  return `10${power_of_ten(Math.round(Math.log10(value))).replace(/^.*10/, '')}`;
}

/** A logarithmic axis over [lo, hi], both above zero, with ticks at powers of ten, or at 1, 2 and 5 where these are few. */
export function log_axis(lo: number, hi: number, from: number, to: number, most = 8, text: (value: number) => string = decade): Axis {
  const [a, b] = [Math.log10(lo), Math.log10(hi)];
  const at = (value: number): number => from + ((Math.log10(value) - a) / (b - a || 1)) * (to - from);
  const first = Math.ceil(a - 1e-9);
  const last = Math.floor(b + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const ticks: Tick[] = [];
  const factors = last - first < 2 ? [1, 2, 5] : [1];
  for (let power = first - 1; power <= last; ++power) {
    if ((power - first) % every) continue;
    for (const factor of factors) {
      const value = factor * 10 ** power;
      if (value >= lo * (1 - 1e-9) && value <= hi * (1 + 1e-9)) ticks.push({ at: at(value), text: text(value) });
    }
  }
  return { at, ticks, from, to };
}

/** An axis of time [ms] with a tick at the first day of years. */
export function time_axis(lo: number, hi: number, from: number, to: number): Axis {
  const at = (value: number): number => from + ((value - lo) / (hi - lo || 1)) * (to - from);
  const [first, last] = [new Date(lo).getUTCFullYear(), new Date(hi).getUTCFullYear()];
  const every = [1, 2, 5, 10, 20, 50].find((step) => (last - first + 1) / step <= Math.max(2, (to - from) / 46)) ?? 100;
  const ticks: Tick[] = [];
  for (let year = first; year <= last + 1; ++year) {
    const time = Date.UTC(year, 0, 1);
    if (time >= lo && time <= hi && year % every === 0) ticks.push({ at: at(time), text: String(year) });
  }
  return { at, ticks, from, to };
}

interface Look { grid?: boolean; name?: string; end?: number }

/** Ticks and grid of a horizontal axis whose plot reaches from `top` to `bottom`; no label reaches beyond `look.end`. */
export function bottom_axis(axis: Axis, top: number, bottom: number, look: Look = {}): Child[] {
  return [
    look.grid !== false && axis.ticks.map((tick) => svg('line', { class: 'grid', x1: tick.at, x2: tick.at, y1: top, y2: bottom })),
    axis.ticks.map((tick) => svg('text', { class: 'tick', x: tick.at, y: bottom + 16,
      'text-anchor': look.end !== undefined && tick.at + tick.text.length * 3.6 > look.end ? 'end' : 'middle' }, tick.text)),
    look.name ? svg('text', { class: 'axis-name', x: (axis.from + axis.to) / 2, y: bottom + 35, 'text-anchor': 'middle' }, look.name) : null];
}

/** Ticks and grid of a vertical axis whose plot reaches from `left` to `right`; its name stands above. */
export function left_axis(axis: Axis, left: number, right: number, look: Look = {}): Child[] {
  return [
    look.grid !== false && axis.ticks.map((tick) => svg('line', { class: 'grid', x1: left, x2: right, y1: tick.at, y2: tick.at })),
    axis.ticks.map((tick) => svg('text', { class: 'tick', x: left - 7, y: tick.at + 4, 'text-anchor': 'end' }, tick.text)),
    look.name ? svg('text', { class: 'axis-name', x: 0, y: Math.min(axis.from, axis.to) - 12 }, look.name) : null];
}

/** The points as an SVG path; where one is missing the line breaks. */
export function path_of(points: ([number, number] | null)[]): string {
  let open = false;
  return points.map((point) => {
    if (!point) { open = false; return ''; }
    const step = `${open ? 'L' : 'M'}${point[0].toFixed(1)},${point[1].toFixed(1)}`;
    open = true;
    return step;
  }).join('');
}

/** The area between two lines over the same places, where both are known. */
export function band_of(places: number[], low: (number | null)[], high: (number | null)[]): string {
  const kept = places.map((_, k) => k).filter((k) => low[k] !== null && low[k] !== undefined && high[k] !== null && high[k] !== undefined);
  if (kept.length < 2) return '';
  const corner = (k: number, side: (number | null)[]): string => `${places[k]!.toFixed(1)},${side[k]!.toFixed(1)}`;
  return `M${kept.map((k) => corner(k, high)).join('L')}L${kept.reverse().map((k) => corner(k, low)).join('L')}Z`;
}

/** Moves labels apart so that none is nearer than `gap` to the next; in the order given. */
export function apart(places: number[], gap: number, least: number, most: number): number[] {
  const order = places.map((_, k) => k).sort((a, b) => places[a]! - places[b]!);
  const moved = [...places];
  order.forEach((k, n) => { moved[k] = Math.max(places[k]!, n ? moved[order[n - 1]!]! + gap : least); });
  let limit = most;
  for (const k of [...order].reverse()) { moved[k] = Math.min(moved[k]!, limit); limit = moved[k]! - gap; }
  return moved;
}
