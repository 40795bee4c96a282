// Reports of real campaigns: what each section shows is what `berylia analyze --json` says, and a page with one other number is found out.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportData } from '../../src/data';
import { number } from '../../src/format';
import { launch } from '../page';
import { visit } from '../visit';
import { altered, clear_away, report, type Report } from './reports';
import { expected, missing_from, type Shown } from './shown';

const studies: [string, string[], string[]][] = [
  ['japan_ccdcoe', [], ['japan_sceptical', 'japan_wide']], ['uncertainty', ['--futures', '60', '--replications', '1'], []], ['league_members', [], []], ['enough', [], []], ['rare_cascade', [], []]];
let browser: Browser;
const reports = new Map<string, Report>();

beforeAll(async () => {
  browser = await launch();
  for (const [study, options, beside] of studies) reports.set(study, report(study, options, beside));
}, 300_000);
afterAll(async () => {
  await browser?.close();
  clear_away();
});

/** Where the page's data are not those of the analysis: a report keeps six significant digits. */
function unequal(page: unknown, analysis: unknown, place = ''): string[] {
  if (typeof page === 'number' && typeof analysis === 'number') return Math.abs(page - analysis) <= 5.001e-6 * Math.abs(analysis) ? [] : [`${place}: ${page}, not ${analysis}`];
  if (typeof page === 'object' && page && typeof analysis === 'object' && analysis) {
    return Object.entries(analysis).flatMap(([key, value]) => unequal((page as Record<string, unknown>)[key], value, `${place}/${key}`));
  }
  return page === analysis ? [] : [`${place}: ${String(page)}, not ${String(analysis)}`];
}

const wanted_of = ({ data }: Report): Shown[] => expected({ ...data.analysis, headline: data.headline });

test('together the reports show every section', () => {
  const sections = new Set([...reports.values()].flatMap(({ analysis }) => expected(analysis).map((each) => each.section)));
  expect([...sections].sort()).toEqual(['convergence', 'differences', 'discovery', 'effects', 'league', 'map', 'pareto', 'prior-sets', 'rare-event', 'regime', 'robustness', 'sensitivity', 'stopping', 'summary']);
});

for (const [study] of studies) {
  test(`${study}: the data of the page and what it shows are those of the analysis`, async () => {
    const { analysis, data, address } = reports.get(study)!;
    const { headline, ...rest } = analysis;
    expect(unequal(data.analysis, rest)).toEqual([]);
    expect(unequal(data.headline, headline)).toEqual([]);
    const { page, problems } = await visit(browser, address);
    expect(await missing_from(page, wanted_of(reports.get(study)!))).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  }, 60_000);
}

test('the dots of the Pareto plot lie where response and cost are', async () => {
  const { analysis, address } = reports.get('japan_ccdcoe')!;
  const { page } = await visit(browser, address);
  const dots = await page.locator('[data-chart="pareto"] circle').evaluateAll((all) => all.map((dot) => [Number(dot.getAttribute('cx')), Number(dot.getAttribute('cy'))]));
  const rows = analysis.robustness!.treatments.filter((row) => row.cost !== null);
  expect(dots.length).toBe(rows.length);
  for (const [axis, values] of [rows.map((row) => row.cost!), rows.map((row) => row.change!)].entries()) {
    const low = values.indexOf(Math.min(...values)), high = values.indexOf(Math.max(...values));
    const slope = (dots[high]![axis]! - dots[low]![axis]!) / (values[high]! - values[low]!);
    values.forEach((value, k) => expect(dots[k]![axis]!).toBeCloseTo(dots[low]![axis]! + slope * (value - values[low]!), 1));
  }
  await page.context().close();
}, 60_000);

test('the counts of the timeline are the events and months of the data', async () => {
  const { data, address } = reports.get('japan_ccdcoe')!;
  const { page } = await visit(browser, address);
  const { histories, aggregated, months } = data.timeline!;
  const first = histories.find((history) => history.treatment === data.headline.treatment)!;
  expect(await page.locator('[data-count="treatment-incidents"]').textContent()).toBe(String(first.events.filter((event) => event.kind === 'incident' && event.date.slice(0, 7) <= months[months.length - 1]!).length));
  const monthly = page.locator('figure', { has: page.locator('[data-chart="monthly"]') });
  await page.locator('#timeline').getByRole('button', { name: 'all histories' }).click();
  await monthly.locator('summary').click();
  const row = aggregated.find((each) => each.kind === 'incidents' && each.treatment === data.headline.treatment)!;
  expect(await monthly.locator('tbody tr').allTextContents()).toHaveLength(months.length);
  const shown = await monthly.locator('tbody tr').evaluateAll((all) => all.map((each) => each.querySelector('td')!.textContent));
  expect(shown).toEqual(row.mean.map((mean, k) => `${number(mean)} (${number(row.q05[k])} to ${number(row.q95[k])})`));
  await page.context().close();
}, 60_000);

const twins: [string, string, (data: ReportData) => void][] = [
  ['summary', 'japan_ccdcoe', (data) => { for (const row of data.analysis.paired_differences) row.lo -= 1; }],
  ['effects', 'japan_ccdcoe', (data) => { data.analysis.paired_differences.find((row) => row.treatment === 'membership' && row.response === data.headline.response)!.mean += 1; }],
  ['league', 'japan_ccdcoe', (data) => { for (const map of data.map) map.mean[0]! += 1; }],
  ['map', 'japan_ccdcoe', (data) => { for (const map of data.map) map.lo = map.lo.map((lo) => (lo ?? 0) - 1); }],
  ['differences', 'japan_ccdcoe', (data) => { for (const row of data.analysis.paired_differences) row.share_better = 0.123; }],
  ['prior-sets', 'japan_ccdcoe', (data) => { for (const row of data.analysis.prior_sets!.rows) row.by_set[1]!.mean! += 1; }],
  ['sensitivity', 'uncertainty', (data) => { for (const factor of data.analysis.sensitivity!.factors) for (const index of [factor.shapley, factor.delta]) if (index) index.value! += 0.1; }],
  ['discovery', 'uncertainty', (data) => { data.analysis.discovery!.base_share = 0.123; }],
  ['robustness', 'japan_ccdcoe', (data) => { data.analysis.robustness!.treatments[3]!.max_regret! += 1; }],
  ['pareto', 'japan_ccdcoe', (data) => { data.analysis.robustness!.treatments[3]!.change! += 1e6; }],
  ['convergence', 'japan_ccdcoe', (data) => { for (const row of data.analysis.convergence) row.mean[1]! += 1; }],
  ['stopping', 'enough', (data) => { data.analysis.stopping!.looks[0]!.lo! -= 1; }],
  ['rare-event', 'rare_cascade', (data) => { data.analysis.rare_event!.treatments[0]!.levels[0]!.hi! *= 0.5; }],
  ['regime', 'league_members', (data) => { data.analysis.regime!.difference!.mean! += 1; }],
];

for (const [section, study, alter] of twins) {
  test(`one other number in ${section} is found out`, async () => {
    const source = reports.get(study)!;
    const { page } = await visit(browser, altered(source, alter));
    const lost = await missing_from(page, wanted_of(source));
    expect(lost.filter((text) => text.startsWith(`${section}:`))).not.toEqual([]);
    await page.context().close();
  }, 60_000);
}
