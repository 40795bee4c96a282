// The trade-off between a response and what it costs, with the treatments that no other beats on both.
import { apart, bottom_axis, left_axis, linear_axis, path_of } from '../axes';
import type { Robustness } from '../contract/policy';
import { h, svg, type Child } from '../dom';
import { is_number, number, unit_name } from '../format';
import type { Page } from '../frame';
import { sketch } from '../sketch';

const letters = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Change of the response against the reference, and cost, with intervals; null where the study has no cost. */
export function pareto_plot({ model }: Page, data: Robustness): HTMLElement | null {
  const rows = data.treatments.filter((row) => is_number(row.change) && is_number(row.cost));
  if (rows.length < 2) return null;
  const meta = model.response(data.response);
  const cost_unit = unit_name(model.response(data.cost_response ?? '').unit) || 'server-days';
  const front = rows.filter((row) => row.on_front).sort((a, b) => a.cost! - b.cost!);
  const ends = (keys: ('change' | 'change_lo' | 'change_hi' | 'cost' | 'cost_lo' | 'cost_hi')[]): [number, number] => {
    const values = rows.flatMap((row) => keys.map((key) => row[key])).filter(is_number);
    const [lo, hi] = [Math.min(...values), Math.max(...values)];
    const margin = 0.05 * (hi - lo || Math.abs(hi) || 1);
    return [lo >= 0 ? Math.max(0, lo - margin) : lo - margin, hi + margin];
  };
  const draw = (width: number, height: number): Child[] => {
    const [left, right, top, bottom] = [52, width - 16, 36, height - 46];
    const x = linear_axis(...ends(['cost', 'cost_lo', 'cost_hi']), left, right, Math.max(3, Math.floor(width / 130)));
    const y = linear_axis(...ends(['change', 'change_lo', 'change_hi']), bottom, top, 5);
    const places = apart(front.map((row) => y.at(row.change!)), 15, top + 6, bottom - 4);
    return [
      left_axis(y, left, right, { name: `Change of ${model.response_label(data.response).toLowerCase()}${unit_name(data.unit) ? ` [${unit_name(data.unit)}]` : ''}, ${meta.higher_is_worse ? 'lower' : 'higher'} is better` }),
      bottom_axis(x, top, bottom, { end: width, name: `Cost [${cost_unit}]` }),
      svg('path', { class: 'front', d: path_of(front.map((row) => [x.at(row.cost!), y.at(row.change!)])) }),
      rows.map((row) => {
        const kind = row.on_front ? 'treatment' : 'reference';
        const [cx, cy] = [x.at(row.cost!), y.at(row.change!)];
        return [is_number(row.change_lo) && is_number(row.change_hi) && svg('line', { class: `interval ${kind}`, x1: cx, x2: cx, y1: y.at(row.change_lo), y2: y.at(row.change_hi) }),
          is_number(row.cost_lo) && is_number(row.cost_hi) && svg('line', { class: `interval ${kind}`, x1: x.at(row.cost_lo), x2: x.at(row.cost_hi), y1: cy, y2: cy }),
          svg('circle', { class: `point ${kind}`, cx, cy, r: row.on_front ? 5.5 : 4 }, svg('title', {}, `${model.treatment_label(row.treatment)}: ${number(row.mean)} at a cost of ${number(row.cost)}; change ${number(row.change)}` +
            `${row.dominated_by ? `; ${model.treatment_label(row.dominated_by)} is better on both` : ''}`))];
      }),
      front.map((row, k) => {
        const back = x.at(row.cost!) > width * 0.55;
        return svg('text', { class: 'direct halo', x: x.at(row.cost!) + (back ? -11 : 11), y: places[k]! + 4, 'text-anchor': back ? 'end' : 'start' },
          letters(model.treatment_label(row.treatment), width < 560 ? 24 : 60));
      })];
  };
  const plot = sketch({ name: 'pareto', label: () => `${model.response_label(data.response)} against cost of ${rows.length} treatments; ${front.length} are beaten by no other on both.`,
    height: (width) => (width < 560 ? 360 : 420), draw,
    table: () => ({ caption: 'Response and cost', head: ['Treatment', 'Mean [95 %]', 'Change [95 %]', 'Cost [95 %]', 'On the front'],
      rows: rows.map((row) => [model.treatment_label(row.treatment), `${number(row.mean)} [${number(row.lo)}, ${number(row.hi)}]`, `${number(row.change)} [${number(row.change_lo)}, ${number(row.change_hi)}]`, `${number(row.cost)} [${number(row.cost_lo)}, ${number(row.cost_hi)}]`, row.on_front ? 'yes' : 'no']) }) });
  plot.update();
  return h('div', {}, h('h3', {}, 'What it buys for what it costs'),
    h('p', { class: 'key' }, h('span', { class: 'key-item' }, h('span', { class: 'mark circle treatment' }), 'no other is better on both'),
      h('span', { class: 'key-item' }, h('span', { class: 'mark circle reference' }), 'another is better, or as good for less'), h('span', { class: 'key-item' }, `lines: 95 % intervals; upright of the change against ${model.treatment_label(model.data.analysis.study.reference)}, level of the cost`)), plot.element);
}
