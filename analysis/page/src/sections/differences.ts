// The paired difference over futures: a dot for each few of them, and the share of futures that are better.
import { axis_style, chart, tooltip_style } from '../chart';
import { select, toolbar } from '../controls';
import type { PairedDifference, Quantiles } from '../data';
import { fill, h } from '../dom';
import { count, counted, estimate_mean, is_number, number, percent, quantity, unit_name } from '../format';
import { section, treatment_button, lever_heads, type Builder } from '../frame';
import { equal_shares, quantile_at, stacked, type Dot } from '../quantiles';
import { domain_of, linear } from '../scale';
import { Linked } from '../store';

const most_dots = 50;
const dots_across = 34;  // dots that fit side by side, at any width
const columns = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975];

const top = 26;
const bottom = 46;
const most_height = 198;  // of the dots [px]

interface Layout { lo: number; hi: number; dots: Dot[]; size: number; height: number }

/** Dots on their axis, as large as width and the highest stack allow; their places depend on the data alone. */
function layout_of(spread: Quantiles | undefined, width: number): Layout {
  const [lo, hi] = domain_of(spread?.values ?? spread?.quantiles ?? [], 0.06);
  const dots = stacked(spread ? values_of(spread) : [], (hi - lo) / dots_across);
  const tallest = Math.max(1, ...dots.map((dot) => dot.row));
  const size = Math.min(20, most_height / tallest, ((width - 36) / dots_across) * 0.94);
  return { lo, hi, dots, size, height: Math.max(70, tallest * size + 12) };
}

/** Whether every future has a dot of its own. */
function single(spread: Quantiles | undefined): boolean {
  return (spread?.values?.length ?? 0) > 0;
}

function values_of(spread: Quantiles): number[] {
  return single(spread) ? spread.values!.filter(is_number) : equal_shares(spread.probabilities, spread.quantiles, most_dots);
}

function dots_in_words(futures: number): string {
  if (futures > most_dots) return 'Each dot stands for one of fifty equal shares of the futures and lies';
  if (futures === 1) return 'Only one was drawn, which says nothing about the others; its dot lies';
  return `Each dot is one of the ${count(futures)} futures that were drawn and lies`;
}

