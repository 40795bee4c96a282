// What the answer hangs on: shares of its variance for each factor, the effect of an equal change, pairs of factors.
import { segmented, toolbar } from '../controls';
import type { Sensitivity, SensitivityFactor } from '../contract/policy';
import { fill, h, type Child } from '../dom';
import { count, is_number, number, percent, sentence, signed, typeset, unit_name, words } from '../format';
import { section, value_of, type Builder, type Page } from '../frame';
import { tone_of } from '../model';
import { domain_of, linear, type Scale } from '../scale';
import { axis, directions, grid_of, whisker } from '../whisker';
import { morris_plot } from './morris';

type Order = 'ignorance' | 'leverage';
type Measured = 'sobol' | 'morris' | 'delta' | 'shapley';

/** A number of a factor with its interval, and what it is called. */
interface Bar { name: string; kind: 'first' | 'total'; value: number | null; lo: number | null; hi: number | null }

const most_shown = 16;

const explained: Record<Measured, string> = {
  sobol: 'Upper bar: the share of the variance that a factor explains alone (first-order index). Lower bar: with all that it does together with others (total index). ',
  morris: 'Bars: the mean size of the effect of one step (μ*), in the response’s unit. ',
  delta: 'Bars: how much knowing a factor changes the distribution of the difference (delta, 0 to 1). The dashed line is what the largest index of factors without any effect reaches in 19 of 20 cases; grey bars end before it. ',
  shapley: 'Bars: Shapley shares of the variance, which hold for factors that move together. ',
};

/** The best measure that the factors have; null where they have none. */
export function measured(factors: SensitivityFactor[]): Measured | null {
  return (['sobol', 'morris', 'delta', 'shapley'] as const).find((kind) => factors.some((factor) => factor[kind])) ?? null;
}

function bars_of(factor: SensitivityFactor, kind: Measured): Bar[] {
  const { sobol, morris, delta, shapley } = factor;
  if (kind === 'sobol') {
    return sobol ? [{ name: 'first', kind: 'first', value: sobol.first, lo: sobol.first_lo, hi: sobol.first_hi },
      { name: 'total', kind: 'total', value: sobol.total, lo: sobol.total_lo, hi: sobol.total_hi }] : [];
  }
  if (kind === 'morris') return morris ? [{ name: 'μ*', kind: 'total', value: morris.mu_star, lo: morris.mu_star_lo, hi: morris.mu_star_hi }] : [];
  const index = kind === 'delta' ? delta : shapley;
  return index ? [{ name: kind, kind: 'total', value: index.value, lo: index.lo, hi: index.hi }] : [];
}

function bar_drawing(bars: Bar[], scale: Scale, chance: number | null): HTMLElement {
  const span = (from: number, to: number): Record<string, string> => ({ left: `${scale.at(Math.min(from, to)).toFixed(3)}%`,
    width: `${Math.abs(scale.at(to) - scale.at(from)).toFixed(3)}%` });
  return h('span', { class: `plot bars bars-${bars.length}`, 'aria-hidden': 'true' },
    bars.map((bar) => h('span', { class: `bar-row ${bar.kind}${is_number(chance) && is_number(bar.value) && bar.value < chance ? ' weak' : ''}` }, is_number(bar.value) && h('i', { class: 'fill', vars: span(0, Math.max(0, bar.value)) }),
      is_number(bar.lo) && is_number(bar.hi) && h('i', { class: 'error', vars: span(bar.lo, bar.hi) }))),
    is_number(chance) && h('i', { class: 'chance', vars: { left: `${scale.at(chance).toFixed(3)}%` } }));
}

function bar_numbers(bars: Bar[]): Child {
  return bars.map((bar) => h('span', { class: `value bar-value ${bar.kind}` }, h('b', {}, number(bar.value)), ' ',
    h('span', { class: 'ends' }, is_number(bar.lo) ? `[${number(bar.lo)}, ${number(bar.hi)}]` : '')));
}

/** Factors in the order asked for; those that it does not name come last. */
export function ordered(data: Sensitivity, order: Order): SensitivityFactor[] {
  const names = order === 'ignorance' ? data.by_ignorance : data.by_leverage;
  const rank = (factor: SensitivityFactor): number => { const at = names.indexOf(factor.name); return at < 0 ? names.length : at; };
  return [...data.factors].sort((a, b) => rank(a) - rank(b));
}

function factor_head({ model }: Page, name: string): HTMLElement {
  const meaning = model.data.factors.find((factor) => factor.name === name)?.meaning;
  return h('th', { scope: 'row', class: 'factor' }, h('span', { class: 'factor-name' }, words(name.replace(/^M\d+\./, '').replace(/\./g, ' '))),
    meaning && h('span', { class: 'factor-meaning' }, sentence(meaning)));
}

function pairs_table(data: Sensitivity): HTMLElement | null {
  const rows = data.second_order.filter((row) => row.factors.length === 2 && is_number(row.value));
  if (!rows.length) return null;
  const shown = [...rows].sort((a, b) => b.value! - a.value!).slice(0, 10);
  const scale = linear(...domain_of(shown.flatMap((row) => [row.value, row.lo, row.hi]), 0.02), 3);
  return h('div', { class: 'plot-table', 'data-chart': 'pairs' }, h('table', { vars: grid_of(scale) },
    h('caption', {}, 'Pairs of factors: share of the variance that neither explains alone'),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'factor' }, 'Pair'), h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'sr' }, 'Plot'), axis(scale, null)),
      h('th', { scope: 'col', class: 'num' }, 'Share [95 %]'))),
    h('tbody', {}, shown.map((row) => h('tr', {}, h('th', { scope: 'row', class: 'factor' }, row.factors.map((name) => words(name)).join(' × ')),
      h('td', { class: 'plot-cell' }, whisker({ mean: row.value, lo: row.lo, hi: row.hi, tone: 'unclear' }, scale)),
      h('td', { class: 'num' }, value_of({ mean: row.value!, lo: row.lo as number, hi: row.hi as number })))))));
}

