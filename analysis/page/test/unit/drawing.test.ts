import { expect, test } from 'vitest';
import { classes_for } from '../../src/map/palette';
import { act_words, badge_rows } from '../../src/sections/curves';
import { tone_of } from '../../src/model';
import { equal_shares, quantile_at, stacked } from '../../src/quantiles';
import { domain_of, linear, round_step, size_quantile } from '../../src/scale';

test('a scale puts its ends at 0 and 100 and holds what lies beyond', () => {
  const scale = linear(-4, 6);
  expect(scale.at(-4)).toBe(0);
  expect(scale.at(6)).toBe(100);
  expect(scale.at(1)).toBe(50);
  expect(scale.at(60)).toBe(100);
  expect(scale.ticks).toEqual([-4, -2, 0, 2, 4, 6]);
});

test('ticks are round, at most as many as asked for plus one, and labelled without needless digits', () => {
  for (const [lo, hi] of [[-0.031, 0.0071], [-12345, 999], [0, 1], [-1e-7, 3e-7]] as const) {
    const scale = linear(lo, hi, 5);
    expect(scale.ticks.length).toBeLessThanOrEqual(6);
    expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
    for (const tick of scale.ticks) expect(tick >= lo - 1e-12 && tick <= hi + 1e-12).toBe(true);
  }
  expect(linear(-1, 1, 4).ticks.map(linear(-1, 1, 4).label)).toEqual(['−1', '−0.5', '0', '0.5', '1']);
  expect(linear(-3e-7, 3e-7, 4).ticks.map(linear(-3e-7, 3e-7, 4).label)).toEqual(['−2', '0', '2']);
  expect(linear(-3e-7, 3e-7, 4).power).toBe('×\u202f10⁻⁷');
  expect(round_step(9, 5)).toBe(2);
});

test('a domain holds zero and room on both sides of it, and survives having nothing to show', () => {
  const [lo, hi] = domain_of([-3, -2, null, NaN]);
  expect(lo).toBeLessThan(-3);
  expect(hi).toBeGreaterThan(0.3);
  expect(domain_of([])).toEqual([-1, 1]);
  expect(domain_of([0, 0])).toEqual([-1, 1]);
});

test('an interval is better, worse or unclear according to which side is worse', () => {
  expect(tone_of(-3, -1, true)).toBe('better');
  expect(tone_of(-3, -1, false)).toBe('worse');
  expect(tone_of(1, 3, true)).toBe('worse');
  expect(tone_of(1, 3, false)).toBe('better');
  expect(tone_of(-1, 1, true)).toBe('unclear');
  expect(tone_of(0, 1, true)).toBe('unclear');
  expect(tone_of(null, 1, true)).toBe('unknown');
  expect(tone_of(0, 0, true)).toBe('zero');
  expect(tone_of(0, 1e-300, true, true)).toBe('zero');
});

test('map classes are symmetric, grow with the size, and change sides with the meaning', () => {
  const values = Array.from({ length: 41 }, (_, k) => (k - 20) / 10);
  const classes = classes_for(values, true);
  for (const value of values) expect(classes.of(value)).toBe(-classes.of(-value)! || 0);
  expect(classes.of(-2)).toBe(4);
  expect(classes.of(2)).toBe(-4);
  expect(classes_for(values, false).of(2)).toBe(4);
  expect(classes.of(0)).toBe(0);
  expect(classes.of(null)).toBe(null);
  const steps = values.filter((value) => value <= 0).map((value) => classes.of(value)!);
  expect([...steps].sort((a, b) => b - a)).toEqual(steps);
});

test('one outlier does not set the classes of all others', () => {
  const values = [...Array.from({ length: 70 }, (_, k) => (k % 7) - 3), 1000];
  expect(classes_for(values, true).of(3)).toBeLessThan(-1);
  expect(size_quantile(values, 0.95)).toBe(3);
});

test('quantiles are interpolated between the known ones and missing ones are passed over', () => {
  expect(quantile_at([0.1, 0.5, 0.9], [1, 2, 4], 0.7)).toBeCloseTo(3);
  expect(quantile_at([0.1, 0.5, 0.9], [1, null, 4], 0.5)).toBeCloseTo(2.5);
  expect(quantile_at([0.1, 0.9], [1, 4], 0.99)).toBe(4);
  expect(quantile_at([0.1, 0.9], [1, 4], 0.01)).toBe(1);
  expect(quantile_at([], [], 0.5)).toBe(null);
});

test('shares of equal probability keep the share of futures on each side of zero', () => {
  const probabilities = Array.from({ length: 99 }, (_, k) => (k + 1) / 100);
  const values = equal_shares(probabilities, probabilities.map((p) => p - 0.8), 50);
  expect(values.length).toBe(50);
  expect(values.filter((value) => value < 0).length).toBe(40);
});

test('every value has one dot, at the value, and no two dots of a row overlap', () => {
  const values = [3, 0.2, 0.25, 0.3, -1, 0.2, 0.9];
  const dots = stacked(values, 0.5);
  expect(dots.map((dot) => dot.value)).toEqual([...values].sort((a, b) => a - b));
  for (const a of dots) {
    for (const b of dots) if (a !== b && a.row === b.row) expect(Math.abs(a.value - b.value)).toBeGreaterThanOrEqual(0.5);
  }
  expect(Math.max(...dots.map((dot) => dot.row))).toBe(4);
  expect(stacked([], 1)).toEqual([]);
});

test('numbers of interventions that lie close stand in rows of their own', () => {
  const acts = ['2019-03-01', '2021-04-13', '2021-04-20', '2022-11-04'].map((date) => ({ date }));
  expect(badge_rows(acts, ['2019-01-01', '2024-01-01'], 430)).toEqual([0, 0, 1, 0]);
  expect(badge_rows(acts, ['2019-01-01', '2024-01-01'], 9000)).toEqual([0, 0, 0, 0]);
  expect(badge_rows(acts, [], 430)).toEqual([0, 0, 0, 0]);
});

test('an intervention is named with its organisation and its status', () => {
  const act = { treatment: 't', lever: 'l', date: '2022-11-04', to: null, nation: 'JPN', action: 'membership', organisation: 'CCDCOE', status: 'CP' };
  expect(act_words(act)).toBe('membership as contributing participant, CCDCOE');
  expect(act_words({ ...act, action: 'attribution_policy', organisation: '', status: '' })).toBe('attribution policy');
});
