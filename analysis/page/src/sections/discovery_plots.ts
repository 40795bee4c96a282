// Pictures of scenario discovery: futures over the two leading factors with the box, and the trajectory along which it was peeled.
import { bottom_axis, left_axis, linear_axis, path_of } from '../axes';
import type { Discovery, Limit } from '../contract/policy';
import { h, svg, type Child } from '../dom';
import { count, is_number, number, percent, words } from '../format';
import { sketch } from '../sketch';

const name_of = (factor: string): string => words(factor.replace(/\./g, ' '));

/** Futures as points, those with the outcome filled, and the first box; null where there are none. */
export function scatter_plot(data: Discovery): HTMLElement | null {
  const [first, second] = data.points?.factors ?? [];
  const rows = (data.points?.rows ?? []).filter((row): row is number[] => row.length >= 3 && row.every(is_number)).sort((a, b) => a[2]! - b[2]!);
  if (!first || !second || rows.length < 2) return null;
  const limits = data.prim?.boxes[0]?.limits ?? [];
  const ends = (k: number): [number, number] => [Math.min(...rows.map((row) => row[k]!)), Math.max(...rows.map((row) => row[k]!))];
  const draw = (width: number, height: number): Child[] => {
    const [left, right, top, bottom] = [48, width - 14, 30, height - 44];
    const x = linear_axis(...ends(0), left, right, 6);
    const y = linear_axis(...ends(1), bottom, top, 6);
    const range = (factor: string, axis: typeof x): [number, number] => {
      const limit: Limit | undefined = limits.find((one) => one.factor === factor);
      const at = (value: number | null | undefined, open: number): number => (is_number(value) ? Math.min(Math.max(axis.from, axis.to), Math.max(Math.min(axis.from, axis.to), axis.at(value))) : open);
      return [at(limit?.lo, axis.from), at(limit?.hi, axis.to)];
    };
    const [x0, x1] = range(first, x);
    const [y0, y1] = range(second, y);
    const boxed = limits.some((limit) => limit.factor === first || limit.factor === second);
    return [left_axis(y, left, right, { name: name_of(second) }), bottom_axis(x, top, bottom, { name: name_of(first) }),
      boxed && svg('rect', { class: 'found-box', x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) }),
      rows.map((row) => svg('circle', { class: row[2] ? 'case' : 'other', cx: x.at(row[0]!).toFixed(1), cy: y.at(row[1]!).toFixed(1), r: row[2] ? 3 : 2 }))];
  };
  const cases = rows.filter((row) => row[2]).length;
  const plot = sketch({ name: 'scatter', label: () => `${count(rows.length)} futures over ${name_of(first)} and ${name_of(second)}; ${count(cases)} have the outcome. The rectangle is the conditions found.`,
    height: () => 340, draw, table: () => ({ caption: 'Futures drawn: the first two hundred', head: ['Future', name_of(first), name_of(second), 'Outcome'],
      rows: [...rows].sort((a, b) => b[2]! - a[2]!).slice(0, 200).map((row, k) => [String(k + 1), number(row[0]), number(row[1]), row[2] ? 'yes' : 'no']) }) });
  plot.update();
  return h('div', {}, h('h3', {}, 'Where the futures with the outcome lie'),
    h('p', { class: 'key' }, h('span', { class: 'key-item' }, h('span', { class: 'mark circle case' }), 'with the outcome'), h('span', { class: 'key-item' }, h('span', { class: 'mark circle other' }), 'without'),
      h('span', { class: 'key-item' }, h('span', { class: 'mark boxed' }), 'conditions')), plot.element);
}

const diamond = (x: number, y: number): string => `M${x - 7} ${y}L${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}Z`;

/** Density against coverage for each step of the peeling, the chosen one marked; null where there is none. */
export function peeling_plot(data: Discovery): HTMLElement | null {
  const steps = (data.prim?.trajectory ?? []).filter((step) => is_number(step.coverage) && is_number(step.density));
  if (steps.length < 2) return null;
  const chosen = steps.find((step) => step.chosen);
  const box = data.prim?.boxes[0];
  const draw = (width: number, height: number): Child[] => {
    const [left, right, top, bottom] = [48, width - 14, 30, height - 44];
    const share = (value: number): string => percent(value);
    const x = linear_axis(0, 1, left, right, 4, share);
    const y = linear_axis(0, 1, bottom, top, 4, share);
    const back = chosen && x.at(chosen.coverage!) > width * 0.55;
    return [left_axis(y, left, right, { name: 'Density: share of the futures inside that have it' }), bottom_axis(x, top, bottom, { end: width, name: 'Coverage: share of all that have it' }),
      svg('path', { class: 'line treatment thin', d: path_of(steps.map((step) => [x.at(step.coverage!), y.at(step.density!)])) }),
      steps.map((step) => svg('circle', { class: step.chosen ? 'point chosen' : 'point treatment', cx: x.at(step.coverage!), cy: y.at(step.density!), r: step.chosen ? 7 : 3.5 },
        svg('title', {}, `coverage ${percent(step.coverage)}, density ${percent(step.density)}, ${number(step.restricted)} factors restricted`))),
      chosen && svg('text', { class: 'direct', x: x.at(chosen.coverage!) + (back ? -12 : 12), y: y.at(chosen.density!) + (back ? 22 : -12), 'text-anchor': back ? 'end' : 'start' }, `start: ${number(chosen.restricted)} limits`),
      box && svg('path', { class: 'found', d: diamond(x.at(box.coverage!), y.at(box.density!)) }, svg('title', {}, `the conditions found: coverage ${percent(box.coverage)}, density ${percent(box.density)}`))];
  };
  const plot = sketch({ name: 'peeling', label: () => `How density rises and coverage falls as the conditions are tightened, ${steps.length} steps` +
    `${chosen ? `; the search went on from coverage ${percent(chosen.coverage)}, density ${percent(chosen.density)}${box ? ` to ${percent(box.coverage)}, ${percent(box.density)}` : ''}` : ''}.`, height: () => 340, draw,
    table: () => ({ caption: 'Peeling trajectory', head: ['Step', 'Coverage', 'Density', 'Mass', 'Factors restricted'],
      rows: steps.map((step, k) => [`${k + 1}${step.chosen ? ' (chosen)' : ''}`, percent(step.coverage), percent(step.density), percent(step.mass), count(step.restricted)]) }) });
  plot.update();
  return h('div', {}, h('h3', {}, 'What tightening the conditions costs'), h('p', { class: 'key' }, 'Each dot is one step; the more often the outcome comes inside, the fewer of all cases are inside. From the large dot the search goes on: limits worth little are dropped, the rest moved, to the conditions found (diamond).'), plot.element);
}
