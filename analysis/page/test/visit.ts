// A look at the built page in Chromium.
import type { Browser, Page } from 'playwright-core';

export interface Visit { page: Page; problems: string[]; requests: string[] }

/** A visit without a network; what the page complains of or asks for is written down. */
export async function visit(browser: Browser, url: string, width = 1280, colorScheme: 'light' | 'dark' = 'light', reducedMotion: 'reduce' | 'no-preference' = 'no-preference'): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion, offline: true });
  const page = await context.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) problems.push(message.text()); });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => { if (!request.url().startsWith('data:')) requests.push(request.url()); });
  await page.goto(url);
  await page.waitForSelector('html[data-ready]');
  await drawn(page);
  return { page, problems, requests };
}

/** Waits until every chart has its drawing, at the width that it has now. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('.chart')].every((chart) => chart.clientWidth === 0 ||
    Number(chart.querySelector('svg')?.getAttribute('width')) === Math.floor(chart.clientWidth)));
}