export const differences: Builder = (page) => {
  const { model, store } = page;
  const source = model.data.difference_distributions;
  const responses = model.responses_in(source);
  if (!responses.length) return null;
  const response = new Linked(store, 'response', responses);
  const nations = (): (string | null)[] => model.nations_in(source, response.follow(responses));
  const nation = new Linked(store, 'nation', nations());
  const treatments = (): string[] => model.treatments_in(
    source.filter((row) => row.response === response.follow(responses) && (row.nation ?? null) === nation.follow(nations())));
  const treatment = new Linked(store, 'treatment', treatments());
  const response_select = select<string>('Response', (value) => response.choose(value));
  const nation_select = select<string | null>('Nation', (value) => nation.choose(value));
  const treatment_select = select<string>('Treatment', (value) => treatment.choose(value));

  const now = (): { name: string; place: string | null; chosen: string; spread: Quantiles | undefined; row: PairedDifference | undefined } => {
    const name = response.follow(responses);
    const place = nation.follow(nations());
    const chosen = treatment.follow(treatments());
    return { name, place, chosen, spread: model.difference_distribution(name, place, chosen), row: model.difference(name, place, chosen) };
  };
  const title = (): string => {
    const { name, place, chosen } = now();
    return `${model.response_label(name)}, ${model.nation_name(place)}: ${model.treatment_label(chosen)} against ` +
      model.treatment_label(model.data.analysis.study.reference);
  };

  const drawing = chart({
    name: 'differences',
    label: () => {
      const { row } = now();
      return `${title()}. Distribution of the difference over futures${row ? `; better in ${percent(row.share_better)} of them` : ''}.`;
    },
    height: (width) => layout_of(now().spread, width).height + top + bottom,
    option: (width, c) => {
      const { name, spread, row } = now();
      const meta = model.response(name);
      const { lo, hi, dots, size, height } = layout_of(spread, width);
      const scale = linear(lo, hi, width < 600 ? 4 : 8);
      const colour = (dot: Dot): string => (dot.value === 0 ? c.unclear : dot.value < 0 === meta.higher_is_worse ? c.better : c.worse);
      const unit = unit_name(meta.unit);
      return {
        grid: { left: 18, right: 18, top, bottom, outerBoundsMode: 'none' },
        tooltip: { ...tooltip_style(c), trigger: 'item', formatter: (item: { dataIndex: number }) => {
          const dot = dots[item.dataIndex];
          return dot ? h('span', {}, quantity(dot.value, meta.unit), h('br'), h('span', { class: 'quiet' }, single(spread) ? 'one future' : 'one of fifty shares of the futures')) : '';
        } },
        xAxis: { type: 'value', min: lo, max: hi, name: `Difference${unit || scale.power ? ` [${scale.power}${scale.power && unit ? '\u00a0' : ''}${unit}]` : ''}`, nameLocation: 'middle', nameGap: 28,
          ...axis_style(c), splitLine: { show: false }, interval: scale.ticks[1]! - scale.ticks[0]!,
          axisLabel: { ...(axis_style(c).axisLabel as object), customValues: scale.ticks, formatter: (tick: number) => scale.label(tick) } },
        yAxis: { type: 'value', min: 0, max: height / size, show: false },
        series: [{
          type: 'scatter', symbol: 'circle', symbolSize: size, silent: false,
          data: dots.map((dot) => ({ value: [dot.value, dot.row - 0.5], itemStyle: { color: colour(dot), opacity: 1 } })),
          // ECharts rounds the place of a line to two decimals unless told otherwise.
          markLine: { symbol: 'none', silent: true, animation: false, precision: 15, data: [
            { xAxis: 0, lineStyle: { color: c.ink, type: 'solid', width: 1.2 }, label: { show: false } },
            ...(row && is_number(row.mean) ? [{ xAxis: row.mean, lineStyle: { color: c.soft, type: 'dashed', width: 1.5 },
              label: { show: true, position: 'end', color: c.ink, fontSize: 12, fontFamily: c.sans, formatter: `mean ${estimate_mean(row, meta.unit)}`,
                align: (row.mean - lo) / (hi - lo) < 0.25 ? 'left' : (row.mean - lo) / (hi - lo) > 0.75 ? 'right' : 'center' } }] : []),
          ] },
        }],
      };
    },
    table: () => {
      const { name, place, spread } = now();
      const unit = unit_name(model.response(name).unit);
      const caption = `${model.response_label(name)}, ${model.nation_name(place)}: difference over futures${unit ? `, in ${unit}` : ''}`;
      if (single(spread)) {
        return { caption, head: ['Treatment', 'Each future, from low to high'], rows: treatments().map((each) =>
          [model.treatment_label(each), (model.difference_distribution(name, place, each)?.values ?? []).map((value) => number(value)).join('; ')]) };
      }
      return {
        caption,
        head: ['Treatment', ...columns.map((p) => `${p * 100} %`)],
        rows: treatments().map((each) => {
          const found = model.difference_distribution(name, place, each)!;
          return [model.treatment_label(each), ...columns.map((p) => number(quantile_at(found.probabilities, found.quantiles, p)))];
        }),
      };
    },
  });

  const sentence = h('p', { class: 'big-share' });
  const shares = h('div', { class: 'plot-table', 'data-chart': 'shares' });
  const update_shares = (): void => {
    const { name, place, row } = now();
    fill(sentence, row?.futures === 1 && 'One future gives no shares.', row && is_number(row.share_better) && [h('b', {}, percent(row.share_better)), ` of ${counted(row.futures, 'future')} are better`,
      row.share_equal > 0 ? `, ${percent(row.share_equal)} equal` : '',
      `, ${percent(Math.max(0, 1 - row.share_better - (row.share_equal ?? 0)))} worse.`]);
    const rows = treatments().map((each) => model.difference(name, place, each)).filter((found) => found !== undefined)
      .filter((found) => is_number(found.share_better));
    fill(shares, rows.length > 0 && h('table', {},
      h('caption', {}, 'Share of futures by treatment'),
      h('thead', {}, h('tr', {},
        h('th', { scope: 'col', class: 'treatment' }, lever_heads(model), h('span', { class: model.factorial_levels ? 'sr' : 'label' }, 'Treatment')),
        h('th', { scope: 'col' }, h('span', { class: 'sr' }, 'Shares of futures'), h('span', { class: 'split-head', 'aria-hidden': 'true' }, h('span', {}, 'better'), h('span', {}, 'worse'))),
        h('th', { scope: 'col', class: 'num' }, 'Better'))),
      h('tbody', {}, rows.map((found) => h('tr', { class: found.treatment === store.choice.treatment ? 'chosen' : null },
        h('th', { scope: 'row', class: 'treatment' }, treatment_button(page, found.treatment)),
        h('td', { class: 'share-cell' }, h('span', { class: 'share', 'aria-hidden': 'true' },
          h('i', { class: 'better', vars: { width: `${100 * found.share_better}%` } }),
          h('i', { class: 'equal', vars: { width: `${100 * (found.share_equal ?? 0)}%` } }), h('i', { class: 'worse' }))),
        h('td', { class: 'num' }, percent(found.share_better)))))));
  };
  const update = (): void => {
    const { name, place, chosen } = now();
    response_select.show(responses.map((value) => ({ value, label: model.response_label(value) })), name);
    nation_select.show(nations().map((value) => ({ value, label: model.nation_name(value) })), place);
    treatment_select.show(treatments().map((value) => ({ value, label: model.treatment_label(value) })), chosen);
    update_shares();
    drawing.update();
  };
  const result = section('differences', 'In how many futures it helps',
    ['A future is one draw of everything that is uncertain. ', dots_in_words(model.data.analysis.study.futures),
      ' at the difference that the treatment makes there, replications averaged.'],
    toolbar(response_select.element, nation_select.element, treatment_select.element), sentence, drawing.element, shares);
  store.on_change(update);
  update();
  return result;
};
