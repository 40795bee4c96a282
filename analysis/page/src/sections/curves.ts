// Series over time with quantile bands, two treatments at once, and the dates at which the treatments act.
import { axis_style, chart, tooltip_style, type Option } from '../chart';
import { select, toolbar } from '../controls';
import type { Curve, Intervention } from '../data';
import { fill, h } from '../dom';
import { polygon, type CustomApi, type CustomParams, type Shape } from '../draw';
import { date, is_number, number, unit_name, words } from '../format';
import { section, type Builder } from '../frame';
import type { Colours } from '../theme';

const bands = [['q05', 'q95', 0.14], ['q25', 'q75', 0.24]] as const;

function band_series(curve: Curve, colour: string): Option[] {
  const times = curve.dates.map((day) => Date.parse(day));
  return bands.map(([low, high, opacity]) => ({
    type: 'custom', silent: true, z: 1, clip: true, data: [[times[0], 0]], tooltip: { show: false },
    renderItem: (params: CustomParams, api: CustomApi): Shape | undefined => {
      const kept = times.map((_, k) => k).filter((k) => is_number(curve[low]?.[k]) && is_number(curve[high]?.[k]));
      if (params.dataIndex !== 0 || kept.length < 2) return undefined;
      return polygon([...kept.map((k) => api.coord([times[k]!, curve[high][k]!])),
        ...kept.reverse().map((k) => api.coord([times[k]!, curve[low][k]!]))], colour, opacity);
    },
    encode: { x: 0, y: -1 },
  }));
}

function line_series(curve: Curve, name: string, colour: string, dashed: boolean): Option {
  return {
    type: 'line', name, showSymbol: false, z: 3, lineStyle: { color: colour, width: 2, type: dashed ? [5, 3] : 'solid' }, itemStyle: { color: colour },
    data: curve.dates.map((day, k) => [Date.parse(day), is_number(curve.mean[k]) ? curve.mean[k] : null]),
  };
}

/** Years at their first day, months between them. */
function tick_text(time: number): string {
  const day = new Date(time);
  const name = date(day.toISOString()).split('\u00a0');
  if (day.getUTCDate() > 1 && day.getUTCDate() < 28) return name.slice(0, 2).join('\u00a0');
  return day.getUTCMonth() === 0 || (day.getUTCMonth() === 11 && day.getUTCDate() === 31) ? String(new Date(time + 864e5).getUTCFullYear()) : name[1]!;
}

function day_text(time: number): string {
  return date(new Date(time).toISOString());
}

function acts_on(interventions: Intervention[], treatments: string[]): Intervention[] {
  const seen = new Set<string>();
  return interventions
    .filter((act) => treatments.includes(act.treatment))
    .filter((act) => { const id = `${act.lever} ${act.date}`; return !seen.has(id) && seen.add(id); })
    .sort((a, b) => a.date.localeCompare(b.date));
}

