// A chart: an ECharts drawing that follows width and theme, with the same numbers beside it as a table.
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { h } from './dom';
import { table_details, type Table } from './table';
import { colours, on_theme, type Colours } from './theme';

use([CustomChart, LineChart, ScatterChart, DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

// ECharts' option types need every component's own type; an option is checked by the browser test, which looks at the drawing.
export type Option = Record<string, unknown>;

export interface ChartSpec {
  name: string;                                        // for tests and anchors
  label(): string;                                     // what a screen reader says instead of the drawing
  height(width: number): number;                       // [px]
  option(width: number, colours: Colours): Option;
  table(): Table;                                      // the same numbers as text
}

export interface Chart {
  element: HTMLElement;
  update(): void;
}

const print_width = 680;

/** A figure that draws itself when it first has a width. */
export function chart(spec: ChartSpec): Chart {
  const box = h('div', { class: 'chart', 'data-chart': spec.name, role: 'img' });
  const details = table_details(spec.table);
  const element = h('figure', { class: 'figure' }, box, details.element);
  let drawing: EChartsType | null = null;
  let drawn_width = 0;

  function draw(width: number): void {
    if (width < 1) return;
    const height = spec.height(width);
    box.style.height = `${height}px`;
    drawing ??= init(box, null, { renderer: 'svg', width, height });
    drawing.resize({ width, height });
    drawing.setOption({ animation: false, ...spec.option(width, colours()) }, { notMerge: true });
    drawn_width = width;
  }
  const update = (): void => {
    box.setAttribute('aria-label', spec.label());
    draw(Math.floor(box.clientWidth));
    details.update();
  };
  new ResizeObserver(() => {
    if (Math.floor(box.clientWidth) !== drawn_width) update();
  }).observe(box);
  on_theme(update);
  addEventListener('beforeprint', () => draw(print_width));
  addEventListener('afterprint', update);
  return { element, update };
}

/** Settings that all charts share. */
export function axis_style(c: Colours): Option {
  return {
    axisLine: { lineStyle: { color: c.rule } },
    axisTick: { show: false },
    axisLabel: { color: c.soft, fontSize: 12, fontFamily: c.sans },
    nameTextStyle: { color: c.soft, fontSize: 12, fontFamily: c.sans },
    splitLine: { lineStyle: { color: c.rule, width: 1 } },
  };
}

export function tooltip_style(c: Colours): Option {
  return {
    backgroundColor: c.surface, borderColor: c.rule, borderWidth: 1, padding: [8, 10], confine: true,
    textStyle: { color: c.ink, fontSize: 13, fontFamily: c.sans },
    extraCssText: 'box-shadow:0 4px 18px rgba(0,0,0,.18);border-radius:6px;max-width:20rem;white-space:normal',
  };
}
