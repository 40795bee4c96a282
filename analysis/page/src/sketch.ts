// A chart drawn as plain SVG at the width that it has, coloured by the style sheet, with its numbers beside it as a table.
import type { Chart } from './chart';
import { fill, h, svg, type Child } from './dom';
import { table_details, type Table } from './table';

export interface SketchSpec {
  name: string;                                       // for tests and anchors
  label(): string;                                    // what a screen reader says instead of the drawing
  height(width: number): number;                      // [px]
  draw(width: number, height: number): Child[];
  table?(): Table;                                    // the same numbers as text, where they do not stand on the page already
}

const print_width = 680;

/** A figure that draws itself when it first has a width, and again when that changes. */
export function sketch(spec: SketchSpec): Chart {
  const box = h('div', { class: 'chart sketch', 'data-chart': spec.name, role: 'img' });
  const details = spec.table ? table_details(spec.table) : null;
  const element = h('figure', { class: 'figure' }, box, details?.element);
  let drawn_width = 0;
  const draw = (width: number): void => {
    if (width < 1) return;
    const height = spec.height(width);
    fill(box, svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' }, spec.draw(width, height)));
    drawn_width = width;
  };
  const update = (): void => {
    box.setAttribute('aria-label', spec.label());
    draw(Math.floor(box.clientWidth));
    details?.update();
  };
  new ResizeObserver(() => {
    if (Math.floor(box.clientWidth) !== drawn_width) update();
  }).observe(box);
  addEventListener('beforeprint', () => draw(print_width));
  addEventListener('afterprint', update);
  return { element, update };
}

/** A dot with its interval, upright or level, for plots of points. */
export function error_bar(x: number, y: number, from: [number, number], to: [number, number], tone: string, title?: string): Child[] {
  return [
    svg('line', { class: `interval ${tone}`, x1: from[0], y1: from[1], x2: to[0], y2: to[1] }),
    svg('circle', { class: `point ${tone}`, cx: x, cy: y, r: 4 }, title ? svg('title', {}, title) : null)];
}
