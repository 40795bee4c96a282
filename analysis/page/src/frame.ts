// What every section gets, and the shape of a section.
import { h, type Child } from './dom';
import { Model, tone_of } from './model';
import type { PairedDifference, Response } from './data';
import { estimate_parts, is_number, sentence, typeset } from './format';
import type { Store } from './store';
import type { Mark } from './whisker';

export interface Page {
  model: Model;
  store: Store;
}

export interface Section {
  id: string;
  title: string;
  element: HTMLElement;
}

/** Draws a section, or nothing where the study has no data for it. */
export type Builder = (page: Page) => Section | null;

/** A headed section with a sentence on what is to be seen. */
export function section(id: string, title: string, lead: string | string[] | null, ...children: Child[]): Section {
  const element = h('section', { id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title),
    lead ? h('p', { class: 'lead' }, typeof lead === 'string' ? typeset(lead) : lead.map(typeset).join('')) : null,
    children);
  return { id, title, element };
}

/** A section that says why it is empty; none where there is nothing to say. */
export function missing(id: string, title: string, why: unknown): Section | null {
  return typeof why === 'string' && why ? section(id, title, null, h('p', { class: 'not-shown' }, sentence(why))) : null;
}

/** The mark of a paired difference. */
export function mark_of(row: PairedDifference, response: Response, with_outer = true): Mark {
  return {
    mean: row.mean, lo: row.lo, hi: row.hi,
    outer_lo: with_outer ? row.predictive_lo : null, outer_hi: with_outer ? row.predictive_hi : null,
    tone: tone_of(row.lo, row.hi, response.higher_is_worse, row.exactly_zero),
  };
}

/** Mean and interval as the cells of a plot row set them. */
export function value_of(row: { mean: number; lo: number; hi: number; exactly_zero?: boolean }): HTMLElement {
  if (row.exactly_zero || (row.mean === 0 && row.lo === 0 && row.hi === 0)) return h('span', { class: 'value' }, h('b', {}, 'exactly 0'));
  const { mean, lo, hi, power } = estimate_parts(row);
  if (is_number(row.mean) && !is_number(row.lo)) return h('span', { class: 'value' }, h('b', {}, mean + power), ' ', h('span', { class: 'ends' }, 'no interval'));
  return h('span', { class: 'value' }, h('b', {}, mean + power), ' ', h('span', { class: 'ends' }, `[${lo}, ${hi}]${power}`));
}

/** The levers of a treatment as a row of filled and empty dots. */
export function lever_dots(model: Model, treatment: string): HTMLElement | null {
  const levels = model.treatments.get(treatment)?.levels;
  if (!model.factorial_levels || !levels) return null;
  return h('span', { class: 'levers', 'aria-hidden': 'true' },
    levels.map((level) => h('i', { class: level ? 'on' : 'off' })));
}

/** The names of the levers, set upright over the columns of dots. */
export function lever_heads(model: Model): HTMLElement | null {
  if (!model.factorial_levels) return null;
  return h('span', { class: 'levers heads', 'aria-hidden': 'true' },
    model.data.analysis.study.levers.map((lever) => h('span', {}, lever.replace(/_/g, ' '))));
}

/** A button that makes a treatment the one that the whole page shows. */
export function treatment_button(page: Page, treatment: string): HTMLElement {
  const { model, store } = page;
  const label = model.treatment_label(treatment);
  return h('button', {
    type: 'button', class: 'pick', 'aria-pressed': String(store.choice.treatment === treatment), title: `Follow: ${label}`,
    on: { click: () => store.set({ treatment }) },
  }, lever_dots(model, treatment), h('span', { class: model.factorial_levels ? 'label sr' : 'label' }, label));
}
