// What each section of a page must show, from the analysis alone.
import type { Page } from 'playwright-core';
import { count, estimate_long, estimate_parts, is_number, number, percent } from '../../src/format';
import { one_in } from '../../src/sections/rare_event';
import type { Analysis } from './reports';

/** Texts that stand in the element at `selector`, or, with `all`, in all such elements together. */
export interface Shown { section: string; selector: string; texts: string[]; all?: boolean }

type Row = { mean: number | null; lo: number | null; hi: number | null };

function value(row: Row): string[] {
  if (!is_number(row.mean)) return ['no result'];
  if (row.mean === 0 && row.lo === 0 && row.hi === 0) return ['exactly 0'];
  const { mean, lo, hi, power } = estimate_parts(row);
  return is_number(row.lo) ? [`${mean}${power} [${lo}, ${hi}]${power}`] : [`${mean}${power} no interval`];
}

const ends = (mean: number | null, lo: number | null, hi: number | null): string => `${number(mean)} [${number(lo)}, ${number(hi)}]`;

/** Everything that the page of `a` shows first, section by section. */
export function expected(a: Analysis): Shown[] {
  const { response, nation, treatment } = a.headline;
  const here = <T extends { response: string; nation: string | null; treatment: string }>(rows: T[]): T[] => rows.filter((row) => row.response === response && (row.nation ?? null) === (nation || null));
  const unit = a.responses.find((each) => each.name === response)?.unit ?? '';
  const label = new Map(a.study.treatments.map((each) => [each.name, each.label || each.name]));
  const found: Shown[] = [{ section: 'summary', selector: '[data-count="done"]', texts: [count(a.counts.done)] }];
  const add = (section: string, selector: string, texts: string[], all = false): void => { found.push({ section, selector, texts, all }); };
  for (const row of here(a.paired_differences)) {
    const { mean, lo, hi, power } = estimate_parts(row);
    const zero = row.exactly_zero;
    if (row.treatment === treatment && !zero) add('summary', '[data-value="headline"]', is_number(row.lo) ? [mean, lo, hi + power] : [mean]);
    add('effects', `[data-chart="effects"] tr[data-treatment="${row.treatment}"] .value`, zero ? ['exactly 0'] : value(row));
    if (row.treatment === treatment) add('differences', '#differences .big-share', [percent(row.share_better)]);
  }
  for (const row of a.league.find((each) => each.kind !== 'own' && each.response === response)?.rows ?? []) {
    add('league', `[data-chart="league"] tr[data-nation="${row.nation}"]`, value(row));
    if (is_number(row.lo) && row.lo !== row.hi) add('map', `.nation-card[data-nation="${row.nation}"]`, [estimate_long(row, unit)]);
  }
  for (const set of a.prior_sets?.rows.find((row) => row.response === response && (row.nation ?? null) === (nation || null) && row.treatment === treatment)?.by_set ?? []) {
    add('prior-sets', `[data-chart="prior-sets"] tr[data-set="${set.name}"]`, [...value(set), percent(set.share_better), count(set.futures)]);
  }
  for (const factor of (a.sensitivity?.by_ignorance ?? []).slice(0, 5).map((name) => a.sensitivity!.factors.find((each) => each.name === name)!)) {
    const index = factor.sobol?.total ?? factor.morris?.mu_star ?? factor.delta?.value ?? factor.shapley?.value;
    add('sensitivity', `[data-chart="sensitivity"] tr[data-factor="${factor.name}"]`, [number(index)]);
  }
  if (a.discovery) {
    add('discovery', '#discovery .lead', [`in ${percent(a.discovery.base_share)}`]);
    add('discovery', '#discovery', (a.discovery.prim?.boxes ?? []).filter((box) => box.limits.length).map((box) => percent(box.density)));
    const leaves = a.discovery.cart?.leaves ?? [];
    if (leaves.length > 1) add('discovery', '[data-chart="leaves"] tbody tr', leaves.map((leaf) => percent(leaf.share)), true);
  }
  for (const row of a.robustness?.treatments ?? []) {
    add('robustness', `[data-chart="options"] tr[data-treatment="${row.treatment}"]`, [percent(row.satisficing), `${number(row.mean_regret)}, ${number(row.max_regret)}`]);
    if (is_number(row.cost)) add('pareto', '[data-chart="pareto"] circle title', [`${label.get(row.treatment)}: ${number(row.mean)} at a cost of ${number(row.cost)}; change ${number(row.change)}`], true);
  }
  const running = a.convergence.find((row) => row.response === response && row.treatment === treatment && (row.nation ?? null) === (nation || null));
  if (running && running.counts.length > 1) running.counts.forEach((n, k) => add('convergence', '[data-chart="convergence"] circle title', [`${count(n)}: ${ends(running.mean[k]!, running.lo[k]!, running.hi[k]!)}`], true));
  for (const look of a.stopping?.looks ?? []) add('stopping', '[data-chart="stopping"] circle title', [`${count(look.count)}: ${ends(look.estimate, look.lo, look.hi)}`], true);
  for (const level of a.rare_event?.treatments.flatMap((row) => row.levels) ?? []) {
    if (is_number(level.hi) && level.hi > 0) add('rare-event', '[data-chart="rare-event"] title', [level.never_seen ? `never seen: below ${one_in(level.hi)}` : `${one_in(level.probability)} (95 % interval ${one_in(level.lo)} to ${one_in(level.hi)})`], true);
  }
  if (a.regime) for (const row of [a.regime.regime, a.regime.sum_direct, a.regime.difference]) if (row && is_number(row.mean)) add('regime', '[data-chart="regime"] tbody tr', value(row), true);
  return found;
}

/** What is expected and does not stand on the page, as "section: text, not in ...". */
export async function missing_from(page: Page, wanted: Shown[]): Promise<string[]> {
  return page.evaluate((all) => {
    const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, ' ').replace(/\s+/g, ' ');
    const lost: string[] = [];
    for (const { section, selector, texts, all: several } of all) {
      const card = /^\.nation-card\[data-nation="(\w+)"\]$/.exec(selector);
      if (card) document.querySelector<HTMLElement>(`[data-chart="league"] tr[data-nation="${card[1]}"] .pick`)?.click();
      const found = [...document.querySelectorAll(card ? '.nation-card' : selector)];
      const text = plain((several ? found : found.slice(0, 1)).map((each) => each.textContent).join(' | '));
      for (const one of texts) if (!text.includes(plain(one))) lost.push(`${section}: ${one}, not in ${selector}: ${text.slice(0, 200)}`);
    }
    return lost;
  }, wanted);
}
