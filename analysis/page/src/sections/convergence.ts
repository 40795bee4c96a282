// How the estimate settled as futures were added, and the looks of a stopping rule.
import { bottom_axis, band_of, left_axis, linear_axis, log_axis, path_of } from '../axes';
import { select, toolbar } from '../controls';
import type { Convergence, Stopping } from '../contract/estimates';
import { h, svg, type Child } from '../dom';
import { count, is_number, number, percent, quantity, sentence, unit_name, words } from '../format';
import { section, type Builder, type Page } from '../frame';
import { domain_of } from '../scale';
import { sketch } from '../sketch';
import { Linked } from '../store';

interface Run { counts: number[]; mean: (number | null)[]; lo: (number | null)[]; hi: (number | null)[]; wanted: (number | null)[] }

const right = 16;

/** Estimate and interval against count, with the wanted half-width around the last estimate. */
function running(run: Run, name: string, counted_as: string, width: number, height: number): Child[] {
  const [left, top, bottom] = [54, 34, height - 46];
  const values = [...run.mean, ...run.lo, ...run.hi].filter(is_number);
  const settled = run.counts.map((_, k) => k).filter((k) => k >= Math.min(3, run.counts.length - 1));
  const usual = settled.flatMap((k) => [run.mean[k], run.lo[k], run.hi[k]]).filter(is_number);
  const last = [...run.mean].reverse().find(is_number) ?? 0;
  const wanted = [...run.wanted].reverse().find(is_number);
  const [lo, hi] = domain_of([...(usual.length ? usual : values), ...(is_number(wanted) ? [last - wanted, last + wanted] : [])], 0.06);
  const x = log_axis(run.counts[0]!, Math.max(run.counts[0]! * 1.01, run.counts[run.counts.length - 1]!), left, width - right - 4, width < 500 ? 4 : 8);
  const y = linear_axis(lo, hi, bottom, top, 5);
  const held = (value: number | null | undefined): number | null => (is_number(value) ? Math.max(top, Math.min(bottom, y.at(value))) : null);
  const places = run.counts.map(x.at);
  return [
    left_axis(y, left, width - right, { name }), bottom_axis(x, top, bottom, { grid: false, name: counted_as, end: width }),
    lo < 0 && hi > 0 && svg('line', { class: 'zero', x1: left, x2: width - right, y1: y.at(0), y2: y.at(0) }),
    is_number(wanted) && [last - wanted, last + wanted].map((value) => svg('line', { class: 'wanted', x1: left, x2: width - right, y1: y.at(value), y2: y.at(value) })),
    svg('path', { class: 'band treatment', d: band_of(places, run.lo.map(held), run.hi.map(held)) }),
    svg('path', { class: 'line treatment', d: path_of(places.map((place, k) => { const at = held(run.mean[k]); return at === null ? null : [place, at]; })) }),
    places.map((place, k) => { const at = held(run.mean[k]);
      return at !== null && svg('circle', { class: 'point treatment', cx: place, cy: at, r: 3.5 }, svg('title', {}, `${count(run.counts[k])}: ${number(run.mean[k])} [${number(run.lo[k])}, ${number(run.hi[k])}]`)); })];
}

function run_of(row: Convergence): Run {
  const kept = row.counts.map((_, k) => k).filter((k) => is_number(row.counts[k]) && row.counts[k]! > 0);
  const at = (list: (number | null)[]): (number | null)[] => kept.map((k) => list[k] ?? null);
  return { counts: kept.map((k) => row.counts[k]!), mean: at(row.mean), lo: at(row.lo), hi: at(row.hi), wanted: [] };
}

