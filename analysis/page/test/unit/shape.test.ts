import { expect, test } from 'vitest';
import { read_sensitivity } from '../../src/contract/policy';
import { months_of } from '../../src/timeline/events';
import { limit_span, limit_words } from '../../src/sections/discovery';
import { gap_of, lanes_of } from '../../src/sections/why';
import { apart, log_axis } from '../../src/axes';
import { flag, list, maybe, num, records, text } from '../../src/shape';

test('a reader gives its shape whatever it is handed', () => {
  for (const raw of [null, undefined, 7, 'x', [], {}, NaN, Infinity, true]) {
    expect(num(raw)).toBe(raw === 7 ? 7 : null);
    expect(typeof text(raw)).toBe('string');
    expect(typeof flag(raw)).toBe('boolean');
    expect(list(num)(raw)).toEqual([]);
    expect(records({ a: num })(raw)).toEqual([]);
  }
  expect(maybe({ a: num })([])).toBe(null);
  expect(records({ a: num })([{ a: 1, b: 2 }, null, 3])).toEqual([{ a: 1 }]);
  expect(list(num)([1, null, 'x'])).toEqual([1, null, null]);
  expect(read_sensitivity({ factors: [{ name: 'f', sobol: null }] })!.factors[0]!.sobol).toBe(null);
});

test('limits lie where the range says, open ends reach its ends, and a range without width gives none', () => {
  const limit = { factor: 'f', unit: 'd', lo: null, hi: 3, quasi_p: null, range: [1, 5], found_again_lo: null, found_again_hi: null };
  expect(limit_span(limit)).toEqual([0, 50]);
  expect(limit_span({ ...limit, lo: 2, hi: null })).toEqual([25, 100]);
  expect(limit_span({ ...limit, range: [2, 2] })).toBe(null);
  expect(limit_words(limit)).toBe('below 3\u00a0days');
});

test('months run from the first to the last event where none are given, and lanes follow first appearance', () => {
  const event = (date: string) => ({ date }) as never;
  expect(months_of([], [{ events: [event('2020-11-03'), event('2021-01-30'), event('no date')] } as never])).toEqual(['2020-11', '2020-12', '2021-01']);
  expect(lanes_of(['b', 'a', 'b', 'c'])).toEqual([0, 1, 0, 2]);
});

test('a step says how long after the step before it comes, also where its cause lies further back', () => {
  const step = (date: string, delay_d: number | null) => ({ date, delay_d }) as never;
  expect(gap_of(step('2026-12-07', 144), step('2026-12-07', 0.3)).days).toBe(0.3);
  expect(gap_of(step('2027-05-23', 167), step('2027-08-21', 257))).toEqual({ days: 90, said: '90 days later' });
  expect(gap_of(step('2026-01-01', null), step('2026-01-01', 7)).said).toBe('the same day');
  expect(gap_of(step('', null), step('2026-01-03', 4)).days).toBe(4);
});

test('labels are moved apart and stay within bounds; a logarithmic axis is even in factors', () => {
  expect(apart([10, 11, 12], 5, 0, 100)).toEqual([10, 15, 20]);
  expect(apart([98, 99], 5, 0, 100)).toEqual([95, 100]);
  const axis = log_axis(1, 100, 0, 200);
  expect(axis.at(10)).toBeCloseTo(100, 9);
  expect(axis.ticks.map((tick) => tick.text)).toEqual(['1', '10', '100']);
});
