// The league table: nations with their intervals, to be sorted and filtered.
import { search, segmented, toolbar } from '../controls';
import { fill, h } from '../dom';
import { change, is_number, number } from '../format';
import { value_of } from '../frame';
import { tone_of } from '../model';
import { p_value } from './discovery';
import { domain_of, linear, size_quantile, type Scale } from '../scale';
import { axis, directions, grid_of, whisker } from '../whisker';

export interface LeagueRow {
  iso3: string;
  name: string;
  member: boolean;   // in the record
  treated: boolean;  // the treatments act on it
  mean: number | null;
  lo: number | null;
  hi: number | null;
  relative: number | null;
  per_year?: number | null;
  holm_p?: number | null;
}

export interface LeagueView { caption: string; higher_is_worse: boolean; highlight: string | null }

export interface League {
  element: HTMLElement;
  show(rows: LeagueRow[], view: LeagueView): void;
}

type Column = 'name' | 'mean' | 'relative' | 'width' | 'per_year' | 'holm_p';
type Who = 'all' | 'members' | 'others';

/** Rows in the order of a column; what has no number comes last either way. */
export function sorted_rows(rows: LeagueRow[], column: Column, descending: boolean): LeagueRow[] {
  const sign = descending ? -1 : 1;
  const value = (row: LeagueRow): number | null =>
    column === 'width' ? (is_number(row.lo) && is_number(row.hi) ? row.hi - row.lo : null) : column === 'name' ? null : row[column] ?? null;
  return [...rows].sort((a, b) => {
    const names = a.name.localeCompare(b.name, 'en');
    if (column === 'name') return sign * names;
    const x = value(a);
    const y = value(b);
    if (!is_number(x) || !is_number(y)) return is_number(x) ? -1 : is_number(y) ? 1 : names;
    return sign * (x - y) || names;
  });
}

/** A scale on which one outlier does not flatten all others; what lies beyond is drawn as an arrow. */
function league_domain(rows: LeagueRow[]): [number, number] {
  const [lo, hi] = domain_of(rows.flatMap((row) => [row.lo, row.hi, row.mean]));
  const usual = 1.6 * size_quantile(rows.flatMap((row) => [row.lo, row.hi]), 0.94);
  return usual > 0 ? [Math.max(lo, -usual), Math.min(hi, usual)] : [lo, hi];
}

/** The mark behind a name: a treated nation has none for its membership, which the treatments change. */
function badge(row: LeagueRow): HTMLElement | null {
  if (row.treated) return h('span', { class: 'badge', title: 'treated' }, 'T');
  return row.member ? h('span', { class: 'badge', title: 'recorded member' }, 'M') : null;
}

/** What the marks mean. */
function badge_key(): HTMLElement {
  const item = (letter: string, text: string): HTMLElement => h('span', { class: 'key-item' }, h('span', { class: 'badge' }, letter), text);
  return h('p', { class: 'key' }, item('T', 'treated: kept on top, with its rank; its membership is what the treatments change'),
    item('M', 'recorded member at the end of the study'));
}

