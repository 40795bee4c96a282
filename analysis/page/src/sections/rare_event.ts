// A rare event: how probable each level is, on a logarithmic axis, for every treatment.
import { bottom_axis, left_axis, log_axis } from '../axes';
import type { RareEvent } from '../contract/estimates';
import { h, svg, type Child } from '../dom';
import { count, date, is_number, number, percent, sentence, unit_name, words } from '../format';
import { section, type Builder } from '../frame';
import { sketch } from '../sketch';

type Level = RareEvent['treatments'][number]['levels'][number];

/** "1 in 2400": how a small probability is said. */
export function one_in(probability: number | null): string {
  if (!is_number(probability) || probability <= 0) return '–';
  return probability > 0.1 ? percent(probability) : `1 in ${count(Number((1 / probability).toPrecision(2)))}`;
}

const said = (level: Level): string => level.never_seen ? `never seen: below ${one_in(level.hi)}` : `${one_in(level.probability)} (95 % interval ${one_in(level.lo)} to ${one_in(level.hi)})`;

export const rare_event: Builder = ({ model }) => {
  const data = model.data.analysis.rare_event;
  const treatments = data?.treatments.filter((row) => row.levels.some((level) => is_number(level.level) && is_number(level.hi))) ?? [];
  if (!data || !treatments.length) return null;
  const levels = [...new Set(treatments.flatMap((row) => row.levels.map((level) => level.level)))].filter(is_number).sort((a, b) => a - b);
  const shares = data.unit === 'share';
  const level_text = (value: number): string => (shares ? percent(value) : number(value));
  const colours = ['treatment', 'third', 'fourth', 'fifth'];
  const others = treatments.map((row) => row.treatment).filter((name) => name !== model.data.analysis.study.reference);
  const mark_of = (name: string): string => colours[others.indexOf(name) % colours.length] ?? 'reference';
  const draw = (width: number, height: number): Child[] => {
    const [left, right, top, bottom] = [56, width - 16, 34, height - 46];
    const all = treatments.flatMap((row) => row.levels);
    const ends = all.flatMap((level) => [level.never_seen ? level.hi : level.lo, level.hi, level.probability]).filter((value): value is number => is_number(value) && value > 0);
    if (!ends.length) return [];
    const y = log_axis(Math.min(...ends) * 0.7, Math.max(...ends) > 0.1 ? 1 : Math.max(...ends) * 1.4, bottom, top, 7);
    const band = (right - left) / levels.length;
    const centre = (level: number): number => left + (levels.indexOf(level) + 0.5) * band;
    const step = Math.min(22, (band * 0.7) / treatments.length);
    return [left_axis(y, left, right, { name: 'Probability within the window, logarithmic' }),
      bottom_axis({ at: (value) => value, from: left, to: right, ticks: levels.map((level) => ({ at: centre(level), text: level_text(level) })) }, top, bottom,
        { grid: false, name: `${words(data.level)}, at least${!shares && unit_name(data.unit) ? ` [${unit_name(data.unit)}]` : ''}` }),
      treatments.map((row, t) => row.levels.map((level) => {
        if (!is_number(level.level) || !is_number(level.hi) || level.hi <= 0) return null;
        const x = centre(level.level) + (t - (treatments.length - 1) / 2) * step;
        const kind = mark_of(row.treatment);
        const title = svg('title', {}, `${model.treatment_label(row.treatment)}, ${level_text(level.level)}: ${said(level)}`);
        if (level.never_seen || !is_number(level.probability) || level.probability <= 0) {
          return svg('path', { class: `bound ${kind}`, d: `M${x - 6},${y.at(level.hi)}h12M${x},${y.at(level.hi)}v${Math.min(34, bottom - y.at(level.hi))}m-4,-6l4,6l4,-6` }, title);
        }
        return [is_number(level.lo) && level.lo > 0 && svg('line', { class: `interval ${kind}`, x1: x, x2: x, y1: y.at(level.lo), y2: y.at(level.hi) }),
          svg('circle', { class: `point ${kind}`, cx: x, cy: y.at(level.probability), r: 4.5 }, title)];
      }))];
  };
  const plot = sketch({ name: 'rare-event', label: () => `Probability of ${levels.length} levels of ${words(data.level).toLowerCase()} for ${treatments.length} treatments, on a logarithmic axis.`, height: () => 380, draw,
    table: () => ({ caption: `${words(data.level)}: probability of reaching each level`, head: ['Treatment', ...levels.map(level_text)],
      rows: treatments.map((row) => [model.treatment_label(row.treatment), ...levels.map((value) => { const level = row.levels.find((each) => each.level === value); return level ? said(level) : '–'; })]) }) });
  plot.update();
  const advice = treatments.filter((row) => row.advice).map((row) => `${model.treatment_label(row.treatment)}: ${row.advice}`);
  const gains = treatments.filter((row) => is_number(row.gain)).map((row) => `${model.treatment_label(row.treatment)} ${number(row.gain)}`);
  return section('rare-event', 'The rare event', [data.definition ? sentence(data.definition) + ' ' : '', data.window[0] ? `Within ${date(data.window[0])} to ${date(data.window[1])}. ` : '',
    'Dots with 95 % intervals; an arrow down marks an upper bound where the event was never seen.'],
    h('p', { class: 'key' }, treatments.map((row) => h('span', { class: 'key-item' }, h('span', { class: `mark circle ${mark_of(row.treatment)}` }), model.treatment_label(row.treatment)))),
    plot.element, gains.length > 0 && h('p', { class: 'quiet' }, `Found by splitting histories; plain sampling would need this many times the events: ${gains.join('; ')}.`),
    advice.length > 0 && h('ul', { class: 'notes' }, advice.map((text) => h('li', {}, sentence(text)))));
};
