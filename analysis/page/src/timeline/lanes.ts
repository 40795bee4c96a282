// One history per panel on a shared axis of time: incidents at their severity, attributions and effects below them.
import { bottom_axis, path_of, time_axis, apart, linear_axis, left_axis } from '../axes';
import type { HistoryEvent } from '../contract/histories';
import type { Intervention } from '../data';
import { svg, type Child } from '../dom';
import { date, is_number, number, words } from '../format';
import { identity } from './events';
import { draw_flags, flags, flags_height } from './flags';

export interface Lane { label: string; role: 'treatment' | 'reference'; events: HistoryEvent[]; acts: Intervention[] }

export interface LanesView { lanes: Lane[]; from: number; to: number; cursor: number; window_from: number }

const left = 34;
const right = 14;
const severity_px = 24;
const extra_px = 22;
const count_px = 120;

interface Levels { most: number; whole: boolean; extras: string[] }

function levels_of(view: LanesView): Levels {
  const severities = view.lanes.flatMap((lane) => lane.events.map((event) => event.severity)).filter(is_number);
  const events = view.lanes.flatMap((lane) => lane.events);
  return { most: Math.min(12, Math.max(3, Math.ceil(Math.max(0, ...severities)))), whole: severities.every((severity) => Number.isInteger(severity)),
    extras: ['attribution', 'effect'].filter((kind) => events.some((event) => event.kind === kind)) };
}

function panel_height(levels: Levels): number {
  return levels.most * severity_px + levels.extras.length * extra_px + 8;
}

function placed(view: LanesView, lane: Lane, width: number): ReturnType<typeof flags> {
  return flags(lane.acts, time_axis(view.from, view.to, left, width - right).at, left, width - right);
}

export function lanes_height(view: LanesView, width: number): number {
  const levels = levels_of(view);
  return view.lanes.reduce((sum, lane) => sum + 30 + flags_height(placed(view, lane, width)) + panel_height(levels) + 14, 0) + count_px + 36;
}

/** A number in [-0.5, 0.5) that an event keeps, so that dots of one day do not hide each other. */
function jitter(event: HistoryEvent): number {
  const text = identity({ ...event, attribution: '' });
  let code = 7;
  for (let k = 0; k < text.length; ++k) code = (code * 31 + text.charCodeAt(k)) >>> 0;
  return (code % 97) / 97 - 0.5;
}

/** What one event is, in words. */
export function event_words(event: HistoryEvent): string {
  const how = [event.vector && words(event.vector).toLowerCase(), event.sector && `against ${words(event.sector).toLowerCase()}`].filter(Boolean).join(' ');
  return `${date(event.date)}: ${event.kind}${is_number(event.severity) ? `, severity ${number(event.severity)}` : ''}` +
    `${event.actor ? `, ${event.actor}` : ''}${how ? `, ${how}` : ''}${event.attribution ? `; attributed to ${event.attribution}` : ''}`;
}

function mark(event: HistoryEvent, x: number, y: number, classes: string): SVGElement {
  const title = svg('title', {}, event_words(event));
  if (event.kind === 'attribution') return svg('path', { class: `event attribution ${classes}`, d: `M${x},${y - 6}l6,6l-6,6l-6,-6Z` }, title);
  if (event.kind === 'effect') return svg('path', { class: `event effect ${classes}`, d: `M${x - 6},${y - 5}h12l-6,10Z` }, title);
  return svg('circle', { class: `event incident ${classes}`, cx: x, cy: y, r: 2.2 + 0.75 * Math.min(6, event.severity ?? 1) }, title);
}

