// Reads the data that stand in the page and puts the sections in reading order.
import './styles/tokens.css';
import './styles/base.css';
import './styles/plots.css';
import './styles/sections.css';
import './styles/print.css';
import { complete, type ReportData } from './data';
import { fill, h } from './dom';
import type { Builder, Page, Section } from './frame';
import { Model } from './model';
import { caveats, definitions, failures, placebo, provenance, reproduce } from './sections/background';
import { curves } from './sections/curves';
import { differences } from './sections/differences';
import { distributions } from './sections/distributions';
import { effects } from './sections/effects';
import { factorial } from './sections/factorial';
import { drivers, ledger } from './sections/factors';
import { hero } from './sections/hero';
import { nations } from './sections/nations';
import { spillover } from './sections/spillover';
import { Store } from './store';
import { current_mode, on_theme, toggle_theme, watch_theme } from './theme';

const builders: Builder[] = [
  effects, factorial, distributions, differences, curves, nations, spillover, drivers, ledger, caveats, placebo, failures, definitions,
  reproduce, provenance,
];

function read_data(): ReportData | string {
  const text = document.getElementById('berylia-data')?.textContent?.trim() ?? '';
  if (!text.startsWith('{')) return 'This page holds no results: it is the empty template.';
  try {
    return complete(JSON.parse(text) as Partial<ReportData>);
  } catch (problem) {
    return `The results in this page cannot be read (${String(problem)}). Make the report again.`;
  }
}

function theme_button(): HTMLElement {
  const label = (): string => (current_mode() === 'dark' ? 'Light' : 'Dark');
  const button = h('button', { type: 'button', class: 'plain-button theme', 'aria-label': 'Change between light and dark', on: { click: toggle_theme } }, label());
  on_theme(() => { button.textContent = label(); });
  return button;
}

function navigation(sections: Section[]): HTMLElement {
  const links = new Map(sections.map(({ id, title }) => [id, h('a', { href: `#${id}` }, title)]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((link, id) => link.toggleAttribute('aria-current', id === entry.target.id));
    }
  }, { rootMargin: '-15% 0px -75% 0px' });
  sections.forEach(({ element }) => watcher.observe(element));
  return h('nav', { class: 'contents', 'aria-label': 'Contents' }, h('ol', {}, [...links.values()].map((link) => h('li', {}, link))));
}

function build_all(page: Page): Section[] {
  const sections: Section[] = [];
  for (const build of builders) {
    try {
      const made = build(page);
      if (made) sections.push(made);
    } catch (problem) {
      console.error(problem);
      const text = `This part could not be drawn (${String(problem)}). The other parts are not affected.`;
      sections.push({ id: `failed-${sections.length}`, title: 'Not drawn', element: h('section', {}, h('p', { class: 'warning' }, text)) });
    }
  }
  return sections;
}

function start(root: HTMLElement): void {
  const data = read_data();
  if (typeof data === 'string') {
    fill(root, h('main', { class: 'page' }, h('p', { class: 'warning' }, data)));
    return;
  }
  const model = new Model(data);
  const { headline } = data;
  const page: Page = { model, store: new Store({
    response: headline.response, nation: headline.nation || null, treatment: headline.treatment, highlight: headline.nation || null }) };
  const { study } = data.analysis;
  document.title = `${study.title || study.name || 'Report'} · Berylia`;
  watch_theme();
  const head = hero(page);
  const sections = build_all(page);
  fill(root,
    h('a', { class: 'skip', href: '#effects' }, 'To the results'),
    h('div', { class: 'topbar' }, theme_button()),
    h('div', { class: 'layout' }, navigation([{ id: 'answer', title: 'The answer', element: head }, ...sections]),
      h('main', { class: 'page' }, head, sections.map(({ element }) => element))));
  document.documentElement.dataset.ready = 'true';
}

start(document.getElementById('report')!);
