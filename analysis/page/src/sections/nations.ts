// Every nation: the world map beside the league table, both of one response and one treatment; the table alone where no nation has a shape.
import { segmented, select, toolbar } from '../controls';
import type { LeagueTable } from '../contract/estimates';
import type { MapEffect, Nation } from '../data';
import { fill, h } from '../dom';
import { change, estimate_long, estimate_short, is_number, number, percent, power_of_ten, shared_exponent, unit_name } from '../format';
import { section, type Builder } from '../frame';
import { class_colour, classes_for, type Classes } from '../map/palette';
import { has_shape, regions, world_map, type NationLook } from '../map/world_map';
import { tone_of, type Tone } from '../model';
import { Linked } from '../store';
import { directions } from '../whisker';
import { league_table, type LeagueRow } from './league';

type Measure = 'absolute' | 'relative';
type Evidence = 'each' | 'together';

const verdicts: Record<Tone, string> = {
  better: 'Clearly better.', worse: 'Clearly worse.', unclear: 'The interval covers 0.', zero: 'The same in every pair.',
  unknown: 'One future gives no interval.',
};

function rows_of(effect: MapEffect, nations: Nation[], treated: Set<string>, league: LeagueTable | undefined): LeagueRow[] {
  const more = new Map(league?.rows.map((row) => [row.nation, row]));
  return nations.map((nation, k) => ({
    iso3: nation.iso3, name: nation.name, member: nation.member, treated: treated.has(nation.iso3),
    mean: effect.mean?.[k] ?? null, lo: effect.lo?.[k] ?? null, hi: effect.hi?.[k] ?? null, relative: effect.relative?.[k] ?? null,
    per_year: more.get(nation.iso3)?.per_year ?? null, holm_p: more.get(nation.iso3)?.holm_p ?? null,
  }));
}

interface Painted { looks: Map<string, NationLook>; classes: Classes | null }

/** Colours for the nations whose change can be told from zero, in classes made for these alone; the others have none. */
function paint_of(rows: LeagueRow[], measure: Measure, higher_is_worse: boolean, evidence: Evidence): Painted {
  const value = (row: LeagueRow): number | null => (measure === 'relative' ? row.relative : row.mean);
  const known = rows.filter((row) => is_number(value(row)));
  const clear = known.filter((row) => is_clear(row, higher_is_worse, evidence));
  const classes = clear.length ? classes_for(clear.map(value), higher_is_worse) : null;
  const looks = new Map<string, NationLook>(known.map((row) => {
    const tone = tone_of(row.lo, row.hi, higher_is_worse);
    const level = classes && is_clear(row, higher_is_worse, evidence) ? classes.of(value(row)) : 0;
    return [row.iso3, { fill: class_colour(level), uncertain: tone !== 'zero' && !is_clear(row, higher_is_worse, evidence), exact: tone === 'zero' }];
  }));
  return { looks, classes };
}

/** Whether a nation's change can be told from zero: by its own interval, or when all nations are tested together (Holm). */
function is_clear(row: LeagueRow, higher_is_worse: boolean, evidence: Evidence): boolean {
  if (evidence === 'together' && is_number(row.holm_p) && row.holm_p >= 0.05) return false;
  return ['better', 'worse'].includes(tone_of(row.lo, row.hi, higher_is_worse));
}

/** How much the colours mean: how many there are, how many chance alone would bring, and whether any is large. */
function evidence_note(rows: LeagueRow[], higher_is_worse: boolean, smallest_effect: number | null, evidence: Evidence): HTMLElement {
  const known = rows.filter((row) => is_number(row.mean));
  const clear = known.filter((row) => is_clear(row, higher_is_worse, evidence));
  const small = is_number(smallest_effect) && clear.every((row) => is_number(row.relative) && Math.abs(row.relative) < smallest_effect);
  const text = clear.length ? `${clear.length} of ${known.length} nations have a colour; ` +
    (evidence === 'together' ? 'where nothing changes, any has one by chance in one of twenty studies (Holm).' : 'where nothing changes, one in twenty has one by chance.') +
    (small ? ` All these changes are smaller than ${percent(smallest_effect)} of the reference.` : '') :
    'No nation’s change can be told from zero, so none has a colour.';
  return h('p', { class: 'quiet small evidence' }, text);
}