export const curves: Builder = ({ model, store }) => {
  const source = model.data.curves.filter((curve) => curve.dates?.length > 1);
  if (!source.length) return null;
  const names = [...new Set(source.map((curve) => curve.series))];
  let series = names[0]!;
  let place = source[0]!.nation;
  const treatments_here = (): string[] => model.treatments_in(source.filter((c) => c.series === series && c.nation === place));
  const reference = model.data.analysis.study.reference;
  let second = treatments_here().includes(reference) ? reference : treatments_here()[0]!;
  let first = second;
  const series_select = select<string>('Series', (value) => { series = value; update(); });
  const nation_select = select<string>('Nation', (value) => { place = value; update(); });
  const first_select = select<string>('Treatment', (value) => { first = value; store.set({ treatment: value }); update(); });
  const second_select = select<string>('Compared with', (value) => { second = value; update(); });
  const key = h('p', { class: 'key' });
  const acts_list = h('ol', { class: 'acts' });

  const pair = (): Curve[] => [...new Set([second, first])]
    .map((treatment) => source.find((c) => c.series === series && c.nation === place && c.treatment === treatment))
    .filter((curve) => curve !== undefined);
  const colour_of = (curve: Curve, c: Colours): string => (curve.treatment === second ? c.reference : c.accent);
  const acts = (): Intervention[] => acts_on(model.data.interventions, [first, second]);

  const drawing = chart({
    name: 'curves',
    label: () => `${words(series)}, ${model.nation_name(place)}, over time: ` +
      pair().map((curve) => model.treatment_label(curve.treatment)).join(' and '),
    height: (width) => (width < 600 ? 320 : 400) + acts().length * 4,
    option: (width, c) => {
      const shown = pair();
      const unit = unit_name(shown[0]?.unit ?? '');
      const low = Math.min(...shown.flatMap((curve) => [...curve.q05, ...curve.mean].filter(is_number)));
      const high = Math.max(...shown.flatMap((curve) => [...curve.q95, ...curve.mean].filter(is_number)));
      const margin = (high - low || 1) * 0.04;
      const rows = badge_rows(acts(), shown[0]?.dates ?? [], width - 70);
      return {
        useUTC: true,
        grid: { left: 54, right: 16, top: 44 + badge_px * Math.max(0, ...rows), bottom: 84, outerBoundsMode: 'none' },
        tooltip: { ...tooltip_style(c), trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: c.soft } },
          formatter: (items: { value: [number, number] }[]) => (items[0] ? tip(shown.map((curve) => [curve, model.treatment_label(curve.treatment)]), items[0].value[0], unit) : '') },
        xAxis: { type: 'time', ...axis_style(c), splitLine: { show: false }, axisTick: { show: true, lineStyle: { color: c.rule } },
          axisLabel: { ...(axis_style(c).axisLabel as object), hideOverlap: true, formatter: tick_text } },
        yAxis: { type: 'value', scale: true, min: low >= 0 ? Math.max(0, low - margin) : low - margin, max: unit === '%' ? Math.min(100, high + margin) : high + margin,
          ...axis_style(c), splitNumber: 5, axisLabel: { ...(axis_style(c).axisLabel as object), showMinLabel: false, showMaxLabel: false,
            formatter: (value: number) => number(value) },
          name: `${words(series)}${unit ? ` [${unit}]` : ''}`, nameGap: 26, nameTextStyle: { align: 'left', color: c.soft, fontSize: 12, fontFamily: c.sans, padding: [0, 0, 0, -46] } },
        dataZoom: [{ type: 'slider', bottom: 8, height: 26, borderColor: c.rule, backgroundColor: 'transparent', fillerColor: `${c.accent}22`,
          handleStyle: { color: c.surface, borderColor: c.soft }, moveHandleSize: 4, brushSelect: false, textStyle: { color: c.soft, fontSize: 11 },
          dataBackground: { lineStyle: { color: c.rule }, areaStyle: { color: c.rule } }, selectedDataBackground: { lineStyle: { color: c.accent }, areaStyle: { color: c.accent, opacity: 0.15 } },
          labelFormatter: (time: number) => day_text(time), showDetail: width > 520 }],
        series: [
          ...shown.flatMap((curve) => band_series(curve, colour_of(curve, c))),
          ...shown.map((curve, k) => ({ ...line_series(curve, model.treatment_label(curve.treatment), colour_of(curve, c), curve.treatment === second && shown.length > 1),
            ...(k === shown.length - 1 ? { markLine: { symbol: 'none', silent: true, animation: false, precision: 15,
              lineStyle: { color: c.soft, type: [2, 3], width: 1.2 },
              data: acts().map((act, n) => ({ xAxis: Date.parse(act.date), label: { formatter: `${n + 1}`, position: 'end', distance: 4,
                color: c.paper, backgroundColor: c.ink, borderRadius: 9, padding: [3, 6], fontSize: 11, fontFamily: c.sans,
                offset: [0, -1 - badge_px * (rows[n] ?? 0)] } })) } } : {}) })),
        ],
      };
    },
    table: () => {
      const shown = pair();
      const days = shown[0]?.dates ?? [];
      const step = Math.max(1, Math.round(days.length / 36));
      return {
        caption: `${words(series)}, ${model.nation_name(place)}${shown[0] && unit_name(shown[0].unit) ? `, in ${shown[0].unit}` : ''}: mean (5 % to 95 %)`,
        head: ['Date', ...shown.map((curve) => model.treatment_label(curve.treatment))],
        rows: days.filter((_, k) => k % step === 0).map((day, n) => [date(day), ...shown.map((curve) => {
          const k = n * step;
          return `${number(curve.mean[k])} (${number(curve.q05[k])} to ${number(curve.q95[k])})`;
        })]),
      };
    },
  });

  const update = (): void => {
    const here = treatments_here();
    if (here.includes(store.choice.treatment)) first = store.choice.treatment;
    if (!here.includes(first)) first = here[0]!;
    if (!here.includes(second)) second = here[0]!;
    const places = [...new Set(source.filter((c) => c.series === series).map((c) => c.nation))];
    const labelled = (values: string[]): { value: string; label: string }[] => values.map((value) => ({ value, label: model.treatment_label(value) }));
    series_select.show(names.map((value) => ({ value, label: words(value) })), series);
    nation_select.show(places.map((value) => ({ value, label: model.nation_name(value) })), place);
    first_select.show(labelled(here), first);
    second_select.show(labelled(here), second);
    fill(key, pair().reverse().map((curve) => h('span', { class: 'key-item' },
      h('span', { class: `swatch curve ${curve.treatment === second ? 'reference' : 'accent'}` }), model.treatment_label(curve.treatment))),
      h('span', { class: 'key-item quiet' }, 'line: mean; bands: 50 and 90 % of outcomes'));
    fill(acts_list, acts().map((act) => h('li', {}, h('b', {}, date(act.date)), act.to ? ` to ${date(act.to)}` : '', ': ',
      `${model.nation_name(act.nation)}: ${act_words(act)}`)));
    drawing.update();
  };
  const result = section('curves', 'How it unfolds',
    'The state of the nation over time. Numbered lines mark the dates at which a treatment acts; drag the handles below to look at a shorter time.',
    toolbar(series_select.element, nation_select.element, first_select.element, second_select.element), key, drawing.element, acts_list);
  store.on_change(update);
  update();
  return result;
};

