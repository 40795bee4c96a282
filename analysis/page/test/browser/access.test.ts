import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixture } from '../fixture';
import { launch, page_address } from '../page';
import { visit } from '../visit';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let address: string;

beforeAll(async () => {
  browser = await launch();
  address = page_address(fixture());
});
afterAll(async () => browser?.close());

/** What axe finds against WCAG 2.1 A and AA and its best practices, a line for each rule. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const engine = (window as unknown as { axe: { run(root: Document, options: unknown): Promise<{ violations: { id: string; nodes: { target: unknown[]; html: string }[] }[] }> } }).axe;
    const { violations } = await engine.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.length}, first ${nodes[0]!.html.slice(0, 160)}`);
  });
}

test.each([['light', 1280], ['dark', 1280], ['light', 390]] as const)('axe finds nothing against WCAG 2.1 AA: %s, %i pixels', async (scheme, width) => {
  const { page } = await visit(browser, address, width, scheme);
  expect(await findings(page)).toEqual([]);
  await page.context().close();
}, 120_000);

test('headings go down one level at a time, there is one main and one navigation, and focus is seen', async () => {
  const { page } = await visit(browser, address);
  const levels = await page.locator('h1, h2, h3, h4').evaluateAll((all) => all.filter((each) => each.checkVisibility()).map((each) => Number(each.tagName[1])));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 1).length).toBe(1);
  levels.slice(1).forEach((level, k) => expect(level - levels[k]!).toBeLessThanOrEqual(1));
  expect([await page.locator('main').count(), await page.locator('nav').count()]).toEqual([1, 1]);
  for (let k = 0; k < 12; ++k) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).not.toBe('none');
  }
  await page.context().close();
});

test('the page is under 5 MB, stands without an error, and says how long it took to open', async () => {
  const { page, problems } = await visit(browser, address, 1400);
  const { bytes, opened } = await page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return { bytes: entry!.decodedBodySize || document.documentElement.outerHTML.length, opened: Math.round(entry!.domContentLoadedEventEnd) };
  });
  console.info(`the made-up study opened in ${opened} ms`);
  expect(bytes).toBeGreaterThan(1e5);
  expect(readFileSync(new URL(address)).length).toBeLessThan(5e6);
  expect(problems).toEqual([]);
  await page.context().close();
});
