// Reports of seconds-long studies as berylia writes them, each beside what `berylia analyze --json` says of the same file.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ReportData } from '../../src/data';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
const program = process.env.BERYLIA_PROGRAM ?? join(root, 'build', 'release', 'berylia');
export const folder = mkdtempSync(join(tmpdir(), 'berylia-reports-'));
export const clear_away = (): void => rmSync(folder, { recursive: true });

export type Analysis = ReportData['analysis'] & { headline: ReportData['headline'] };
export interface Report { name: string; html: string; address: string; analysis: Analysis; data: ReportData }

const berylia = (...words: string[]): string => execFileSync(program, words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });

function campaign(study: string, options: string[]): string {
  const results = join(folder, `${study}.h5`);
  berylia('run', `configs/smoke/${study}.toml`, '-o', results, '--progress', 'none', ...options);
  return results;
}

/** What stands in the page as data: its place in the text, and the data. */
function embedded(html: string): { from: number; to: number } {
  const from = html.indexOf('{"format":1');
  return { from, to: html.indexOf('</script>', from) };
}

/** A report of a smoke study, beside others under other priors. */
export function report(study: string, options: string[] = [], beside: string[] = []): Report {
  const results = campaign(study, options);
  const others = beside.flatMap((other) => ['--beside', campaign(other, [])]);
  const html = join(folder, `${study}.html`);
  berylia('report', results, '-o', html, '--no-replay', ...others);
  const text = readFileSync(html, 'utf8');
  const { from, to } = embedded(text);
  return { name: study, html: text, address: pathToFileURL(html).href, analysis: JSON.parse(berylia('analyze', results, '--json', ...others)) as Analysis,
    data: JSON.parse(text.slice(from, to)) as ReportData };
}

/** The same page with its data altered by `alter`. */
export function altered(source: Report, alter: (data: ReportData) => void): string {
  const { from, to } = embedded(source.html);
  const data = JSON.parse(source.html.slice(from, to)) as ReportData;
  alter(data);
  const path = join(folder, 'altered.html');
  writeFileSync(path, source.html.slice(0, from) + JSON.stringify(data).replace(/</g, '\\u003c') + source.html.slice(to));
  return pathToFileURL(path).href;
}
