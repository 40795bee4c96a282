// All histories together: the mean number in each month and its range, treatment and reference.
import { band_of, bottom_axis, left_axis, linear_axis, path_of, time_axis } from '../axes';
import type { Monthly } from '../contract/histories';
import type { Intervention } from '../data';
import { svg, type Child } from '../dom';
import { is_number, number } from '../format';
import { end_of, start_of } from './events';
import { draw_flags, flags, flags_height } from './flags';

export interface MonthlyView { months: string[]; rows: { row: Monthly; role: 'treatment' | 'reference'; label: string }[]; acts: Intervention[]; position: number }

const left = 44;
const right = 14;
const plot_px = 250;

const range = (view: MonthlyView): [number, number] => [start_of(view.months[0]!), end_of(view.months[view.months.length - 1]!)];

function placed(view: MonthlyView, width: number): ReturnType<typeof flags> {
  return flags(view.acts, time_axis(...range(view), left, width - right).at, left, width - right);
}

export function monthly_height(view: MonthlyView, width: number): number {
  return 34 + flags_height(placed(view, width)) + plot_px + 30;
}

export function draw_monthly(view: MonthlyView, width: number): Child[] {
  const masts = placed(view, width);
  const top = 34 + flags_height(masts);
  const bottom = top + plot_px;
  const axis = time_axis(...range(view), left, width - right);
  const middle = view.months.map((month) => axis.at((start_of(month) + end_of(month)) / 2));
  const most = Math.max(0, ...view.rows.flatMap(({ row }) => [...row.q95, ...row.mean].filter(is_number))) || 1;
  const y = linear_axis(0, most * 1.04, bottom, top, 4);
  const height = (value: number | null | undefined): number | null => (is_number(value) ? y.at(value) : null);
  const x = middle[view.position] ?? axis.to;
  return [
    left_axis(y, left, width - right), bottom_axis(axis, top, bottom, { grid: false, end: width }),
    view.rows.map(({ row, role }) => svg('path', { class: `band ${role}`, d: band_of(middle, row.q05.map(height), row.q95.map(height)) })),
    draw_flags(masts, top, bottom),
    view.rows.map(({ row, role }) => svg('path', { class: `line ${role}`, d: path_of(middle.map((place, k) => {
      const at = height(row.mean[k]);
      return at === null ? null : [place, at];
    })) })),
    svg('line', { class: 'cursor', x1: x, x2: x, y1: top - 4, y2: bottom }),
    view.rows.map(({ row, role }) => {
      const value = row.mean[view.position];
      const at = height(value);
      if (at === null) return null;
      const back = x > width - 70;
      return [svg('circle', { class: `point ${role}`, cx: x, cy: at, r: 4.5 }),
        svg('text', { class: `direct ${role}`, x: x + (back ? -8 : 8), y: at + (role === 'reference' ? -7 : 15), 'text-anchor': back ? 'end' : 'start' }, number(value))];
    })];
}

export function monthly_time_at(view: MonthlyView, x: number, width: number): number {
  const [from, to] = range(view);
  return from + ((x - left) / (width - right - left)) * (to - from);
}
