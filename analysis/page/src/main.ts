// Reads the data that stand in the page and puts the sections in reading order.
import './styles/tokens.css';
import './styles/base.css';
import './styles/contents.css';
import './styles/plots.css';
import './styles/sections.css';
import './styles/sketch.css';
import './styles/policy.css';
import './styles/timeline.css';
import './styles/print.css';
import { contents, type Group } from './contents';
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
import { convergence, stopping } from './sections/convergence';
import { discovery } from './sections/discovery';
import { own_league } from './sections/own_league';
import { prior_sets } from './sections/prior_sets';
import { rare_event } from './sections/rare_event';
import { regime } from './sections/regime';
import { robustness } from './sections/robustness';
import { sensitivity } from './sections/sensitivity';
import { timeline } from './sections/timeline';
import { variance } from './sections/variance';
import { verdict } from './sections/verdict';
import { why } from './sections/why';
import { Store } from './store';
import { current_mode, on_theme, toggle_theme, watch_theme } from './theme';

/** The parts in the order in which an adviser reads them. */
const plan: [string, Builder[]][] = [
  ['The answer', [caveats, verdict, prior_sets]],
  ['By nation', [nations, own_league, regime, spillover]],
  ['By treatment', [effects, factorial, distributions, differences]],
  ['Over time', [curves, timeline, why]],
  ['What it hangs on', [sensitivity, drivers, variance, discovery]],
  ['What to choose', [robustness, rare_event]],
  ['Can it be trusted', [convergence, stopping, placebo, failures]],
  ['Behind it', [ledger, definitions, provenance, reproduce]],
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

function build_all(page: Page, builders: Builder[]): Section[] {
  const sections: Section[] = [];
  for (const build of builders) {
    try {
      const made = build(page);
      if (made) sections.push(made);
    } catch (problem) {
      console.error(problem);
      const text = `This part could not be drawn (${String(problem)}). The other parts are not affected.`;
      sections.push({ id: `failed-${build.name}`, title: 'Not drawn', element: h('section', {}, h('p', { class: 'warning' }, text)) });
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
  const groups: Group[] = plan.map(([title, builders]) => ({ title, sections: build_all(page, builders) }));
  groups[0]!.sections.unshift({ id: 'answer', title: 'In short', element: head });
  fill(root,
    h('a', { class: 'skip', href: '#answer' }, 'To the results'),
    h('div', { class: 'topbar' }, theme_button()),
    h('div', { class: 'layout' }, contents(groups.filter(({ sections }) => sections.length > 0)),
      h('main', { class: 'page' }, groups.map(({ title, sections }) => sections.map(({ element }, k) => {
        if (k === 0 && element !== head) element.prepend(h('p', { class: 'eyebrow group' }, title));
        return element;
      })))));
  document.documentElement.dataset.ready = 'true';
}

start(document.getElementById('report')!);
