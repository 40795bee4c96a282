// The rest of the page: caveats, placebo check, failures, definitions, how to reproduce, provenance.
import { h, with_exponents } from '../dom';
import { count, date, sentence, typeset, unit_name } from '../format';
import { section, type Builder } from '../frame';
import { plain_table } from '../table';

export const caveats: Builder = ({ model }) => {
  const { caveats: texts } = model.data.headline;
  return texts.length ? section('caveats', 'Read it with care', null, h('ul', { class: 'caveats' }, texts.map((text) => h('li', {}, with_exponents(typeset(text)))))) : null;
};

export const placebo: Builder = ({ model }) => {
  const { placebo: check, study } = model.data.analysis;
  if (!check.pairs) return null;
  const clean = check.equal_before === check.pairs;
  const status = h('p', { class: clean ? 'verdict good' : 'verdict bad' },
    h('b', {}, clean ? 'Passed. ' : 'Not passed. '),
    `${count(check.equal_before)} of ${count(check.pairs)} pairs are the same, bit for bit, until the treatments first differ` +
      `${check.first_difference ? ` (${date(check.first_difference)})` : ''}.`);
  return section('placebo', 'Placebo check', 'Two treatments must give the same history up to the first date on which they differ; if they do not, the comparison is worth nothing.',
    status, h('p', {}, check.identical_throughout === 0 ? 'No pair stays the same to the end.' :
      `${count(check.identical_throughout)} pairs stay the same to the end: there the treatment never mattered.`),
    study.mechanisms_on.length > 0 && h('p', { class: 'quiet' }, `Mechanisms switched on: ${study.mechanisms_on.join(', ')}.`));
};

export const failures: Builder = ({ model }) => {
  const { failures: rows, counts } = model.data.analysis;
  if (!rows.length && !counts.failed) return null;
  return section('failures', 'Failed replications',
    `${count(counts.failed)} of ${count(counts.planned)} replications failed and are left out together with their pairs.` +
      (rows.length < counts.failed ? ` The first ${count(rows.length)} are listed.` : ''),
    plain_table({ caption: 'Which failed, and how to run them again', head: ['Point', 'Future', 'Replication', 'Message', 'Replay'],
      rows: rows.map((row) => [count(row.point), count(row.future), count(row.replication), row.message, h('code', {}, row.replay)]) }));
};

export const definitions: Builder = ({ model }) => {
  const rows = model.data.analysis.responses;
  if (!rows.length) return null;
  return section('definitions', 'What is measured', null, h('dl', { class: 'definitions' }, rows.map((row) => h('div', {},
    h('dt', {}, model.response_label(row.name), h('span', { class: 'quiet' }, row.unit === 'share' ? ', a share from 0 to 1' : unit_name(row.unit) && `, in ${unit_name(row.unit)}`)),
    h('dd', {}, row.definition ? with_exponents(sentence(row.definition)) : '–', h('span', { class: 'quiet' }, ` ${row.higher_is_worse ? 'Lower is better.' : 'Higher is better.'}`,
      row.window?.[0] ? ` From ${date(row.window[0])} to ${date(row.window[1])}.` : ''))))));
};

function copy_button(text: string): HTMLElement {
  const button = h('button', { type: 'button', class: 'plain-button', on: { click: async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      select_fallback(text);
    }
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1600);
  } } }, 'Copy');
  return button;
}

/** Copying where the clipboard interface is closed, as it is for local files in some browsers. */
function select_fallback(text: string): void {
  const field = h('textarea', { class: 'sr' });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

export const reproduce: Builder = ({ model }) => {
  const { commands } = model.data;
  if (!commands.length) return null;
  const text = commands.join('\n');
  return section('reproduce', 'How to reproduce', 'The same study, seed and build give the same numbers, bit for bit.',
    h('div', { class: 'commands' }, h('pre', { tabindex: '0', 'aria-label': 'Commands' }, h('code', {}, text)), copy_button(text)));
};

export const provenance: Builder = ({ model }) => {
  const { provenance: rows } = model.data;
  if (!rows.length) return null;
  const list = (shown: typeof rows): HTMLElement =>
    h('dl', { class: 'provenance' }, shown.map((row) => h('div', {}, h('dt', {}, row.key.replace(/^data /, '')), h('dd', {}, row.value))));
  const tables = rows.filter((row) => row.key.startsWith('data '));
  const fold = h('details', { class: 'numbers fold' }, h('summary', {}, `Checksums of ${count(tables.length)} data tables`), list(tables));
  addEventListener('beforeprint', () => { fold.open = true; });
  return section('provenance', 'Provenance', null, list(rows.filter((row) => !row.key.startsWith('data '))),
    tables.length > 0 && fold);
};