export const convergence: Builder = ({ model, store }) => {
  const { headline } = model.data;
  const source = model.data.analysis.convergence.filter((row) => row.response === headline.response && row.counts.length > 1 && row.mean.some(is_number));
  const treatments = model.treatments_in(source);
  if (!treatments.length) return null;
  const treatment = new Linked(store, 'treatment', treatments);
  const treatment_select = select<string>('Treatment', (value) => treatment.choose(value));
  const row = (): Convergence => source.find((each) => each.treatment === treatment.follow(treatments)) ?? source[0]!;
  const unit = unit_name(model.response(headline.response).unit);
  const plot = sketch({ name: 'convergence', height: (width) => (width < 500 ? 300 : 340),
    label: () => `Estimate of ${model.treatment_label(row().treatment)} over the first futures, ${row().counts.length} points, with 95 % intervals.`,
    draw: (width, height) => running(run_of(row()), `Difference${unit ? ` [${unit}]` : ''}`, 'Futures, logarithmic', width, height),
    table: () => ({ caption: 'Running estimate', head: ['Futures', 'Mean', 'From', 'To'], rows: row().counts.map((n, k) => [count(n), number(row().mean[k]), number(row().lo[k]), number(row().hi[k])]) }) });
  const result = section('convergence', 'Has it settled', `The difference in ${model.response_label(headline.response).toLowerCase()} of ${model.nation_name(headline.nation || null)} when only the first futures are used. ` +
    'A line that still drifts out of earlier bands asks for more futures.', toolbar(treatment_select.element), plot.element);
  const update = (): void => {
    treatment_select.show(treatments.map((value) => ({ value, label: model.treatment_label(value) })), treatment.follow(treatments));
    plot.update();
  };
  store.on_change(update);
  update();
  return result;
};

function looks_of(data: Stopping, target: string, treatment: string): Stopping['looks'] {
  return data.looks.filter((look) => look.target === target && look.treatment === treatment && is_number(look.count)).sort((a, b) => a.count! - b.count!);
}

const states: Record<string, string> = { reached: 'precise enough', exhausted: 'runs used up before it was precise enough', open: 'goes on' };

/** The looks of one comparison in small. */
function look_plot({ model }: Page, data: Stopping, target: string, treatment: string): HTMLElement {
  const looks = looks_of(data, target, treatment);
  const run: Run = { counts: looks.map((look) => look.count!), mean: looks.map((look) => look.estimate), lo: looks.map((look) => look.lo), hi: looks.map((look) => look.hi), wanted: looks.map((look) => look.wanted_half_width) };
  const last = looks[looks.length - 1]!;
  const label = treatment ? model.treatment_label(treatment) : target;
  const plot = sketch({ name: 'stopping', height: () => 230, label: () => `${label}: estimate and interval at ${looks.length} looks; ${states[last.state] ?? last.state}.`,
    draw: (width, height) => running(run, target ? words(target) : 'Estimate', words(data.unit || 'count'), width, height),
    table: () => ({ caption: `Looks at ${label}`, head: ['At', 'Estimate', 'From', 'To', 'Wanted half-width', 'Needed', 'Doubt'],
      rows: looks.map((look) => [count(look.count), number(look.estimate), number(look.lo), number(look.hi), number(look.wanted_half_width), count(look.count_needed), look.doubt || '–']) }) });
  plot.update();
  return h('div', { class: 'look' }, h('h3', {}, label), h('p', { class: 'key' }, sentence(`${states[last.state] ?? last.state} at ${count(last.count)} ${data.unit}`)), plot.element);
}

export const stopping: Builder = (page) => {
  const data = page.model.data.analysis.stopping;
  const pairs = [...new Set((data?.looks ?? []).filter((look) => is_number(look.count)).map((look) => JSON.stringify([look.target, look.treatment])))].map((text) => JSON.parse(text) as [string, string]);
  if (!data || !pairs.length) return null;
  const taken = data.taken.filter((row) => is_number(row.count)).map((row) => `${page.model.treatment_label(row.treatment)} ${quantity(row.count, '')}`);
  return section('stopping', 'When it stopped', [`Runs were added until the interval was as narrow as wanted. It is checked at fixed counts, and the intervals allow for looking more than once`,
    is_number(data.confidence) ? ` (${percent(data.confidence)} over all looks together). ` : '. ', 'Dashed: the wanted half-width on either side of the last estimate. ', data.settled ? 'All comparisons were settled.' : 'Not all comparisons were settled.'],
    h('div', { class: 'small-multiples' }, pairs.slice(0, 12).map(([target, treatment]) => look_plot(page, data, target, treatment))),
    pairs.length > 12 && h('p', { class: 'quiet' }, `${count(pairs.length - 12)} more comparisons are in the JSON of the analysis.`),
    taken.length > 0 && h('p', { class: 'quiet' }, `Taken, in ${data.unit}: ${taken.join('; ')}.`));
};
