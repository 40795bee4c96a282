import { geoContains } from 'd3-geo';
import { expect, test } from 'vitest';
import { complete, type ReportData } from '../../src/data';
import { iso3_of, known_nations } from '../../src/map/iso';
import { countries, has_shape } from '../../src/map/world_map';
import { Model } from '../../src/model';
import { chance_limit, no_drivers, strongest } from '../../src/sections/factors';
import { sorted_rows, type LeagueRow } from '../../src/sections/league';
import { Linked, Store } from '../../src/store';
import { fixture } from '../fixture';
import { nations } from '../nations';

const data = fixture();

test('the fixture is the same every time', () => {
  expect(JSON.stringify(fixture())).toBe(JSON.stringify(data));
});

test('every nation of the world model has its place on the map', () => {
  const drawn = new Set(countries.map((country) => iso3_of(country.id)));
  expect(known_nations().sort()).toEqual(nations.map((nation) => nation.iso3).sort());
  for (const { iso3 } of nations) expect(drawn.has(iso3), iso3).toBe(true);
});

test('a code that ISO 3166 leaves to private use has no shape, so a fictional nation is never drawn as a real one', () => {
  for (const { iso3 } of nations) expect(has_shape(iso3), iso3).toBe(true);
  for (const iso3 of ['XBE', 'XCR', 'XAM', 'XZZ', '', 'jpn']) expect(has_shape(iso3), iso3).toBe(false);
});

test('codes and outlines agree: capitals lie in the nation whose code is theirs', () => {
  const capitals: [string, [number, number]][] = [['JPN', [139.7, 35.7]], ['EST', [24.75, 59.35]], ['TWN', [121, 24]], ['USA', [-98, 39]],
    ['ZAF', [28.2, -25.7]], ['CYP', [33.3, 35.1]], ['UKR', [30.5, 50.4]], ['KOR', [127.5, 36.5]], ['PRK', [126.5, 39.5]], ['SRB', [20.8, 44]]];
  for (const [iso3, place] of capitals) {
    const found = countries.filter((country) => geoContains(country, place)).map((country) => iso3_of(country.id));
    expect(found, iso3).toEqual([iso3]);
  }
});

test('boundaries follow the resolutions of the United Nations, and Kosovo counts as no nation of the model', () => {
  const at = (place: [number, number]): string[] =>
    countries.filter((country) => geoContains(country, place)).map((country) => country.properties.name);
  expect(at([34.1, 45])).toEqual(['Ukraine']);
  expect(at([33.6, 35.3])).toEqual(['Cyprus']);
  expect(iso3_of(countries.find((country) => country.properties.name === 'Kosovo')!.id)).toBe(null);
});

test('data with parts missing or null are completed, not refused', () => {
  for (const raw of [{}, { analysis: null, headline: null, nations: null }, { analysis: { study: null, factorial: null } }]) {
    const model = new Model(complete(raw as unknown as Partial<ReportData>));
    expect(model.difference('x', null, 'y')).toBe(undefined);
    expect(model.data.analysis.study.treatments).toEqual([]);
    expect(model.factorial_levels).toBe(false);
  }
});

test('lookups find the row of response, nation and treatment', () => {
  const model = new Model(complete(data));
  const row = data.analysis.paired_differences.find((each) => each.nation === null && each.response === 'resilience_loss')!;
  expect(model.difference('resilience_loss', null, row.treatment)).toBe(row);
  expect(model.nation_name('JPN')).toBe('Japan');
  expect(model.nation_name(null)).toBe('World');
  expect(model.factorial_levels).toBe(true);
  const places = model.nations_in(data.analysis.paired_differences, 'resilience_loss');
  expect(places.slice(0, 3)).toEqual(['JPN', null, 'ALB']);
  expect(places.length).toBe(72);
});

test('the league sorts by any column and keeps nations without a number at the end', () => {
  const row = (name: string, mean: number | null): LeagueRow => ({ iso3: name, name, member: false, treated: false, mean, lo: mean, hi: mean, relative: null });
  const rows = [row('B', 2), row('A', null), row('D', -1), row('C', 2)];
  expect(sorted_rows(rows, 'mean', false).map((each) => each.name)).toEqual(['D', 'B', 'C', 'A']);
  expect(sorted_rows(rows, 'mean', true).map((each) => each.name)).toEqual(['B', 'C', 'D', 'A']);
  expect(sorted_rows(rows, 'name', true).map((each) => each.name)).toEqual(['D', 'C', 'B', 'A']);
});

test('the strongest factors come first, whatever their sign', () => {
  const shown = strongest(data.factors, 3);
  expect(shown.map((factor) => factor.name)).toEqual(['p_share', 'theta8', 'theta1']);
});

test('sections share a choice, and keep their own where they lack the shared one', () => {
  const store = new Store({ response: 'a', nation: null, treatment: 't', highlight: null });
  const narrow = new Linked(store, 'response', ['a', 'b']);
  const wide = new Linked(store, 'response', ['a', 'b', 'c']);
  let calls = 0;
  store.on_change(() => { calls += 1; });
  wide.choose('c');
  expect(wide.follow(['a', 'b', 'c'])).toBe('c');
  expect(narrow.follow(['a', 'b'])).toBe('a');
  narrow.choose('b');
  expect(wide.follow(['a', 'b', 'c'])).toBe('b');
  narrow.choose('b');
  expect(calls).toBe(2);
});

test('a correlation is told from chance by the number of futures', () => {
  expect(no_drivers(2, 0)).toContain('at least 5 futures, and 2 were drawn');
  expect(no_drivers(50, 0)).toContain('No factor');
  expect(no_drivers(5, 3)).toBe(null);
  expect(chance_limit(4)).toBe(1);
  expect(chance_limit(101)).toBeCloseTo(0.196, 3);
});
