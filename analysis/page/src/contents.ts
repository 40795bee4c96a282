// The contents beside the page: groups of sections, of which the one in view is open; folded above the text on a narrow window.
import { h } from './dom';
import type { Section } from './frame';

export interface Group { title: string; sections: Section[] }

const wide = '(min-width: 1240px)';

/** A list of groups that follows the reader down the page. */
export function contents(groups: Group[]): HTMLElement {
  const links = new Map<string, HTMLAnchorElement>();
  const folds = groups.map(({ title, sections }) => {
    const items = sections.map((section) => {
      const link = h('a', { href: `#${section.id}` }, section.title);
      links.set(section.id, link);
      return h('li', {}, link);
    });
    return { ids: sections.map(({ id }) => id), fold: h('details', {}, h('summary', {}, title), h('ol', {}, items)) };
  });
  if (folds[0]) folds[0].fold.open = true;
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((link, id) => { if (id === entry.target.id) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current'); });
      if (matchMedia(wide).matches) for (const { ids, fold } of folds) fold.open = ids.includes(entry.target.id);
    }
  }, { rootMargin: '-15% 0px -75% 0px' });
  groups.forEach(({ sections }) => sections.forEach(({ element }) => watcher.observe(element)));
  const all = h('details', { class: 'all' }, h('summary', {}, 'Contents'), folds.map(({ fold }) => fold));
  const query = matchMedia(wide);
  const fit = (): void => { all.open = query.matches; };
  query.addEventListener('change', fit);
  fit();
  all.addEventListener('click', (event) => { if (!query.matches && (event.target as Element).closest('a')) all.open = false; });
  return h('nav', { class: 'contents', 'aria-label': 'Contents' }, all);
}
