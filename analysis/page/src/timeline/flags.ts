// Dates at which a treatment acts, as flags over a plot of time.
import { svg, type Child } from '../dom';
import { words } from '../format';
import type { Intervention } from '../data';

const letter_px = 6.3;
const row_px = 16;

interface Flag { x: number; text: string; row: number }

/** The interventions of `treatment`, each lever and date once. */
export function acts_of(interventions: Intervention[], treatment: string): Intervention[] {
  const seen = new Set<string>();
  return interventions
    .filter((act) => act.treatment === treatment && Number.isFinite(Date.parse(act.date)))
    .filter((act) => { const id = `${act.lever} ${act.date}`; return !seen.has(id) && seen.add(id); })
    .sort((a, b) => a.date.localeCompare(b.date));
}

/** Places and rows in which no flag covers another; the text stands left of its mast where there is no room at its right. */
export function flags(acts: Intervention[], at: (time: number) => number, from: number, to: number): (Flag & { left: boolean })[] {
  const ends: number[] = [];
  return acts.map((act) => {
    const x = Math.min(to, Math.max(from, at(Date.parse(act.date))));
    const text = words(act.lever || act.action || 'acts').toLowerCase();
    const wide = text.length * letter_px + 14;
    const left = x + wide > to;
    const start = left ? x - wide : x;
    let row = ends.findIndex((end) => start >= end);
    if (row < 0) row = ends.length;
    ends[row] = start + wide;
    return { x, text, row, left };
  });
}

/** Height that the flags need above the plot [px]. */
export function flags_height(placed: Flag[]): number {
  return placed.length ? (1 + Math.max(...placed.map((flag) => flag.row))) * row_px + 4 : 0;
}

/** Masts down to `bottom`, and their names in rows above `top`. */
export function draw_flags(placed: (Flag & { left: boolean })[], top: number, bottom: number): Child[] {
  return placed.map((flag) => {
    const y = top - 6 - flag.row * row_px;
    return [svg('line', { class: 'mast', x1: flag.x, x2: flag.x, y1: y - 9, y2: bottom }),
      svg('text', { class: 'flag', x: flag.x + (flag.left ? -5 : 5), y, 'text-anchor': flag.left ? 'end' : 'start' }, flag.text)];
  });
}
