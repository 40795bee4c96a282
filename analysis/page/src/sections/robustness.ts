// Which option to choose: by criterion, by regret, by how often it is good enough, and against its cost.
import type { RobustTreatment, Robustness } from '../contract/policy';
import { h, type Child } from '../dom';
import { is_number, listed, number, percent, quantity, typeset, unit_name, words } from '../format';
import { lever_dots, lever_heads, missing, section, value_of, type Builder, type Page } from '../frame';
import { linear } from '../scale';
import { axis, bar, grid_of, whisker } from '../whisker';
import { pareto_plot } from './pareto';

function choices(page: Page, data: Robustness): HTMLElement | null {
  if (!data.choices.length) return null;
  const { model } = page;
  const share = (criterion: string): boolean => /satisfic/i.test(criterion);
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Choices by criterion', 'data-chart': 'choices' }, h('table', { class: 'choices' },
    h('caption', {}, 'Which treatment to choose under which criterion'),
    h('thead', {}, h('tr', {}, ['Criterion', 'Choose', 'Value'].map((text, k) => h('th', { scope: 'col', class: k === 2 ? 'num' : null }, text)))),
    h('tbody', {}, data.choices.map((choice) => h('tr', {},
      h('th', { scope: 'row' }, words(choice.words || choice.criterion),
        choice.words && words(choice.words) !== words(choice.criterion) && h('span', { class: 'factor-meaning' }, words(choice.criterion).toLowerCase())),
      h('td', {}, h('b', {}, choice.treatment ? model.treatment_label(choice.treatment) : 'none'),
        choice.tied_with.length > 0 && tied(choice.tied_with.map((name) => model.treatment_label(name)), data.treatments.length - 1)),
      h('td', { class: 'num' }, share(choice.criterion) ? percent(choice.value) : quantity(choice.value, data.unit)))))));
}

const most_named = 3;

/** What a choice cannot be told from; many are counted, and named when asked. */
function tied(names: string[], others: number): HTMLElement {
  if (names.length <= most_named) return h('span', { class: 'factor-meaning' }, `not told apart from ${listed(names)}`);
  return h('details', { class: 'tied' }, h('summary', { class: 'factor-meaning' }, names.length === others ? 'not told apart from any other' : `not told apart from ${names.length} of ${others} others`),
    h('span', { class: 'factor-meaning' }, listed(names)));
}

function options_table(page: Page, data: Robustness): HTMLElement {
  const { model } = page;
  const rows = data.treatments;
  const regret = linear(0, Math.max(1e-12, ...rows.flatMap((row) => [row.max_regret, row.mean_regret, row.regret_hi]).filter(is_number)) * 1.04, 4);
  const good = linear(0, 1, 4);
  const regrets = rows.some((row) => is_number(row.mean_regret) || is_number(row.max_regret));
  const shares = rows.some((row) => is_number(row.satisficing));
  const chosen = new Set(data.choices.map((choice) => choice.treatment));
  const unit = unit_name(data.unit);
  const regret_cell = (row: RobustTreatment): HTMLElement => h('td', { class: 'plot-cell', vars: grid_of(regret) }, h('span', { class: 'overlay' },
    bar(row.max_regret, regret, 'unclear'), whisker({ mean: row.mean_regret, lo: row.regret_lo, hi: row.regret_hi, tone: 'worse' }, regret)));
  const head = (text: Child, drawn: Child): HTMLElement => h('th', { scope: 'col', class: 'axis-cell' }, h('span', { class: 'column-name' }, text), drawn);
  return h('div', { class: 'plot-table options', 'data-chart': 'options' }, h('table', {},
    h('caption', {}, `${model.response_label(data.response)}, ${model.nation_name(data.nation)}: regret and how often a treatment is good enough`),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'treatment' }, lever_heads(model), h('span', { class: model.factorial_levels ? 'sr' : 'label' }, 'Treatment')),
      regrets && head(`Regret${unit ? ` [${unit}]` : ''}`, axis(regret, null)), regrets && h('th', { scope: 'col', class: 'num wide' }, 'Mean, largest'),
      shares && head('Good enough', axis(good, null)), shares && h('th', { scope: 'col', class: 'num wide' }, 'Share [95 %]'))),
    h('tbody', {}, rows.map((row) => h('tr', { class: chosen.has(row.treatment) ? 'chosen' : null, 'data-treatment': row.treatment },
      h('th', { scope: 'row', class: 'treatment' }, lever_dots(model, row.treatment), h('span', { class: model.factorial_levels ? 'label sr' : 'label' }, model.treatment_label(row.treatment))),
      regrets && regret_cell(row), regrets && h('td', { class: 'num wide' }, `${number(row.mean_regret)}, ${number(row.max_regret)}`),
      shares && h('td', { class: 'plot-cell', vars: grid_of(good) }, whisker({ mean: row.satisficing, lo: row.satisficing_lo, hi: row.satisficing_hi, tone: 'better' }, good)),
      shares && h('td', { class: 'num wide' }, h('span', { class: 'value' }, h('b', {}, percent(row.satisficing)), ' ', h('span', { class: 'ends' }, is_number(row.satisficing_lo) ? `[${percent(row.satisficing_lo)}, ${percent(row.satisficing_hi)}]` : ''))))))));
}

export const robustness: Builder = (page) => {
  const { model } = page;
  const data = model.data.analysis.robustness;
  if (!data || !data.treatments.length) return missing('robustness', 'Which option is robust', model.data.analysis.robustness_note);
  const pareto = pareto_plot(page, data);
  const enough = data.threshold_words || (is_number(data.threshold) ? `${model.response_label(data.response)} beyond ${quantity(data.threshold, data.unit)}` : '');
  return section('robustness', 'Which option is robust',
    ['Regret is how much worse a treatment is than the best one in the same future: dot with its interval, the mean; bar, the largest. ',
      enough ? `Good enough means: ${enough}. ` : '', 'Shaded rows are chosen under some criterion.'],
    data.sentences.map((text, k) => h('p', { class: k ? null : 'first-sentence' }, typeset(text))),
    choices(page, data), options_table(page, data), pareto,
    !pareto && h('p', { class: 'not-shown' }, 'No picture against cost: the study has no response that holds what a treatment costs.'),
    extremes(page, data));
};

/** What the worst futures bring, in numbers. */
function extremes({ model }: Page, data: Robustness): HTMLElement | null {
  if (!data.treatments.some((row) => is_number(row.cvar95) || is_number(row.worst))) return null;
  return h('details', { class: 'numbers' }, h('summary', {}, 'All numbers as a table'), h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Numbers of every treatment' },
    h('table', { class: 'plain' }, h('caption', {}, `${model.response_label(data.response)} by treatment${unit_name(data.unit) ? `, in ${unit_name(data.unit)}` : ''}`),
      h('thead', {}, h('tr', {}, ['Treatment', 'Mean [95 %]', '1 in 20 worse', 'Mean of worst 5 %', 'Worst', 'Mean regret', '9 of 10 futures', 'Largest regret', 'Cost', 'Beaten by'].map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, data.treatments.map((row) => h('tr', {}, h('th', { scope: 'row' }, model.treatment_label(row.treatment)),
        h('td', {}, value_of({ mean: row.mean as number, lo: row.lo as number, hi: row.hi as number })),
        [row.p95_bad, row.cvar95, row.worst, row.mean_regret, row.p90_regret, row.max_regret, row.cost].map((value) => h('td', {}, number(value))),
        h('td', {}, row.dominated_by ? model.treatment_label(row.dominated_by) : '–')))))));
}
