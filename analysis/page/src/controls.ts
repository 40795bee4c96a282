// The few controls of the page, each with a visible label.
import { fill, h } from './dom';

let next_id = 0;
export function fresh_id(stem: string): string {
  return `${stem}-${++next_id}`;
}

export interface Option<T> { value: T; label: string }

export interface Select<T> {
  element: HTMLElement;
  /** Shows these options with `value` chosen; hidden when there is nothing to choose. */
  show(options: Option<T>[], value: T): void;
}

/** A labelled drop-down list. */
export function select<T>(label: string, changed: (value: T) => void): Select<T> {
  const id = fresh_id('choose');
  let shown: Option<T>[] = [];
  const list = h('select', { id, on: { change: () => {
    const option = shown[list.selectedIndex];
    if (option) changed(option.value);
  } } });
  const element = h('span', { class: 'control' }, h('label', { for: id }, label), list);
  return {
    element,
    show(options, value) {
      const same = options.length === shown.length && options.every((option, k) =>
        option.value === shown[k]?.value && option.label === shown[k]?.label);
      if (!same) fill(list, options.map((option) => h('option', {}, option.label)));
      shown = options;
      list.selectedIndex = options.findIndex((option) => option.value === value);
      element.hidden = options.length < 2;
    },
  };
}

/** A group of buttons of which one is pressed. */
export function segmented<T extends string>(
  label: string, options: Option<T>[], value: T, changed: (value: T) => void,
): HTMLElement {
  const buttons = options.map((option) => h('button', { type: 'button', 'aria-pressed': String(option.value === value), on: {
    click: () => {
      buttons.forEach((button, k) => button.setAttribute('aria-pressed', String(options[k]!.value === option.value)));
      changed(option.value);
    },
  } }, option.label));
  return h('span', { class: 'control' }, h('span', { class: 'control-label' }, label),
    h('span', { class: 'segmented', role: 'group', 'aria-label': label }, buttons));
}

/** A labelled check box. */
export function checkbox(label: string, on: boolean, changed: (on: boolean) => void): HTMLElement {
  const box = h('input', { type: 'checkbox', on: { change: () => changed(box.checked) } });
  box.checked = on;
  return h('label', { class: 'control check' }, box, label);
}

/** A labelled text field that filters as one types. */
export function search(label: string, changed: (text: string) => void): HTMLElement {
  const id = fresh_id('filter');
  const field = h('input', { type: 'search', id, autocomplete: 'off', spellcheck: 'false',
    on: { input: () => changed(field.value.trim().toLowerCase()) } });
  return h('span', { class: 'control' }, h('label', { for: id }, label), field);
}

/** A row of controls. */
export function toolbar(...controls: (HTMLElement | null)[]): HTMLElement {
  return h('div', { class: 'toolbar' }, controls);
}
