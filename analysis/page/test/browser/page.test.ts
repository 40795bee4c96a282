import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { estimate_parts } from '../../src/format';
import type { ReportData } from '../../src/data';
import { domain_of } from '../../src/scale';
import { few_futures, fixture } from '../fixture';
import { launch, page_address } from '../page';
import { drawn, visit as visit_in, type Visit } from '../visit';

const data = fixture();

/** A study whose treatments are dates, not levers: long names, no factorial, no curves, numbers missing. */
function other_study(): ReportData {
  const study = fixture();
  const { analysis } = study;
  analysis.factorial = null;
  analysis.study.levers = [];
  analysis.study.treatments = analysis.study.treatments.slice(0, 6).map((treatment, k) =>
    ({ ...treatment, levels: [], label: `all steps ${k} years earlier than recorded, membership as it was` }));
  analysis.spillover = analysis.spillover.filter((_row, k) => k % 5 > 0);
  analysis.failures = [];
  analysis.counts = { planned: 9000, done: 7000, failed: 0, censored: 0 };
  study.curves = [];
  study.factors[0]!.correlation = null;
  const hostile = '</script><img src=x onerror="document.title=1"> & <b>bold</b>';
  analysis.study.question = hostile;
  study.headline.caveats.push(hostile);
  study.nations[0]!.name = hostile;
  for (const row of analysis.paired_differences.slice(0, 40)) {
    Object.assign(row, { mean: null, lo: null, hi: null, predictive_lo: null, predictive_hi: null, share_better: null, relative: null });
  }
  study.map[0]!.mean.fill(null as unknown as number);
  return study;
}
const visit = (url: string, width?: number, scheme?: 'light' | 'dark'): Promise<Visit> => visit_in(browser, url, width, scheme);
let browser: Browser;
let address: string;

let looked_at: Visit;  // for tests that change nothing

beforeAll(async () => {
  browser = await launch();
  address = page_address(data);
  looked_at = await visit(address);
});
afterAll(async () => browser?.close());

const section_ids = ['caveats', 'verdict', 'prior-sets', 'nations', 'own-league', 'regime', 'spillover', 'effects', 'factorial', 'distributions', 'differences', 'curves',
  'timeline', 'why', 'sensitivity', 'variance', 'discovery', 'robustness', 'rare-event', 'convergence', 'stopping', 'placebo', 'failures', 'ledger',
  'definitions', 'provenance', 'reproduce'];
const chart_names = ['verdict', 'prior-sets', 'map', 'league', 'own-league', 'regime', 'spillover', 'effects', 'factorial', 'distributions', 'differences', 'shares', 'curves',
  'timeline', 'monthly', 'parting', 'why', 'sensitivity', 'pairs', 'variance', 'boxes', 'scatter', 'peeling', 'leaves', 'choices', 'options', 'pareto', 'rare-event',
  'convergence'];

test('every section and every plot is there, without a complaint and without a request', async () => {
  const { page, problems, requests } = looked_at;
  expect(await page.locator('main > section').evaluateAll((all) => all.map((each) => each.id))).toEqual(section_ids);
  for (const name of chart_names) expect(await page.locator(`[data-chart="${name}"]`).count(), name).toBe(1);
  expect(await page.locator('.chart > div svg path, .chart > div svg rect').count()).toBeGreaterThan(100);
  expect(await page.locator('h1').textContent()).toBe(data.analysis.study.title);
  expect(problems).toEqual([]);
  expect(requests).toEqual([address]);
});