function lane_drawing(view: LanesView, lane: Lane, others: Set<string>, levels: Levels, top: number, width: number): { drawn: Child[]; bottom: number } {
  const axis = time_axis(view.from, view.to, left, width - right);
  const masts = placed(view, lane, width);
  const plot_top = top + 30 + flags_height(masts);
  const bottom = plot_top + panel_height(levels);
  const severity_y = (severity: number): number => plot_top + (levels.most - severity + 0.5) * severity_px;
  const extra_y = (kind: string): number => plot_top + levels.most * severity_px + (levels.extras.indexOf(kind) + 0.5) * extra_px + 6;
  const place = (event: HistoryEvent): number => event.kind === 'incident' ?
    severity_y(Math.max(0.5, Math.min(levels.most, event.severity ?? 0.5))) + (levels.whole ? jitter(event) * severity_px * 0.62 : 0) : extra_y(event.kind);
  const state = (event: HistoryEvent): string => {
    const time = Date.parse(event.date);
    const age = time >= view.cursor ? 'future' : time >= view.window_from ? 'now' : 'past';
    return `${age} ${others.size && !others.has(identity(event)) ? 'alone' : 'shared'}`;
  };
  const severities = Array.from({ length: levels.most }, (_, k) => k + 1);
  return { bottom, drawn: [
    svg('text', { class: `lane-name ${lane.role}`, x: 0, y: top + 15 }, lane.label),
    severities.map((severity) => [svg('line', { class: 'grid', x1: left, x2: width - right, y1: severity_y(severity), y2: severity_y(severity) }),
      svg('text', { class: 'tick', x: left - 9, y: severity_y(severity) + 4, 'text-anchor': 'end' }, String(severity))]),
    levels.extras.map((kind) => [svg('line', { class: 'grid', x1: left, x2: width - right, y1: extra_y(kind), y2: extra_y(kind) }),
      mark({ ...empty_event, kind }, left - 14, extra_y(kind), 'sample')]),
    draw_flags(masts, plot_top, bottom),
    svg('g', { class: `events ${lane.role}` }, lane.events.map((event) => mark(event, axis.at(Date.parse(event.date)), place(event), state(event))))] };
}

const empty_event: HistoryEvent = { date: '', kind: '', actor: '', objective: '', severity: null, vector: '', sector: '', cause: '', dwell: null,
  recorded: null, incident: '', attribution: '' };

/** Incidents so far, one step line for each history. */
function counting(view: LanesView, top: number, width: number): Child[] {
  const bottom = top + count_px - 26;
  const incidents = view.lanes.map((lane) => lane.events.filter((event) => event.kind === 'incident').map((event) => Date.parse(event.date)));
  const most = Math.max(1, ...incidents.map((list) => list.length));
  const axis = time_axis(view.from, view.to, left, width - right);
  const y = linear_axis(0, most, bottom, top + 6, 3, (value) => (Number.isInteger(value) ? number(value) : ''));
  const end = Math.min(view.cursor, view.to);
  const so_far = incidents.map((list) => list.filter((time) => time < view.cursor).length);
  const ends = apart(so_far.map((value) => y.at(value)), 14, top, bottom);
  const full = axis.at(end) > width - 60;
  return [
    left_axis(y, left, width - right), bottom_axis(axis, top, bottom, { grid: false, end: width }),
    svg('text', { class: 'axis-name', x: 0, y: top - 8 }, 'Incidents so far'),
    incidents.map((list, k) => {
      const points: [number, number][] = [[left, bottom]];
      list.filter((time) => time < view.cursor).forEach((time, n) => points.push([axis.at(time), y.at(n)], [axis.at(time), y.at(n + 1)]));
      points.push([axis.at(end), y.at(so_far[k]!)]);
      const { role } = view.lanes[k]!;
      return [svg('path', { class: `line ${role}`, d: path_of(points) }),
        svg('text', { class: `direct ${role}`, x: axis.at(end) + (full ? -6 : 6), y: ends[k]! + (full ? -4 : 4), 'text-anchor': full ? 'end' : 'start' }, String(so_far[k]))];
    })];
}

/** All panels, the counting one last, with the cursor through them. */
export function draw_lanes(view: LanesView, width: number): Child[] {
  const levels = levels_of(view);
  const identities = view.lanes.map((lane) => new Set(lane.events.map(identity)));
  const axis = time_axis(view.from, view.to, left, width - right);
  const drawn: Child[] = [];
  let top = 0;
  view.lanes.forEach((lane, k) => {
    const one = lane_drawing(view, lane, identities[1 - k] ?? new Set(), levels, top, width);
    drawn.push(one.drawn);
    top = one.bottom + 14;
  });
  const x = axis.at(Math.min(view.cursor, view.to));
  const x0 = axis.at(Math.max(view.from, Math.min(view.window_from, view.to)));
  return [svg('rect', { class: 'view-window', x: x0, y: 22, width: Math.max(0, x - x0), height: top + count_px - 10 }), drawn,
    counting(view, top + 28, width), svg('line', { class: 'cursor', x1: x, x2: x, y1: 22, y2: top + 28 + count_px - 26 })];
}

/** The time that lies under `x` of a drawing `width` wide [ms]. */
export function time_at(view: { from: number; to: number }, x: number, width: number): number {
  return view.from + ((x - left) / (width - right - left)) * (view.to - view.from);
}
