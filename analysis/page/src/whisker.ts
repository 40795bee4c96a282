// Dot and whisker: the mean, its 95 % interval (thick) and the range over futures (thin) on a scale that a column shares.
import { h } from './dom';
import { is_number } from './format';
import type { Tone } from './model';
import type { Scale } from './scale';

export interface Mark {
  mean: number | null;
  lo: number | null;
  hi: number | null;
  outer_lo?: number | null;
  outer_hi?: number | null;
  tone: Tone;
}

/** Custom properties that let every plot under an element draw the grid of `scale`. */
export function grid_of(scale: Scale): Record<string, string> {
  const line = (value: number): string => {
    const colour = Math.abs(value) < 1e-12 * (scale.hi - scale.lo) ? 'var(--zero)' : 'var(--rule)';
    return `linear-gradient(${colour},${colour}) ${scale.at(value).toFixed(3)}% 0 / 1px 100% no-repeat`;
  };
  return { '--grid': scale.ticks.map(line).join(',') || 'none' };
}

function line(kind: string, from: number | null | undefined, to: number | null | undefined, scale: Scale): HTMLElement | null {
  if (!is_number(from) || !is_number(to)) return null;
  if (Math.max(from, to) < scale.lo || Math.min(from, to) > scale.hi) return null;
  const left = scale.at(Math.min(from, to));
  const right = scale.at(Math.max(from, to));
  const open = [Math.min(from, to) < scale.lo && 'open-left', Math.max(from, to) > scale.hi && 'open-right'];
  return h('i', { class: [kind, ...open].filter(Boolean).join(' '), vars: { left: `${left.toFixed(3)}%`, width: `${(right - left).toFixed(3)}%` } });
}

/** The drawing of one row; hidden from screen readers, as the row says the same in numbers. */
export function whisker(mark: Mark | null, scale: Scale): HTMLElement {
  if (!mark || !is_number(mark.mean)) return h('span', { class: 'plot', 'aria-hidden': 'true' });
  const beyond = (value: number | null | undefined, below: boolean): boolean =>
    is_number(value) && (below ? value < scale.lo : value > scale.hi);
  return h('span', { class: `plot tone-${mark.tone}`, 'aria-hidden': 'true' },
    line('inner', mark.lo, mark.hi, scale),
    line('outer', mark.outer_lo, mark.outer_hi, scale),
    (beyond(mark.lo, true) || beyond(mark.outer_lo, true)) && h('i', { class: 'more below' }),
    (beyond(mark.hi, false) || beyond(mark.outer_hi, false)) && h('i', { class: 'more above' }),
    mark.mean >= scale.lo && mark.mean <= scale.hi &&
      h('i', { class: 'dot', vars: { left: `${scale.at(mark.mean).toFixed(3)}%` } }));
}

/** A bar from zero, for numbers without an interval. */
export function bar(value: number | null, scale: Scale, tone: Tone): HTMLElement {
  return h('span', { class: `plot tone-${tone}`, 'aria-hidden': 'true' }, is_number(value) && line('bar', 0, value, scale));
}

export interface Directions { left: string; right: string }

/** Which side of zero is the better one, in words. */
export function directions(higher_is_worse: boolean): Directions {
  return higher_is_worse ? { left: 'better', right: 'worse' } : { left: 'worse', right: 'better' };
}

/** Tick labels of `scale`, with the two directions above them. */
export function axis(scale: Scale, words: Directions | null): HTMLElement {
  const zero = scale.at(0);
  const side = (text: string, left: boolean): HTMLElement =>
    h('span', { class: `side ${left ? 'left' : 'right'} tone-${text}`,
      vars: left ? { right: `${(100 - zero).toFixed(2)}%` } : { left: `${zero.toFixed(2)}%` } },
    left && h('span', { class: 'way' }, '← '), text, !left && h('span', { class: 'way' }, ' →'));
  const crowded = scale.ticks.length > 3;
  return h('span', { class: scale.power ? 'axis with-power' : 'axis', 'aria-hidden': 'true' },
    scale.power && h('span', { class: 'power' }, scale.power),
    words && zero > 8 && side(words.left, true),
    words && zero < 92 && side(words.right, false),
    scale.ticks.map((tick, k) => h('span', {
      class: crowded && (k + Math.round(-scale.ticks[0]! / (scale.ticks[1]! - scale.ticks[0]!))) % 2 ? 'tick odd' : 'tick',
      vars: { left: `${scale.at(tick).toFixed(3)}%` },
    }, scale.label(tick))));
}

/** What thick, thin and colour mean. */
export function whisker_key(with_outer: boolean): HTMLElement {
  const sample = (tone: Tone, text: string): HTMLElement =>
    h('span', { class: 'key-item' }, h('span', { class: `swatch tone-${tone}` }), text);
  return h('p', { class: 'key' },
    h('span', { class: 'key-item' }, h('span', { class: 'swatch thick' }), '95 % interval of the mean'),
    with_outer && h('span', { class: 'key-item' }, h('span', { class: 'swatch thin' }), '95 % of futures'),
    sample('better', 'better'), sample('worse', 'worse'), sample('unclear', 'interval covers 0'));
}
