// The response itself, by treatment: nested bands of quantiles.
import { chart, axis_style, tooltip_style } from '../chart';
import { checkbox, select, toolbar } from '../controls';
import type { Quantiles } from '../data';
import { h } from '../dom';
import { circle, rectangle, text, type CustomApi, type CustomParams, type Shape } from '../draw';
import { is_number, number, unit_name } from '../format';
import { section, type Builder, type Page } from '../frame';
import { quantile_at } from '../quantiles';
import { Linked } from '../store';

const bands = [[0.01, 0.99], [0.05, 0.95], [0.25, 0.75]] as const;
const narrow_px = 640;
const columns = [0.05, 0.25, 0.5, 0.75, 0.95];

interface Row { treatment: string; label: string; low: number[]; high: number[]; median: number; mean: number | null }

function rows_of({ model }: Page, response: string, nation: string | null): Row[] {
  return model.treatments_in(model.data.distributions)
    .map((treatment) => model.distribution(response, nation, treatment))
    .filter((found): found is Quantiles => found !== undefined)
    .map(({ treatment, probabilities, quantiles }) => {
      const at = (p: number): number => quantile_at(probabilities, quantiles, p) ?? NaN;
      return { treatment, label: model.treatment_label(treatment), low: bands.map(([p]) => at(p)), high: bands.map(([, p]) => at(p)),
        median: at(0.5), mean: model.summary(response, nation, treatment)?.mean ?? null };
    })
    .filter((row) => is_number(row.median));
}

/** The label of a row: dots for a factorial on a narrow page; nothing there for other studies, whose names stand above. */
function axis_label({ model }: Page, treatment: string, narrow: boolean): string {
  const levels = model.treatments.get(treatment)?.levels;
  if (!narrow) return model.treatment_label(treatment);
  return model.factorial_levels && levels ? levels.map((level) => (level ? '●' : '○')).join('') : '';
}

