// Morris' plane: how large the effect of a factor is on average, against how much it varies.
import { bottom_axis, left_axis, linear_axis } from '../axes';
import type { Sensitivity } from '../contract/policy';
import { svg, type Child } from '../dom';
import { is_number, number, unit_name, words } from '../format';
import type { Page } from '../frame';
import { sketch } from '../sketch';

const labelled = 8;

/** The plane with the names of the strongest factors. */
export function morris_plot({ model }: Page, data: Sensitivity): HTMLElement {
  const points = data.factors.flatMap(({ name, morris }) => (morris && is_number(morris.mu_star) && is_number(morris.sigma) ?
    [{ name: words(name), mu: morris.mu, x: morris.mu_star, y: morris.sigma }] : [])).sort((a, b) => b.x - a.x);
  const unit = unit_name(model.response(data.response).unit);
  const draw = (width: number, height: number): Child[] => {
    const [left, top, bottom] = [46, 30, height - 44];
    const x = linear_axis(0, 1.05 * Math.max(1e-12, ...points.map((point) => point.x)), left, width - 16, 5);
    const y = linear_axis(0, 1.08 * Math.max(1e-12, ...points.map((point) => point.y)), bottom, top, 4);
    return [left_axis(y, left, width - 16, { name: `Spread of the effect (σ)${unit ? ` [${unit}]` : ''}` }), bottom_axis(x, top, bottom, { name: `Mean size of the effect (μ*)${unit ? ` [${unit}]` : ''}` }),
      points.map((point, k) => {
        const back = x.at(point.x) > width * 0.7;
        return [svg('circle', { class: 'point treatment', cx: x.at(point.x), cy: y.at(point.y), r: 4.5 }, svg('title', {}, `${point.name}: μ* ${number(point.x)}, σ ${number(point.y)}`)),
          k < labelled && svg('text', { class: 'direct', x: x.at(point.x) + (back ? -9 : 9), y: y.at(point.y) + 4, 'text-anchor': back ? 'end' : 'start' }, point.name)];
      })];
  };
  const plot = sketch({ name: 'morris', label: () => `Mean size and spread of the effects of ${points.length} factors. Far right: strong; high: depends on the others.`, height: () => 340, draw,
    table: () => ({ caption: 'Effects of a step', head: ['Factor', 'μ*', 'σ', 'μ'], rows: points.map((point) => [point.name, number(point.x), number(point.y), number(point.mu)]) }) });
  plot.update();
  return plot.element;
}