/** An empty league table; `pick` is called with the nation that a reader chooses. */
export function league_table(pick: (iso3: string) => void): League {
  let rows: LeagueRow[] = [];
  let view: LeagueView = { caption: '', higher_is_worse: true, highlight: null };
  let column: Column = 'mean';
  let descending = false;
  let who: Who = 'all';
  let wanted = '';
  const box = h('div', { class: 'plot-table league scroll', tabindex: '0', role: 'region', 'aria-label': 'League table of nations', 'data-chart': 'league' });
  const tally = h('span', { class: 'quiet', role: 'status' });

  const head = (name: Column, label: string, extra = ''): HTMLElement => {
    const active = column === name;
    return h('th', { scope: 'col', class: extra, 'aria-sort': active ? (descending ? 'descending' : 'ascending') : 'none' },
      h('button', { type: 'button', class: 'sort', on: { click: () => {
        descending = active ? !descending : false;
        column = name;
        draw();
        box.querySelector<HTMLElement>(`[data-sort="${name}"]`)?.focus();
      } }, 'data-sort': name }, label, h('span', { class: 'arrow', 'aria-hidden': 'true' }, active ? (descending ? '▼' : '▲') : '')));
  };
  const line = (row: LeagueRow, rank: number, scale: Scale): HTMLElement =>
    h('tr', { 'data-nation': row.iso3, class: row.iso3 === view.highlight ? 'chosen' : null },
      h('td', { class: 'num rank' }, rank),
      h('th', { scope: 'row', class: 'nation-name' }, h('button', { type: 'button', class: 'pick', 'aria-pressed': String(row.iso3 === view.highlight),
        on: { click: () => pick(row.iso3) } }, row.name, badge(row))),
      h('td', { class: 'plot-cell' }, whisker({ ...row, tone: tone_of(row.lo, row.hi, view.higher_is_worse) }, scale)),
      h('td', { class: 'num' }, is_number(row.mean) ? value_of({ mean: row.mean, lo: row.lo ?? NaN, hi: row.hi ?? NaN }) : 'no result'),
      !has('holm_p') && h('td', { class: 'num wide' }, is_number(row.lo) && is_number(row.hi) ? number(row.hi - row.lo) : '–'),
      h('td', { class: 'num wide' }, change(row.relative)), has('per_year') && h('td', { class: 'num wide' }, number(row.per_year)),
      has('holm_p') && h('td', { class: `num wide${is_number(row.holm_p) && row.holm_p >= 0.05 ? ' weak' : ''}` }, p_value(row.holm_p)));
  const has = (key: 'per_year' | 'holm_p'): boolean => rows.some((row) => is_number(row[key]));
  function draw(): void {
    const scale = linear(...league_domain(rows), 5);
    const kept = sorted_rows(rows, column, descending).filter((row) =>
      (who === 'all' || row.treated || row.member === (who === 'members')) &&
      (!wanted || row.name.toLowerCase().includes(wanted) || row.iso3.toLowerCase() === wanted));
    const top = box.scrollTop;
    const rank = new Map(kept.map((row, k) => [row.iso3, k + 1]));
    const pinned = kept.filter((row) => row.treated);
    fill(tally, `${kept.length} of ${rows.length} nations`);
    fill(box, h('table', { vars: grid_of(scale) },
      h('caption', {}, view.caption),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'num rank' }, '#'), head('name', 'Nation', 'nation-name'),
        h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'), axis(scale, directions(view.higher_is_worse))),
        head('mean', 'Mean [95 %]', 'num'), !has('holm_p') && head('width', 'Width', 'num wide'), head('relative', 'Relative', 'num wide'),
        has('per_year') && head('per_year', 'Per year', 'num wide'), has('holm_p') && head('holm_p', 'Adjusted p', 'num wide'))),
      pinned.length > 0 && h('tbody', { class: 'pinned' }, pinned.map((row) => line(row, rank.get(row.iso3)!, scale))),
      h('tbody', {}, kept.filter((row) => !row.treated).map((row) => line(row, rank.get(row.iso3)!, scale)))));
    box.scrollTop = top;
  }
  const element = h('div', { class: 'league-block' },
    toolbar(search('Find a nation', (text) => { wanted = text; draw(); }),
      segmented<Who>('Show', [{ value: 'all', label: 'all' }, { value: 'members', label: 'recorded members' }, { value: 'others', label: 'others' }], who,
        (value) => { who = value; draw(); }), tally), box, badge_key());
  return {
    element,
    show(next, next_view) {
      const moved = next_view.highlight !== view.highlight;
      rows = next;
      view = next_view;
      draw();
      const chosen = moved && view.highlight ? box.querySelector<HTMLElement>(`[data-nation="${view.highlight}"]`) : null;
      if (chosen) box.scrollTop = Math.max(0, chosen.offsetTop - box.clientHeight / 2);
    },
  };
}