/** The nine classes in the order of the axis, with the numbers at which one ends and the next begins. */
function legend({ looks, classes }: Painted, unit: string, measure: Measure, higher_is_worse: boolean): HTMLElement {
  const seen = [...looks.values()];
  const notes = [
    seen.some((look) => look.uncertain) && h('span', { class: 'key-item' }, h('span', { class: 'chip stippled' }), 'dotted: not distinguishable from zero'),
    seen.some((look) => look.exact) && h('span', { class: 'key-item' }, h('span', { class: 'chip', vars: { background: class_colour(0) } }), 'plain: exactly zero'),
    h('span', { class: 'key-item' }, h('span', { class: 'chip hatched' }), 'not in the study')];
  if (!classes) return h('div', { class: 'legend' }, h('span', { class: 'legend-notes' }, notes));
  const percents = measure === 'relative' ? 100 : 1;
  const power = shared_exponent(classes.bounds[3]! * percents);
  const text = (value: number): string => number((value * percents) / 10 ** power);
  const name = `${measure === 'relative' ? 'Change against the reference in %' : `Difference${unit ? ` in ${unit}` : ''}`}${power ? power_of_ten(power) : ''}`;
  const ends = [...classes.bounds.map((bound) => -bound).reverse(), ...classes.bounds];
  const levels = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((level) => (higher_is_worse ? -level : level));
  const { left, right } = directions(higher_is_worse);
  return h('div', { class: 'legend' },
    h('span', { class: `legend-side tone-${left}` }, left),
    h('span', { class: 'chips', 'aria-hidden': 'true' }, levels.map((level, k) => h('span', { class: 'chip-item' },
      h('span', { class: 'chip', vars: { background: class_colour(level) } }),
      k < ends.length && h('span', { class: 'chip-end' }, text(ends[k]!))))),
    h('span', { class: `legend-side tone-${right}` }, right),
    h('span', { class: 'legend-notes' },
      h('span', { class: 'key-item' }, name), notes));
}

const no_map = 'No map: the nations of this world are fictional and lie nowhere on earth. The table holds every number.';

