// Elements without markup: all text goes in as text nodes, so nothing in the data can become HTML.

export type Child = Node | string | number | null | undefined | false | Child[];

export interface Attributes {
  class?: string | null | false;
  vars?: Record<string, string | number>;                       // CSS custom properties, or any style property
  on?: Record<string, (event: Event) => void>;
  [name: string]: unknown;
}

function append(parent: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child);
    else parent.append(child instanceof Node ? child : String(child));
  }
}

function apply(element: HTMLElement | SVGElement, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'vars') {
      for (const [key, text] of Object.entries(value as Record<string, string | number>)) {
        element.style.setProperty(key, String(text));
      }
    } else if (name === 'on') {
      for (const [type, handler] of Object.entries(value as Record<string, (event: Event) => void>)) {
        element.addEventListener(type, handler);
      }
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
}

/** An HTML element with attributes and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, attributes);
  append(element, children);
  return element;
}

/** An SVG element with attributes and children. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  apply(element, attributes);
  append(element, children);
  return element;
}

/** Text in which "2^(n - 3)" has its exponent set high. */
export function with_exponents(text: string): Child[] {
  return text.split(/\^(\([^()]*\)|\d+)/).map((part, k) => (k % 2 ? h('sup', {}, part.replace(/^\(|\)$/g, '').replace(/ - /g, ' \u2212 ')) : part));
}

/** Puts `children` in place of what `parent` holds. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}