test('numbers on the page are the numbers in the data', async () => {
  const { page } = looked_at;
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

test('the mean of small differences is drawn where it lies', async () => {
  const { page } = await visit(address);
  await page.locator('#effects').getByLabel('Response').selectOption({ label: 'Public trust' });
  const { treatment, nation } = data.headline;
  const here = (row: { response: string; nation: string | null; treatment: string }): boolean =>
    row.response === 'public_trust' && row.nation === nation && row.treatment === treatment;
  const [lo, hi] = domain_of(data.difference_distributions.find(here)!.quantiles, 0.06);
  const { mean } = data.analysis.paired_differences.find(here)!;
  const drawn = await page.evaluate(() => {
    const box = document.querySelector('[data-chart="differences"]')!.getBoundingClientRect();
    const line = document.querySelector('[data-chart="differences"] path[stroke-dasharray]')!.getBoundingClientRect();
    return (line.left + line.width / 2 - box.left - 18) / (box.width - 36);
  });
  expect(Math.abs(drawn - (mean - lo) / (hi - lo))).toBeLessThan(0.003);
  await page.context().close();
});

test('the league table sorts and filters, and reaches states too small for the map', async () => {
  const { page } = await visit(address);
  await page.getByLabel('Find a nation').fill('luxem');
  expect(await page.locator('[data-chart="league"] tbody tr').count()).toBe(1);
  await page.locator('[data-chart="league"] tbody .pick').press('Enter');
  expect(await page.locator('.nation-card').textContent()).toContain('Luxembourg');
  await page.getByLabel('Find a nation').fill('');
  const others = page.locator('[data-chart="league"] tbody:not(.pinned) tr');
  await page.locator('[data-sort="name"]').click();
  expect(await others.first().getAttribute('data-nation')).toBe('ALB');
  await page.locator('[data-sort="name"]').click();
  expect(await others.first().getAttribute('data-nation')).toBe('VNM');
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
  for (const details of await page.locator('figure:visible details.numbers').all()) {
    await details.locator('summary').click();
    await details.locator('tbody tr').first().waitFor();
    expect(await details.locator('tbody tr').count()).toBeGreaterThan(1);
  }
  await page.context().close();
});

test.each([['a factorial', data], ['a study of dates', other_study()]])('nothing is wider than the window: %s', async (_name, study) => {
  const { page, problems } = await visit(page_address(study), 1600);
  for (const width of [1600, 768, 390, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await drawn(page);
    const wide = await page.evaluate(() => [...document.querySelectorAll('main *')]
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.scroll, svg, .sr, pre'))
      .map((each) => `${each.tagName}.${each.getAttribute('class')} in ${each.closest('section, header')?.id}`).slice(0, 5));
    expect(wide, String(width)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  expect(problems).toEqual([]);
  await page.context().close();
});

const dot_path = '[data-chart="differences"] svg path[transform]';

test('two futures are two dots at their values, at any width', async () => {
  const study = few_futures(2);
  study.analysis.sensitivity = null;
  const { page } = await visit(page_address(study), 1400);
  const { headline } = study;
  const { values, quantiles } = { values: [] as number[], quantiles: [], ...study.difference_distributions.find((row) =>
    row.response === headline.response && row.nation === headline.nation && row.treatment === headline.treatment) };
  expect(quantiles.length).toBeGreaterThan(values.length);
  const [lo, hi] = domain_of(values, 0.06);
  for (const width of [1400, 420]) {
    await page.setViewportSize({ width, height: 900 });
    await drawn(page);
    const centres = await page.locator(dot_path).evaluateAll((all) => all.map((each) => {
      const box = each.closest('.chart')!.getBoundingClientRect();
      const dot = each.getBoundingClientRect();
      return (dot.left + dot.width / 2 - box.left - 18) / (box.width - 36);
    }));
    expect(centres.length, String(width)).toBe(2);
    values.forEach((value, k) => expect(Math.abs(centres[k]! - (value - lo) / (hi - lo))).toBeLessThan(0.004));
  }
  expect(await page.locator('#differences .lead').textContent()).toContain('Each dot is one of the 2 futures');
  expect(await page.locator('#drivers').textContent()).toContain('needs at least 5 futures');
  await page.context().close();
});

test('one future gives no interval, no range and no shares, and the page says so', async () => {
  const { page, problems } = await visit(page_address(few_futures(1)));
  expect(await page.locator('[data-value="headline"]').textContent()).toContain('no interval');
  expect(await page.locator('.answer-plot .facts').textContent()).not.toMatch(/95 %|better/);
  expect(await page.locator('.answer-plot .facts').textContent()).toContain('1 future, 1 pair');
  expect(await page.locator('[data-chart="shares"] table').count()).toBe(0);
  expect(await page.locator('[data-chart="effects"] .outer, [data-chart="effects"] .inner').count()).toBe(0);
  expect(await page.evaluate(() => document.body.innerText.match(/–, –|interval – |NaN/g))).toBe(null);
  expect(problems).toEqual([]);
  await page.context().close();
});
test('a world of fictional nations has its table and says that there is no map', async () => {
  const study = fixture();
  study.nations = study.nations.map((nation, k) => ({ ...nation, iso3: `X${String.fromCharCode(65 + Math.floor(k / 26), 65 + (k % 26))}` }));
  const { page, problems } = await visit(page_address(study));
  expect(await page.locator('[data-chart="map"]').count() + await page.locator('svg.world').count()).toBe(0);
  expect(await page.locator('[data-chart="no-map"]').textContent()).toContain('No map');
  expect(await page.locator('#nations').textContent()).not.toMatch(/Boundaries|Asia-Pacific|on the map/);
  expect(await page.locator('[data-chart="league"] tbody tr').count()).toBeGreaterThan(10);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('on the map colour means evidence: a nation whose interval covers zero has none', async () => {
  const study = fixture();
  for (const layer of study.map) {
    layer.mean = layer.mean.map((_, k) => (k % 2 ? 4 : -3) * 1e-8);
    layer.lo = layer.mean.map((mean, k) => (k === 0 ? 2 * mean : -1e-7));
    layer.hi = layer.mean.map((mean, k) => (k === 0 ? mean / 2 : 1e-7));
  }
  const { page } = await visit(page_address(study));
  const colour = (iso3: string): Promise<string | null> => page.locator(`.world [data-iso3="${iso3}"]`).first().getAttribute('fill');
  expect(await colour(study.nations[0]!.iso3)).toContain('better');
  for (const { iso3 } of study.nations.slice(1)) expect(await colour(iso3), iso3).toBe('var(--map-0)');
  expect(await page.locator('.world .stipple').count()).toBeGreaterThanOrEqual(study.nations.length - 1);
  expect(await page.locator('.legend').textContent()).toContain('not distinguishable from zero');
  expect(await page.locator('.evidence').textContent()).toContain('1 of 71 nations');
  await page.context().close();
});
test('the treated nation stays on top of the league table, marked as treated and not as a member', async () => {
  const { page } = looked_at;
  const top = page.locator('[data-chart="league"] tbody tr').first();
  expect(await top.getAttribute('data-nation')).toBe('JPN');
  expect(await top.locator('.badge').getAttribute('title')).toBe('treated');
  expect(await page.locator('[data-chart="league"] tr[data-nation="EST"] .badge').getAttribute('title')).toBe('recorded member');
  expect(await page.locator('.league-block .key').textContent()).toContain('recorded member');
});

test('labels of an axis do not overlap, however small the numbers', async () => {
  const study = fixture();
  for (const layer of study.map) {
    for (const list of [layer.mean, layer.lo, layer.hi]) list.forEach((value, k) => { list[k] = value * 1e-3; });
  }
  const { page } = await visit(page_address(study));
  for (const width of [1400, 500, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const overlaps = await page.evaluate(() => [...document.querySelectorAll('.axis')].flatMap((axis) => {
      const boxes = [...axis.querySelectorAll('.tick')].map((tick) => tick.getBoundingClientRect()).filter((box) => box.width > 0);
      return boxes.slice(1).filter((box, k) => box.left < boxes[k]!.right).map(() => axis.closest('[data-chart]')?.getAttribute('data-chart') ?? 'head');
    }));
    expect(overlaps, String(width)).toEqual([]);
  }
  expect(await page.locator('[data-chart="league"] .power').textContent()).toContain('10⁻');
  await page.context().close();
});
test('exponents in definitions are set high, and units are words', async () => {
  const study = fixture();
  study.analysis.responses[0]!.definition = '4 million x 2^(severity - 3) for each case';
  study.analysis.responses[3]!.unit = 'share';
  const { page } = await visit(page_address(study));
  expect(await page.locator('#definitions sup').textContent()).toBe('severity − 3');
  expect(await page.locator('#definitions').textContent()).not.toMatch(/\^|in share|in d\b/);
  await page.context().close();
});

test('a study without factorial and curves, with numbers missing and hostile names, is shown without them', async () => {
  const { page, problems, requests } = await visit(page_address(other_study()));
  const ids = await page.locator('main > section').evaluateAll((all) => all.map((each) => each.id));
  expect(ids).toEqual(section_ids.filter((id) => !['factorial', 'curves', 'failures'].includes(id)));
  expect(await page.locator('main img, main b b').count()).toBe(0);
  expect(await page.title()).toContain(data.analysis.study.title);
  expect(await page.locator('.question').textContent()).toContain('<b>bold</b>');
  expect(await page.locator('.counts .warning').textContent()).toContain('2000 replications have not run');
  expect(await page.evaluate(() => document.body.innerText.match(/NaN|undefined|null|Infinity/g))).toBe(null);
  expect(problems).toEqual([]);
  expect(requests.length).toBe(1);
  await page.context().close();
});

test.each([['no data at all', {}], ['nulls everywhere', { analysis: { study: null, counts: null }, headline: null, map: null }]])(
  'the page stands with %s', async (_name, study) => {
    const { page, problems } = await visit(page_address(study));
    expect(await page.locator('h1').textContent()).toBe('Report');
    expect(problems).toEqual([]);
    await page.context().close();
  });

test('on paper all is light, whole and without controls', async () => {
  const { page } = await visit(address, 690, 'dark');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(251, 251, 249)');
  expect(await page.locator('select:visible, button.plain-button:visible, .contents:visible').count()).toBe(0);
  expect(await page.evaluate(() => document.querySelector('.league')!.scrollHeight <= document.querySelector('.league')!.clientHeight + 1)).toBe(true);
  await page.context().close();
});

test('every control has a name and every plot its words', async () => {
  const { page } = looked_at;
  const nameless = await page.evaluate(() => [...document.querySelectorAll('button, select, input, a[href]')].filter((each) => {
    const label = (each as HTMLInputElement).labels?.[0]?.textContent ?? '';
    return !(each.getAttribute('aria-label') || each.textContent?.trim() || label.trim());
  }).map((each) => each.outerHTML.slice(0, 80)));
  expect(nameless).toEqual([]);
  for (const image of await page.locator('[role="img"]').all()) expect((await image.getAttribute('aria-label'))?.length).toBeGreaterThan(10);
});

test('light and dark follow the system until the reader chooses, and text stands out by 4.5 to 1 in both', async () => {
  const { page } = await visit(address, 1280, 'dark');
  const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await paper()).toBe('rgb(19, 22, 26)');
  expect(await page.evaluate(poor_contrasts)).toEqual([]);
  await page.getByRole('button', { name: 'Change between light and dark' }).click();
  expect(await paper()).toBe('rgb(251, 251, 249)');
  expect(await page.evaluate(poor_contrasts)).toEqual([]);
  await page.context().close();
});

/** Pairs of text and ground below WCAG's AA; runs in the page. */
function poor_contrasts(): string[] {
  const style = getComputedStyle(document.documentElement);
  const luminance = (name: string): number => {
    const code = style.getPropertyValue(name).trim();
    const part = (k: number): number => {
      const value = parseInt(code.slice(1 + 2 * k, 3 + 2 * k), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2);
  };
  const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return ['--ink', '--soft', '--accent', '--better', '--worse', '--unclear', '--good'].flatMap((text) =>
    ['--paper', '--surface', '--sunk', '--chosen'].filter((ground) => !(contrast(luminance(text), luminance(ground)) >= 4.5))
      .map((ground) => `${text} on ${ground}`));
}
