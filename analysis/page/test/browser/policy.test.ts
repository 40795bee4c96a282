import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportData } from '../../src/data';
import { number, percent } from '../../src/format';
import { fixture } from '../fixture';
import { sensitivity } from '../made_up/policy';
import { launch, page_address } from '../page';
import { visit, type Visit } from '../visit';

const data = fixture();
const { analysis, why } = data;
let browser: Browser;
let seen: Visit;

beforeAll(async () => {
  browser = await launch();
  seen = await visit(browser, page_address(data));
});
afterAll(async () => browser?.close());

test('sensitivity: bars and numbers are those of the data, in either order', async () => {
  const { page } = seen;
  const rows = page.locator('[data-chart="sensitivity"] tbody tr');
  const { factors, by_ignorance, by_leverage } = analysis.sensitivity!;
  expect(await rows.first().getAttribute('data-factor')).toBe(by_ignorance[0]);
  const top = factors.find((factor) => factor.name === by_ignorance[0])!;
  expect(await rows.first().textContent()).toContain(number(top.sobol!.first));
  expect(await rows.first().textContent()).toContain(number(top.sobol!.total));
  const wide = await rows.first().evaluate((row) => [...row.querySelectorAll('.fill')].map((each) => each.getBoundingClientRect().width));
  expect(wide[0]! / wide[1]!).toBeCloseTo(top.sobol!.first! / top.sobol!.total!, 1);
  await page.getByRole('button', { name: 'what a change does' }).click();
  expect(await rows.first().getAttribute('data-factor')).toBe(by_leverage[0]);
  expect(await page.locator('[data-chart="pairs"] tbody tr').count()).toBe(analysis.sensitivity!.second_order.length);
});