export const nations: Builder = ({ model, store }) => {
  const effects = model.data.map;
  const responses = model.responses_in(effects);
  if (!responses.length || !model.data.nations.length) return null;
  const response = new Linked(store, 'response', responses);
  const treatments = (): string[] => model.treatments_in(effects.filter((effect) => effect.response === response.follow(responses)));
  const treatment = new Linked(store, 'treatment', treatments());
  const mapped = model.data.nations.some(({ iso3 }) => has_shape(iso3));
  let measure: Measure = 'absolute';
  let evidence: Evidence = 'each';
  const response_select = select<string>('Response', (value) => response.choose(value));
  const treatment_select = select<string>('Treatment', (value) => treatment.choose(value));
  const card = h('div', { class: 'nation-card', 'aria-live': 'polite' });
  const key = h('div');
  const bubble = h('div', { class: 'bubble', hidden: true });
  let rows: LeagueRow[] = [];

  const describe = (row: LeagueRow): (Node | string)[] => {
    const meta = model.response(response.follow(responses));
    const tone = tone_of(row.lo, row.hi, meta.higher_is_worse);
    return [h('b', {}, row.name), h('span', { class: 'quiet' }, row.treated ? ' treated' : row.member ? ' recorded member' : ' no recorded member'), h('br'),
      tone === 'zero' ? 'exactly 0' : is_number(row.mean) ? estimate_long(row, meta.unit) : 'no result',
      ...(is_number(row.relative) ? [h('br'), `${change(row.relative)} of the reference`] : []), h('br'),
      h('span', { class: `tone-${tone}` }, verdicts[tone])];
  };
  const map = world_map({
    hover(iso3, event) {
      const row = iso3 ? rows.find((candidate) => candidate.iso3 === iso3) : undefined;
      bubble.hidden = !row || !event;
      if (!row || !event) return;
      fill(bubble, describe(row));
      const frame = bubble.parentElement!.getBoundingClientRect();
      const x = event.clientX - frame.left;
      bubble.style.left = `${Math.min(Math.max(0, x + 14), Math.max(0, frame.width - bubble.offsetWidth))}px`;
      bubble.style.top = `${event.clientY - frame.top + 16}px`;
    },
    pick: (iso3) => store.set({ highlight: store.choice.highlight === iso3 ? null : iso3 }),
  });
  const league = league_table((iso3) => store.set({ highlight: store.choice.highlight === iso3 ? null : iso3 }));

  const update = (): void => {
    const name = response.follow(responses);
    const chosen = treatment.follow(treatments());
    response_select.show(responses.map((value) => ({ value, label: model.response_label(value) })), name);
    treatment_select.show(treatments().map((value) => ({ value, label: model.treatment_label(value) })), chosen);
    const meta = model.response(name);
    const effect = effects.find((candidate) => candidate.response === name && candidate.treatment === chosen);
    rows = effect ? rows_of(effect, model.data.nations, model.treated,
      model.data.analysis.league.find((table) => table.kind === 'effect' && table.response === name && table.treatment === chosen)) : [];
    const adjusted = rows.some((row) => is_number(row.holm_p));
    const shown_evidence = adjusted ? evidence : 'each';
    evidence_control.hidden = !adjusted;
    const painted = paint_of(rows, measure, meta.higher_is_worse, shown_evidence);
    if (mapped) map.paint((iso3) => painted.looks.get(iso3) ?? null);
    if (mapped) map.mark(store.choice.highlight);
    map.element.setAttribute('aria-label', `World map of the difference in ${model.response_label(name)} by nation, ` +
      `${model.treatment_label(chosen)}. The league table below holds the same numbers.`);
    const unit = unit_name(meta.unit);
    fill(key, legend(painted, unit, measure, meta.higher_is_worse), evidence_note(rows, meta.higher_is_worse, model.data.analysis.study.smallest_effect ?? null, shown_evidence));
    league.show(rows, { caption: `${model.response_label(name)}: ${model.treatment_label(chosen)} against ` +
      model.treatment_label(model.data.analysis.study.reference) + (unit ? `, in ${unit}` : ''),
      higher_is_worse: meta.higher_is_worse, highlight: store.choice.highlight });
    const marked = rows.find((row) => row.iso3 === store.choice.highlight);
    fill(card, marked ? [...describe(marked),
      h('button', { type: 'button', class: 'plain-button', on: { click: () => store.set({ nation: marked.iso3 }) } }, `Show ${marked.name} in the charts`)] :
      h('span', { class: 'quiet' }, summary_of(rows, meta.higher_is_worse)));
  };
  const evidence_control = segmented<Evidence>('Judge nations', [{ value: 'each', label: 'one by one' }, { value: 'together', label: 'all together' }], evidence,
    (value) => { evidence = value; update(); });
  const map_controls = (): HTMLElement[] => [segmented<Measure>('Colour by', [{ value: 'absolute', label: 'difference' }, { value: 'relative', label: 'relative' }], measure,
        (value) => { measure = value; update(); }),
    segmented<string>('View', regions.map(({ name, label }) => ({ value: name, label })), 'world',
      (value) => map.view(regions.find((region) => region.name === value)!)), evidence_control];
  const result = section('nations', 'Every nation',
    'The mean difference for each nation when the treatment is applied. ' + (mapped ?
      'Colour means evidence: dotted nations could lie on either side of zero. Choose a nation on the map or in the table.' : 'Choose a nation in the table.'),
    toolbar(response_select.element, treatment_select.element, ...(mapped ? map_controls() : [])),
    mapped ? h('figure', { class: 'map-frame', 'data-chart': 'map' }, map.element, bubble, key) : h('p', { class: 'quiet', 'data-chart': 'no-map' }, no_map),
    card, league.element,
    mapped && h('p', { class: 'quiet small' }, 'Boundaries: Natural Earth, 1:50 million; Crimea, the north of Cyprus and Somaliland as in the resolutions of ',
      'the United Nations. The map takes no position beyond these. Discs stand for states too small to see.'));
  store.on_change(update);
  update();
  return result;
};

function summary_of(rows: LeagueRow[], higher_is_worse: boolean): string {
  const tones = rows.filter((row) => is_number(row.mean)).map((row) => tone_of(row.lo, row.hi, higher_is_worse));
  const of = (tone: string): number => tones.filter((each) => each === tone).length;
  const best = rows.filter((row) => is_number(row.mean)).sort((a, b) => (higher_is_worse ? 1 : -1) * (a.mean! - b.mean!))[0];
  if (tones.length > 0 && of('unknown') + of('zero') === tones.length) {
    return `${tones.length} nations: ${of('unknown')} without an interval, as one future gives none, ${of('zero')} the same to the last bit.`;
  }
  return `${tones.length} nations: ${of('better')} clearly better, ${of('worse')} clearly worse, ${of('unclear')} with an interval that covers 0` +
    (of('zero') ? `, ${of('zero')} the same to the last bit.` : '.') +
    (best ? ` Largest gain: ${best.name}, ${estimate_short(best)}.` : '');
}