const badge_px = 19;

/** The row above the drawing, from 0, in which each number stands so that none covers another. */
export function badge_rows(acts: { date: string }[], dates: string[], width: number): number[] {
  const first = Date.parse(dates[0] ?? '');
  const span = Date.parse(dates[dates.length - 1] ?? '') - first;
  if (!(span > 0)) return acts.map(() => 0);
  const ends: number[] = [];
  return acts.map((act) => {
    const x = ((Date.parse(act.date) - first) / span) * width;
    const free = ends.findIndex((end) => x - end >= badge_px);
    const row = free < 0 ? ends.length : free;
    ends[row] = x;
    return row;
  });
}

const statuses: Record<string, string> = { CP: 'contributing participant', SN: 'sponsoring nation' };

/** "membership as contributing participant, CCDCOE". */
export function act_words(act: Intervention): string {
  const action = words(act.action).replace(/^./, (letter) => letter.toLowerCase()) + (act.status ? ` as ${statuses[act.status] ?? act.status}` : '');
  return act.organisation && !action.includes(act.organisation) ? `${action}, ${act.organisation}` : action;
}

function tip(shown: [Curve, string][], time: number, unit: string): HTMLElement {
  return h('div', {}, h('b', {}, day_text(time)), h('table', { class: 'tip' }, shown.map(([curve, label]) => {
    const k = curve.dates.findIndex((day) => Date.parse(day) >= time);
    return k < 0 ? null : h('tr', {}, h('th', {}, label),
      h('td', {}, `${number(curve.mean[k])} (${number(curve.q05[k])} to ${number(curve.q95[k])})`));
  })), h('span', { class: 'quiet' }, `mean (5 % to 95 %)${unit ? `, in ${unit}` : ''}`));
}
