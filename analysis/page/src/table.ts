// Plain tables of numbers: the text alternative of every drawing.
import { fill, h, type Child } from './dom';

export interface Table {
  caption: string;
  head: string[];
  rows: (Child | string)[][];
}

/** A table whose first column names the row; every further column is set as numbers. */
export function plain_table(table: Table): HTMLElement {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': table.caption },
    h('table', { class: 'plain' },
      h('caption', {}, table.caption),
      h('thead', {}, h('tr', {}, table.head.map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, table.rows.map((row) => h('tr', {}, row.map((cell, k) =>
        k === 0 ? h('th', { scope: 'row' }, cell) : h('td', {}, cell)))))));
}

/** "Numbers as a table", built when it is opened. */
export function table_details(table: () => Table): { element: HTMLElement; update(): void } {
  const body = h('div');
  const build = (): void => {
    if (element.open) fill(body, plain_table(table()));
  };
  const element: HTMLDetailsElement =
    h('details', { class: 'numbers', on: { toggle: build } }, h('summary', {}, 'Numbers as a table'), body);
  return { element, update: build };
}
