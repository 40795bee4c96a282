import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { estimate_parts } from '../../src/format';
import { fixture } from '../fixture';
import { launch, page_address } from '../page';

const data = fixture();
let browser: Browser;
let address: string;

beforeAll(async () => {
  browser = await launch();
  address = page_address(data);
});
afterAll(async () => browser?.close());

interface Visit { page: Page; problems: string[]; requests: string[] }

/** A visit without a network; what the page complains of or asks for is written down. */
async function visit(url: string, width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, offline: true });
  const page = await context.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) problems.push(message.text()); });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => { if (!request.url().startsWith('data:')) requests.push(request.url()); });
  await page.goto(url);
  await page.waitForSelector('html[data-ready]');
  await page.waitForTimeout(150);
  return { page, problems, requests };
}

const section_ids = ['effects', 'factorial', 'distributions', 'differences', 'curves', 'nations', 'spillover', 'drivers', 'ledger', 'caveats',
  'placebo', 'failures', 'definitions', 'reproduce', 'provenance'];
const chart_names = ['effects', 'factorial', 'distributions', 'differences', 'shares', 'curves', 'map', 'league', 'spillover', 'drivers'];

test('every section and every plot is there, without a complaint and without a request', async () => {
  const { page, problems, requests } = await visit(address);
  expect(await page.locator('main > section').evaluateAll((all) => all.map((each) => each.id))).toEqual(section_ids);
  for (const name of chart_names) expect(await page.locator(`[data-chart="${name}"]`).count(), name).toBe(1);
  expect(await page.locator('.chart > div svg path, .chart > div svg rect').count()).toBeGreaterThan(100);
  expect(await page.locator('h1').textContent()).toBe(data.analysis.study.title);
  expect(problems).toEqual([]);
  expect(requests).toEqual([address]);
  await page.context().close();
});

test('numbers on the page are the numbers in the data', async () => {
  const { page } = await visit(address);
  const { headline, analysis } = data;
  const row = analysis.paired_differences.find((each) => each.response === headline.response && each.nation === headline.nation &&
    each.treatment === headline.treatment)!;
  const { mean, lo, hi } = estimate_parts(row);
  expect(await page.locator('[data-value="headline"]').textContent()).toContain(mean);
  expect(await page.locator('[data-value="headline"]').textContent()).toContain(`${lo} to ${hi}`);
  const cell = page.locator(`[data-chart="effects"] tr[data-treatment="${headline.treatment}"] .value`);
  expect(await cell.textContent()).toBe(`${mean} [${lo}, ${hi}]`);
  const map = data.map.find((each) => each.treatment === headline.treatment)!;
  const place = data.nations.findIndex((nation) => nation.iso3 === 'EST');
  const estonia = estimate_parts({ mean: map.mean[place], lo: map.lo[place], hi: map.hi[place] });
  expect(await page.locator('[data-chart="league"] tr[data-nation="EST"] .value').textContent()).toBe(
    `${estonia.mean} [${estonia.lo}, ${estonia.hi}]`);
  expect(await page.locator('[data-count="done"]').textContent()).toBe('7994');
  await page.context().close();
});

test('choices are shared: response, treatment and nation change every plot that has them', async () => {
  const { page, problems } = await visit(address);
  await page.locator('#effects').getByLabel('Response').selectOption({ label: 'Economic loss' });
  expect(await page.locator('[data-chart="factorial"] caption').textContent()).toContain('Economic loss');
  expect(await page.locator('[data-chart="effects"] caption').textContent()).toContain('USD m');
  await page.locator('[data-chart="effects"] tr[data-treatment="membership"] .pick').click();
  expect(await page.locator('[data-chart="league"] caption').textContent()).toContain('membership against nothing');
  expect(await page.locator('#curves .acts li').count()).toBe(1);
  await page.locator('#effects').getByLabel('Response').selectOption({ label: 'Resilience loss' });
  await page.locator('.world [data-iso3="MEX"]').first().click();
  expect(await page.locator('.nation-card').textContent()).toContain('Mexico');
  expect(await page.locator('[data-chart="league"] tr.chosen').getAttribute('data-nation')).toBe('MEX');
  await page.getByRole('button', { name: 'Show Mexico in the charts' }).click();
  expect(await page.locator('[data-chart="effects"] caption').textContent()).toContain('Mexico');
  expect(problems).toEqual([]);
  await page.context().close();
});

test('the league table sorts and filters, and reaches states too small for the map', async () => {
  const { page } = await visit(address);
  await page.getByLabel('Find a nation').fill('luxem');
  expect(await page.locator('[data-chart="league"] tbody tr').count()).toBe(1);
  await page.locator('[data-chart="league"] tbody .pick').press('Enter');
  expect(await page.locator('.nation-card').textContent()).toContain('Luxembourg');
  await page.getByLabel('Find a nation').fill('');
  await page.locator('[data-sort="name"]').click();
  expect(await page.locator('[data-chart="league"] tbody tr').first().getAttribute('data-nation')).toBe('ALB');
  await page.locator('[data-sort="name"]').click();
  expect(await page.locator('[data-chart="league"] tbody tr').first().getAttribute('data-nation')).toBe('VNM');
  await page.context().close();
});

test('the ledger filters by grade and text', async () => {
  const { page } = await visit(address);
  await page.locator('#ledger').getByRole('button', { name: 'A', exact: true }).click();
  expect(await page.locator('.ledger-table tbody tr').count()).toBe(data.factors.filter((factor) => factor.grade === 'A').length);
  await page.context().close();
});

test('every drawn chart has the same numbers as a table', async () => {
  const { page } = await visit(address);
  for (const details of await page.locator('details.numbers').all()) {
    await details.locator('summary').click();
    expect(await details.locator('tbody tr').count()).toBeGreaterThan(5);
  }
  await page.context().close();
});

for (const width of [360, 390, 768, 1600]) {
  test(`nothing is wider than a window of ${width} pixels`, async () => {
    const { page, problems } = await visit(address, width);
    const wide = await page.evaluate(() => [...document.querySelectorAll('main *')]
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.scroll, svg, .sr, pre'))
      .map((each) => `${each.tagName}.${each.getAttribute('class')} in ${each.closest('section, header')?.id}`).slice(0, 5));
    expect(wide).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(problems).toEqual([]);
    await page.context().close();
  });
}

test('light and dark follow the system until the reader chooses', async () => {
  const { page } = await visit(address, 1280, 'dark');
  const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await paper()).toBe('rgb(19, 22, 26)');
  await page.getByRole('button', { name: 'Change between light and dark' }).click();
  expect(await paper()).toBe('rgb(251, 251, 249)');
  await page.context().close();
});