test('discovery: sentences, limits on their ranges, futures, peeling and leaves', async () => {
  const { page } = seen;
  const { prim, cart, points, sentences } = analysis.discovery!;
  expect(await page.locator('#discovery').textContent()).toContain(sentences[0]!.replace(/'/g, '’').replace(/ %/g, '\u202f%'));
  expect(await page.locator('#discovery .limits tbody tr').count()).toBe(prim!.boxes.reduce((sum, box) => sum + box.limits.length, 0));
  expect(await page.locator('#discovery .box-card').first().textContent()).toContain(percent(prim!.boxes[0]!.density));
  const span = await page.locator('#discovery .track').first().evaluate((track) => track.querySelector('i')!.getBoundingClientRect().width / track.getBoundingClientRect().width);
  expect(span).toBeCloseTo(prim!.boxes[0]!.limits[0]!.hi!, 2);
  expect(await page.locator('[data-chart="scatter"] .case').count()).toBe(points!.rows.filter((row) => row[2]).length);
  expect(await page.locator('[data-chart="scatter"] circle').count()).toBe(points!.rows.length);
  expect(await page.locator('[data-chart="peeling"] circle').count()).toBe(prim!.trajectory.length);
  expect(await page.locator('[data-chart="leaves"] tbody tr').count()).toBe(cart!.leaves.length);
});

test('robustness: a choice for each criterion, all treatments, and those on the front named', async () => {
  const { page } = seen;
  const { choices, treatments } = analysis.robustness!;
  expect(await page.locator('[data-chart="choices"] tbody tr').count()).toBe(choices.length);
  expect(await page.locator('[data-chart="options"] tbody tr').count()).toBe(treatments.length);
  expect(await page.locator('[data-chart="pareto"] circle').count()).toBe(treatments.length);
  expect(await page.locator('[data-chart="pareto"] .direct').count()).toBe(treatments.filter((row) => row.on_front).length);
  const row = treatments.find((each) => each.treatment === choices[0]!.treatment)!;
  expect(await page.locator(`[data-chart="options"] tr[data-treatment="${row.treatment}"]`).textContent()).toContain(percent(row.satisficing));
});

test('why: every step with its date, and where the histories part', async () => {
  const { page } = seen;
  expect(await page.locator('.chain > li').count()).toBe(why!.chain.length);
  expect(await page.locator('.chain .delay').allTextContents()).toContain('109 days later');
  expect(await page.locator('.chain > li b').first().textContent()).toBe('Exploit market: ');
  expect(await page.locator('.parting').textContent()).toContain('3 days after its discovery');
  expect(await page.locator('.parting').textContent()).toMatch(/Only with .*membership/i);
});

test('estimates: several methods, prior sets, running estimates, looks and a rare event with its bound', async () => {
  const { page, problems } = seen;
  expect(await page.locator('[data-chart="verdict"] tbody tr').count()).toBe(7);
  expect(await page.locator('#verdict .lead').textContent()).toContain('smallest effect of interest');
  expect(await page.locator('[data-chart="prior-sets"] tbody tr').count()).toBe(3);
  expect(await page.locator('[data-chart="convergence"] circle').count()).toBe(analysis.convergence[0]!.counts.length);
  expect(await page.locator('[data-chart="stopping"]').count()).toBe(3);
  expect(await page.locator('[data-chart="rare-event"] circle').count()).toBe(14);
  expect(await page.locator('[data-chart="rare-event"] .bound').count()).toBe(1);
  expect(await page.locator('[data-chart="own-league"] tbody tr').count()).toBe(analysis.league[1]!.rows.length);
  expect(problems).toEqual([]);
});

test('judged all together, a nation keeps its colour only if its adjusted p is below one in twenty', async () => {
  const { page } = await visit(browser, page_address(data));
  const coloured = (): Promise<number> => page.evaluate(() => new Set([...document.querySelectorAll('.world [data-iso3]')]
    .filter((each) => /better|worse/.test(each.getAttribute('fill') ?? '')).map((each) => each.getAttribute('data-iso3'))).size);
  const before = await coloured();
  await page.getByRole('button', { name: 'all together' }).click();
  const firm = analysis.league[0]!.rows.filter((row) => row.holm_p! < 0.05 && row.lo! * row.hi! > 0).length;
  expect(await coloured()).toBe(firm);
  expect(before).toBeGreaterThan(firm);
  await page.context().close();
});

test.each(['morris', 'sampled'] as const)('sensitivity of a %s study is drawn as such', async (design) => {
  const study = fixture();
  study.analysis.sensitivity = sensitivity({ response: 'resilience_loss', nation: 'JPN', treatment: 'membership', reference: 'nothing' }, design);
  const { page, problems } = await visit(browser, page_address(study));
  if (design === 'morris') expect(await page.locator('[data-chart="morris"] circle').count()).toBe(study.analysis.sensitivity.factors.length);
  else expect(await page.locator('[data-chart="sensitivity"] .chance').count()).toBe(study.analysis.sensitivity.factors.length);
  expect(problems).toEqual([]);
  await page.context().close();
});

const hostile = '</script><img src=x onerror="document.title=1">';

/** Every number of `raw` as null, every text as markup, every third list empty. */
function spoiled(raw: unknown, depth = 0): unknown {
  if (typeof raw === 'number') return null;
  if (typeof raw === 'string') return /^\d{4}-\d{2}/.test(raw) ? raw : hostile;
  if (Array.isArray(raw)) return depth % 3 === 2 && raw.length > 4 ? [] : raw.slice(0, 6).map((item) => spoiled(item, depth + 1));
  if (raw && typeof raw === 'object') return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, spoiled(value, depth + 1)]));
  return raw;
}

const new_keys = ['regime', 'league', 'convergence', 'prior_sets', 'stopping', 'rare_event', 'sensitivity', 'discovery', 'robustness'] as const;

function with_parts(change: (value: unknown) => unknown): ReportData {
  const study = fixture() as unknown as { analysis: Record<string, unknown>; timeline: unknown; why: unknown };
  for (const key of new_keys) study.analysis[key] = change(study.analysis[key]);
  study.timeline = change(study.timeline);
  study.why = change(study.why);
  return study as unknown as ReportData;
}

test.each([
  ['null', (): unknown => null], ['a number', (): unknown => 7], ['a text', (): unknown => hostile], ['an empty object', (): unknown => ({})],
  ['a list of nulls', (): unknown => [null, null]], ['nulls and markup within', (value: unknown): unknown => spoiled(value)],
] as [string, (value: unknown) => unknown][])('each new part may be %s', async (_name, change) => {
  const { page, problems } = await visit(browser, page_address(with_parts(change)));
  expect(await page.locator('main > section').count()).toBeGreaterThan(10);
  expect(await page.locator('main img').count()).toBe(0);
  expect(await page.locator('.warning', { hasText: 'could not be drawn' }).count()).toBe(0);
  expect(await page.evaluate(() => document.body.innerText.match(/NaN|undefined|\bnull\b|Infinity/g))).toBe(null);
  expect(await page.title()).toContain(data.analysis.study.title);
  expect(problems).toEqual([]);
  await page.context().close();
});