/** How much of the data the indices rest on. */
function basis(data: Sensitivity): string[] {
  const noise = data.noise_share;
  return [
    [data.design, is_number(data.used) ? `${count(data.used)} of ${count(data.futures)} futures used` : '',
      data.left_out ? `${count(data.left_out)} left out${data.left_out_reason ? ` (${data.left_out_reason})` : ''}` : ''].filter(Boolean).join('; '),
    noise && is_number(noise.value) ? `Chance within a future makes ${percent(noise.value)} of the variance${is_number(noise.lo) ? ` (95 % interval ${percent(noise.lo)} to ${percent(noise.hi)})` : ''}; no factor can explain that part.` : '',
    ...data.notes].filter(Boolean).map(sentence);
}

export const sensitivity: Builder = (page) => {
  const { model } = page;
  const data = model.data.analysis.sensitivity;
  const kind = data && measured(data.factors);
  if (!data || !kind) return null;
  const meta = model.response(data.response);
  const leverage = data.factors.some((factor) => is_number(factor.ten_percent?.effect));
  let order: Order = data.by_ignorance.length || !data.by_leverage.length ? 'ignorance' : 'leverage';
  const box = h('div', { class: 'plot-table sensitivity', 'data-chart': 'sensitivity' });
  const draw = (): void => {
    const shown = ordered(data, order).slice(0, most_shown);
    const bars = shown.map((factor) => bars_of(factor, kind));
    const chance = kind === 'delta' ? shown.map((factor) => factor.delta?.chance_of_largest ?? factor.delta?.chance).find(is_number) ?? null : null;
    const reach = Math.max(0.02, ...bars.flat().flatMap((bar) => [bar.value, bar.hi]).filter(is_number), chance ?? 0);
    const least = Math.min(0, ...bars.flat().map((bar) => bar.lo).filter(is_number));
    const scale = linear(Math.max(least, -0.12 * reach), reach * 1.03, 4);
    const tens = shown.map((factor) => factor.ten_percent);
    const effect_scale = linear(...domain_of(tens.flatMap((ten) => [ten?.effect, ten?.lo, ten?.hi]), 0.2), 3);
    const unit = unit_name(meta.unit);
    fill(box, h('table', {},
      h('caption', {}, `Difference in ${model.response_label(data.response).toLowerCase()} of ${model.nation_name(data.nation)}, ` +
        `${model.treatment_label(data.treatment)} against ${model.treatment_label(data.reference)}`),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'factor' }, 'Factor'),
        h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'column-name' }, kind === 'morris' ? `Effect of a step${unit ? ` [${unit}]` : ''}` : 'Not knowing it'), axis(scale, null)),
        h('th', { scope: 'col', class: 'num wide' }, kind === 'sobol' ? 'First, total [95 %]' : 'Index [95 %]'),
        leverage && h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'column-name' }, `Changing it by 10 %${unit ? ` [${unit}]` : ''}`),
          axis(effect_scale, directions(meta.higher_is_worse))),
        leverage && h('th', { scope: 'col', class: 'num wide' }, 'Effect'))),
      h('tbody', {}, shown.map((factor, k) => {
        const ten = tens[k];
        return h('tr', { 'data-factor': factor.name }, factor_head(page, factor.name),
          h('td', { class: 'plot-cell', vars: grid_of(scale) }, bar_drawing(bars[k]!, scale, chance)),
          h('td', { class: 'num wide' }, bars[k]!.length ? bar_numbers(bars[k]!) : 'no index'),
          leverage && h('td', { class: 'plot-cell', vars: grid_of(effect_scale) }, whisker(ten ? { mean: ten.effect, lo: ten.lo, hi: ten.hi,
            tone: tone_of(ten.lo, ten.hi, meta.higher_is_worse) } : null, effect_scale)),
          leverage && h('td', { class: 'num wide' }, ten ? signed(ten.effect) : '–'));
      }))));
  };
  draw();
  const hidden = data.factors.length - Math.min(most_shown, data.factors.length);
  return section('sensitivity', 'What the answer hangs on',
    [explained[kind], leverage ? 'Right: what an equal change of each factor, by 10 %, does to the difference. The two orders differ: a factor may matter much and be well known.' : ''],
    data.by_ignorance.length > 0 && data.by_leverage.length > 0 && toolbar(segmented<Order>('Order', [{ value: 'ignorance', label: 'what we do not know' }, { value: 'leverage', label: 'what a change does' }], order,
      (value) => { order = value; draw(); })),
    box, hidden > 0 && h('p', { class: 'quiet small' }, `${count(hidden)} more factors, lower in this order, are not shown.`),
    kind === 'morris' && morris_plot(page, data), pairs_table(data),
    basis(data).length > 0 && h('ul', { class: 'notes' }, basis(data).map((text) => h('li', {}, typeset(text)))));
};
