// The league in which every nation has its own treatment: those that never were members, and members.
import { segmented, toolbar } from '../controls';
import type { LeagueTable, LeagueTableRow } from '../contract/estimates';
import { fill, h, type Child } from '../dom';
import { count, is_number, unit_name } from '../format';
import { section, value_of, type Builder, type Page } from '../frame';
import { tone_of } from '../model';
import { domain_of, linear } from '../scale';
import { axis, directions, grid_of, whisker } from '../whisker';
import { p_value } from './discovery';

type Measure = 'year' | 'total' | 'ratio';

interface Row { row: LeagueTableRow; mean: number | null; lo: number | null; hi: number | null }

function measured(row: LeagueTableRow, measure: Measure): Row {
  if (measure === 'year') return { row, mean: row.per_year, lo: row.per_year_lo, hi: row.per_year_hi };
  if (measure === 'total') return { row, mean: row.mean, lo: row.lo, hi: row.hi };
  const change = (value: number | null): number | null => (is_number(value) ? 100 * Math.expm1(value) : null);
  return { row, mean: change(row.log_ratio), lo: change(row.log_ratio_lo), hi: change(row.log_ratio_hi) };
}

function table_of({ model }: Page, data: LeagueTable, rows: Row[], scale: ReturnType<typeof linear>, title: string): Child {
  const meta = model.response(data.response);
  if (!rows.length) return null;
  return h('div', { class: 'plot-table own-league' }, h('table', { vars: grid_of(scale) }, h('caption', {}, title),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'num rank' }, '#'), h('th', { scope: 'col', class: 'nation-name' }, 'Nation'),
      h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'), axis(scale, directions(meta.higher_is_worse))), h('th', { scope: 'col', class: 'num' }, 'Mean [95 %]'),
      h('th', { scope: 'col', class: 'num wide' }, 'Adjusted p'))),
    h('tbody', {}, rows.map(({ row, mean, lo, hi }, k) => {
      const holds = is_number(row.holm_p) && row.holm_p < 0.05;
      return h('tr', { 'data-nation': row.nation }, h('td', { class: 'num rank' }, k + 1),
        h('th', { scope: 'row', class: 'nation-name', title: model.treatment_label(row.treatment) }, model.nation_name(row.nation), holds && h('span', { class: 'badge firm' }, 'firm')),
        h('td', { class: 'plot-cell' }, whisker({ mean, lo, hi, tone: tone_of(lo, hi, meta.higher_is_worse) }, scale)),
        h('td', { class: 'num' }, is_number(mean) ? value_of({ mean, lo: lo as number, hi: hi as number }) : 'no result'), h('td', { class: 'num wide' }, p_value(row.holm_p)));
    }))));
}

export const own_league: Builder = (page) => {
  const { model } = page;
  const data = model.data.analysis.league.find((table) => table.kind === 'own');
  if (!data || !data.rows.length) return null;
  const meta = model.response(data.response);
  let measure: Measure = data.rows.some((row) => is_number(row.per_year)) ? 'year' : 'total';
  const box = h('div', { 'data-chart': 'own-league' });
  const draw = (): void => {
    const rows = data.rows.map((row) => measured(row, measure)).sort((a, b) => (meta.higher_is_worse ? 1 : -1) * ((a.mean ?? Infinity) - (b.mean ?? Infinity)));
    const scale = linear(...domain_of(rows.flatMap((row) => [row.mean, row.lo, row.hi])), 5);
    const unit = measure === 'ratio' ? '% of the reference' : `${unit_name(meta.unit) || 'difference'}${measure === 'year' ? ' per year' : ''}`;
    const member = (row: Row): boolean => model.nation(row.row.nation)?.member ?? false;
    fill(box, table_of(page, data, rows.filter((row) => !member(row)), scale, `Never members: what joining would change, in ${unit}`),
      table_of(page, data, rows.filter(member).reverse(), scale, `Members: what not being one would change, in ${unit}`));
  };
  draw();
  return section('own-league', 'Each nation’s own choice',
    [`${model.response_label(data.response)} of each nation under a treatment of its own. `, is_number(data.family) ? `“Firm” marks differences that hold when all ${count(data.family)} comparisons are judged together (Holm). ` : '',
      'Both lists share one scale; where the choice matters most stands on top.'],
    toolbar(segmented<Measure>('In', [{ value: 'year', label: 'per year' }, { value: 'total', label: 'total' }, { value: 'ratio', label: 'per cent' }], measure, (value) => { measure = value; draw(); })), box);
};
