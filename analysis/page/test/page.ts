// The built page with data in it, as berylia writes it, opened in Debian's Chromium.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
export const template_path = process.env.BERYLIA_PAGE_TEMPLATE ?? join(here, '..', 'dist', 'report.html');
const chromium_path = process.env.BERYLIA_CHROMIUM ?? '/usr/bin/chromium';
export const marker = '__BERYLIA_DATA__';

/** The template with `data` in place of the marker; writes it to a file and gives its address. */
export function page_address(data: unknown): string {
  if (!existsSync(template_path)) throw new Error(`${template_path} is missing: run "npm run build" first`);
  const template = readFileSync(template_path, 'utf8');
  const parts = template.split(marker);
  if (parts.length !== 2) throw new Error(`the template holds the marker ${parts.length - 1} times, not once`);
  const path = join(mkdtempSync(join(tmpdir(), 'berylia-page-')), 'report.html');
  writeFileSync(path, parts.join(JSON.stringify(data).replace(/</g, '\\u003c')));
  return pathToFileURL(path).href;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromium_path, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}