export const distributions: Builder = (page) => {
  const { model, store } = page;
  const source = model.data.distributions;
  const responses = model.responses_in(source);
  if (!responses.length) return null;
  const response = new Linked(store, 'response', responses);
  const nation = new Linked(store, 'nation', model.nations_in(source, response.follow(responses)));
  let logarithmic = false;
  const response_select = select<string>('Response', (value) => response.choose(value));
  const nation_select = select<string | null>('Nation', (value) => nation.choose(value));
  const log_box = checkbox('Logarithmic scale', false, (on) => { logarithmic = on; drawing.update(); });

  const shown = (): { response: string; nation: string | null; rows: Row[]; log: boolean } => {
    const name = response.follow(responses);
    const place = nation.follow(model.nations_in(source, name));
    const rows = rows_of(page, name, place);
    const smallest = Math.min(...rows.flatMap((row) => row.low.filter(is_number)));
    log_box.hidden = !(smallest > 0);
    return { response: name, nation: place, rows, log: logarithmic && smallest > 0 };
  };

  const drawing = chart({
    name: 'distributions',
    label: () => {
      const { response: name, nation: place, rows } = shown();
      return `${model.response_label(name)}, ${model.nation_name(place)}, by treatment: ${rows.length} distributions as nested bands of quantiles.`;
    },
    height: (width) => shown().rows.length * (width >= narrow_px ? 30 : model.factorial_levels ? 26 : 44) + 64,
    option: (width, c) => {
      const { response: name, rows, log } = shown();
      const narrow = width < narrow_px;
      const above = narrow && !model.factorial_levels;
      const unit = unit_name(model.response(name).unit);
      const longest = Math.max(1, ...rows.map((row) => axis_label(page, row.treatment, narrow).length));
      const left = Math.min(width * 0.38, longest * (narrow ? 10.5 : 7.4) + 14);
      const draw = (params: CustomParams, api: CustomApi): Shape => {
        const row = rows[params.dataIndex]!;
        const colour = row.treatment === store.choice.treatment ? c.accent : c.reference;
        const x = (value: number): number => api.coord([value, params.dataIndex])[0];
        const y = api.coord([row.median, params.dataIndex])[1] + (above ? 9 : 0);
        const tall = Math.min(18, api.size([0, 1])[1] * 0.62);
        const children: Shape[] = bands.flatMap((_, k) => {
          const height = tall * [0.22, 0.6, 1][k]!;
          const place = [x(row.low[k]!), y - height / 2, Math.max(1, x(row.high[k]!) - x(row.low[k]!)), height] as const;
          return [rectangle(...place, c.paper, 1, 2), rectangle(...place, colour, [0.5, 0.4, 0.8][k]!, 2)];
        });
        children.push(rectangle(x(row.median) - 1.25, y - tall / 2, 2.5, tall, c.paper));
        if (above) children.push(text(params.coordSys.x, y - 20, row.label, c.ink, `12px ${c.sans}`));
        if (is_number(row.mean)) children.push(circle(x(row.mean), y, 3.5, c.ink, c.paper));
        return { type: 'group', children };
      };
      return {
        grid: { left, right: 16, top: 8, bottom: 46, outerBoundsMode: 'none' },
        tooltip: { ...tooltip_style(c), trigger: 'item', formatter: (item: { dataIndex: number }) => tip(rows[item.dataIndex]!, unit) },
        xAxis: { type: log ? 'log' : 'value', scale: true, name: `${model.response_label(name)}${unit ? ` [${unit}]` : ''}`,
          nameLocation: 'middle', nameGap: 28, splitNumber: narrow ? 3 : 6, ...axis_style(c),
          axisLabel: { ...(axis_style(c).axisLabel as object), hideOverlap: true, formatter: (value: number) => number(value) } },
        yAxis: { type: 'category', inverse: true, data: rows.map((row) => axis_label(page, row.treatment, narrow)), ...axis_style(c),
          splitLine: { show: false }, axisLabel: { color: c.ink, fontSize: 12, fontFamily: c.sans, interval: 0, width: left - 12, overflow: 'break', lineHeight: 13 } },
        series: [{ type: 'custom', renderItem: draw, clip: false, encode: { x: [0, 1, 2], y: 3 },
          data: rows.map((row, k) => [row.low[0], row.high[0], row.median, k]) }],
      };
    },
    table: () => {
      const { response: name, nation: place, rows } = shown();
      const unit = unit_name(model.response(name).unit);
      return {
        caption: `${model.response_label(name)}, ${model.nation_name(place)}, by treatment${unit ? `, in ${unit}` : ''}`,
        head: ['Treatment', 'Mean', ...columns.map((p) => `${p * 100} %`)],
        rows: rows.map((row) => {
          const found = model.distribution(name, place, row.treatment)!;
          return [row.label, number(row.mean), ...columns.map((p) => number(quantile_at(found.probabilities, found.quantiles, p)))];
        }),
      };
    },
  });

  const update = (): void => {
    const now = shown();
    response_select.show(responses.map((value) => ({ value, label: model.response_label(value) })), now.response);
    nation_select.show(model.nations_in(source, now.response).map((value) => ({ value, label: model.nation_name(value) })), now.nation);
    drawing.update();
  };
  const result = section('distributions', 'How far outcomes spread',
    ['The outcome itself, over all futures and replications. The bands hold 50, 90 and 98 % of the outcomes; the gap is the ',
      'median, the dot the mean. Where the treatments overlap, what happens to a nation depends more ',
      'on the future that it lives in than on the treatment; the comparison in the same futures, above and below, takes that out.'],
    toolbar(response_select.element, nation_select.element, log_box), drawing.element);
  store.on_change(update);
  update();
  return result;
};

function tip(row: Row, unit: string): HTMLElement {
  const line = (name: string, value: string): HTMLElement => h('tr', {}, h('th', {}, name), h('td', {}, value));
  return h('div', {}, h('b', {}, row.label), h('table', { class: 'tip' },
    line('mean', number(row.mean)), line('median', number(row.median)),
    bands.slice().reverse().map(([p, q], k) => line(`${Math.round((q - p) * 100)} % of outcomes`,
      `${number(row.low[2 - k])} to ${number(row.high[2 - k])}`))), unit && h('span', { class: 'quiet' }, `in ${unit}`));
}
