import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { end_of, kept, counts_until, in_view, kinds } from '../../src/timeline/events';
import type { History } from '../../src/contract/histories';
import { fixture } from '../fixture';
import { launch, page_address } from '../page';
import { visit, type Visit } from '../visit';

const data = fixture();
const { months, histories } = data.timeline!;
const { treatment, reference } = data.headline;
const everything = { kinds: new Set<string>(kinds.map(({ kind }) => kind)), actor: null, least_severity: 0 };
const history = (label: string, name: string): History => histories.find((each) => each.label === label && each.treatment === name)!;

let browser: Browser;
let seen: Visit;

beforeAll(async () => {
  browser = await launch();
  seen = await visit(browser, page_address(data));
});
afterAll(async () => browser?.close());

const slider = (page: Page) => page.locator('#timeline input[type="range"]');
const shown = (page: Page, role: string): Promise<string | null> => page.locator(`#timeline [data-count="${role}-incidents"]`).textContent();
const drawn_at = (page: Page): Promise<number> => page.evaluate(() => Number(document.querySelector('#timeline .cursor')!.getAttribute('x1')));

/** Incidents until the end of a month, as they stand in the data. */
function counted(label: string, name: string, month: string): string {
  return String(counts_until(history(label, name).events, end_of(month)).incidents);
}

test('every event of both histories is drawn, and the counts are those of the data', async () => {
  const { page } = seen;
  const events = [...history('typical', treatment).events, ...history('typical', reference).events];
  expect(await page.locator('#timeline .event:not(.sample)').count()).toBe(events.length);
  expect(await page.locator('#timeline .flag').allTextContents()).toEqual(['liaison', 'exercise', 'attribution', 'membership']);
  expect(await shown(page, 'treatment')).toBe(counted('typical', treatment, months[months.length - 1]!));
});

test('the slider goes by keyboard: arrows month by month, Home and End to the ends, and says where it is', async () => {
  const { page, problems } = seen;
  await slider(page).focus();
  await page.keyboard.press('Home');
  expect(await slider(page).getAttribute('aria-valuetext')).toContain('Jan\u00a02018');
  expect(await shown(page, 'reference')).toBe(counted('typical', reference, months[0]!));
  const first = await drawn_at(page);
  for (let k = 0; k < 14; ++k) await page.keyboard.press('ArrowRight');
  expect(await slider(page).inputValue()).toBe('14');
  expect(await slider(page).getAttribute('aria-valuetext')).toContain('Mar\u00a02019');
  expect(await shown(page, 'treatment')).toBe(counted('typical', treatment, months[14]!));
  expect(await drawn_at(page)).toBeGreaterThan(first);
  const listed = in_view([kept(history('typical', treatment), everything), kept(history('typical', reference), everything)], end_of(months[2]!), end_of(months[14]!));
  expect(await page.locator('#timeline [data-events]').getAttribute('data-events')).toBe(String(listed.length));
  expect(await page.locator('.events-in-view tbody tr').count()).toBe(listed.length);
  await page.waitForFunction(() => document.querySelector('#timeline [aria-live]')!.textContent!.includes('Mar\u00a02019'));
  await page.keyboard.press('End');
  expect(await slider(page).inputValue()).toBe(String(months.length - 1));
  expect(problems).toEqual([]);
});

test('dragging in the picture moves the slider, and Play runs until it is paused', async () => {
  const { page } = seen;
  await page.locator('[data-chart="timeline"]').scrollIntoViewIfNeeded();
  const box = (await page.locator('[data-chart="timeline"]').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
  await page.mouse.up();
  expect(Math.abs(Number(await slider(page).inputValue()) / (months.length - 1) - 0.5)).toBeLessThan(0.05);
  const before = Number(await slider(page).inputValue());
  await page.getByRole('button', { name: 'Play the months' }).click();
  await page.waitForFunction((from) => Number(document.querySelector<HTMLInputElement>('#timeline .scrub')!.value) > from + 1, before);
  await page.getByRole('button', { name: 'Pause' }).click();
  const stopped = await slider(page).inputValue();
  await page.waitForTimeout(500);
  expect(await slider(page).inputValue()).toBe(stopped);
});

test('filters by history, kind, actor and severity leave what they name', async () => {
  const { page } = seen;
  const section = page.locator('#timeline');
  await section.getByLabel('History').selectOption({ label: 'Worst' });
  await section.getByLabel('Attributions').uncheck();
  await section.getByLabel('Effects').uncheck();
  await section.getByLabel('Actor').selectOption({ label: 'Russia 1' });
  await section.getByLabel('Severity').selectOption({ label: '3 or more' });
  const filter = { kinds: new Set(['incident']), actor: 'RUS-1', least_severity: 3 };
  const left = [treatment, reference].map((name) => kept(history('worst', name), filter).length);
  expect(await page.locator('#timeline .event:not(.sample)').count()).toBe(left[0]! + left[1]!);
  expect(left[0]! + left[1]!).toBeGreaterThan(0);
  await section.getByLabel('Attributions').check();
  await section.getByLabel('Effects').check();
});

test('all histories together show the mean and range of the month', async () => {
  const { page, problems } = seen;
  await page.locator('#timeline').getByRole('button', { name: 'all histories' }).click();
  await page.waitForSelector('[data-chart="monthly"] svg');
  expect(await page.locator('[data-chart="monthly"] .band').count()).toBe(2);
  expect((await page.locator('[data-chart="monthly"] .line.treatment').getAttribute('d'))!.split('L').length).toBe(months.length);
  await slider(page).focus();
  await page.keyboard.press('Home');
  const row = data.timeline!.aggregated.find((each) => each.kind === 'incidents' && each.treatment === treatment)!;
  expect(await page.locator('#timeline .sum.treatment').textContent()).toContain(String(Number(row.mean[0]!.toPrecision(3))));
  expect(problems).toEqual([]);
});

test('where motion is unwelcome the button steps by one month instead of playing', async () => {
  const { page } = await visit(browser, page_address(data), 1280, 'light', 'reduce');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await page.getByRole('button', { name: 'One month on' }).click();
  await page.waitForTimeout(500);
  expect(await slider(page).inputValue()).toBe('1');
  await page.context().close();
});
