import { expect, test } from 'vitest';
import {
  change, counted, date, estimate_long, estimate_mean, estimate_parts, estimate_short, listed, number, percent, quantity, sentence, signed, typeset, unit_name, words,
} from '../../src/format';

test('numbers have a true minus sign and grouped thousands, and no minus zero', () => {
  expect(number(-1234567.891, 1)).toBe('−1\u202f234\u202f567.9');
  expect(number(9999, 0)).toBe('9999');
  expect(number(-0.0004, 2)).toBe('0.00');
});

test('what is missing is a dash, never NaN', () => {
  for (const nothing of [null, undefined, NaN, Infinity]) {
    expect(number(nothing)).toBe('–');
    expect(percent(nothing)).toBe('–');
    expect(change(nothing)).toBe('–');
    expect(quantity(nothing, 'days')).toBe('–');
    expect(estimate_long({ mean: nothing, lo: 1, hi: 2 }, 'days')).toBe('–');
  }
});

test('numbers have three significant digits and none that say nothing, like the sentences of the analysis', () => {
  const cases: [number, string][] = [[1.1481, '1.15'], [0.0043812, '0.00438'], [0.0996, '0.0996'], [9.999, '10'], [99.96, '100'], [40, '40'],
    [-0.25, '−0.25'], [12345.6, '12\u202f346'], [1.5e6, '1.5\u00a0million'], [-4.567e9, '−4.57\u00a0billion'], [0, '0']];
  for (const [value, text] of cases) expect(number(value)).toBe(text);
  expect([signed(1.1481), signed(-2), signed(0)]).toEqual(['+1.15', '−2', '0']);
});

test('an estimate is written with its unit and its interval', () => {
  const estimate = { mean: 2.7181, lo: -3.0512, hi: 12.385 };
  expect(estimate_short(estimate)).toBe('2.72 [−3.05, 12.4]');
  expect(estimate_long(estimate, 'service-days')).toBe('+2.72\u00a0service-days (95\u202f% interval −3.05 to 12.4)');
  expect(estimate_mean(estimate, 'service-days')).toBe('+2.72\u00a0service-days');
});

test('money has its currency in front and its size behind, bare numbers have no unit', () => {
  expect(quantity(3.456, 'USD m')).toBe('USD\u00a03.46\u00a0m');
  expect(quantity(3, 'USD')).toBe('USD\u00a03');
  expect(quantity(0.5, '1')).toBe('0.5');
});

test('a share that is only nearly all is not written as all', () => {
  expect(percent(0)).toBe('0\u202f%');
  expect(percent(1)).toBe('100\u202f%');
  expect(percent(0.001)).toBe('0.1\u202f%');
  expect(percent(0.9999)).toBe('>\u202f99.9\u202f%');
  expect(percent(1 / 12)).toBe('8.33\u202f%');
});

test('a mean without an interval says so', () => {
  expect(estimate_short({ mean: 2, lo: null, hi: null })).toContain('(no interval)');
  expect(estimate_long({ mean: 2, lo: null, hi: null }, 'days')).toContain('days (no interval)');
  expect([counted(1, 'future'), counted(2, 'future')]).toEqual(['1 future', '2 futures']);
});

test('relative changes carry their sign', () => {
  expect(change(0.19512)).toBe('+19.5\u202f%');
  expect(change(-0.12)).toBe('−12\u202f%');
  expect(change(0)).toBe('0\u202f%');
});

test('names, dates and lists read as text', () => {
  expect(words('time_to_90')).toBe('Time to 90\u202f% of service');
  expect(['d', 'share', '1', '1/yr', 'service-days'].map(unit_name)).toEqual(['days', '', '', 'per year', 'service-days']);
  expect(words('economic_loss_usd')).toBe('Economic loss USD');
  expect(date('2022-11-04T00:00:00')).toBe('4\u00a0Nov\u00a02022');
  expect(date('soon')).toBe('soon');
  expect(date(null)).toBe('–');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
});

test('numbers too small for decimals share a power of ten, and keep their value', () => {
  const tiny = { mean: -1.6e-6, lo: -6.04e-6, hi: 2.81e-6 };
  expect(estimate_short(tiny)).toBe('−1.6 [−6.04, 2.81]\u202f×\u202f10⁻⁶');
  expect(estimate_short({ mean: 1e-13, lo: -2e-9, hi: 2e-9 })).toBe('0.0001 [−2, 2]\u202f×\u202f10⁻⁹');
  expect(estimate_parts({ mean: 0.004, lo: 0.0039, hi: 0.0042 }).power).toBe('');
  expect(estimate_parts({ mean: 12.345678, lo: 12.345677, hi: 12.345679 }).power).toBe('');
  expect(estimate_short({ mean: -6.81e-4, lo: -0.00192, hi: 5.58e-4 })).toBe('−0.681 [−1.92, 0.558]\u202f×\u202f10⁻³');
  expect(estimate_short({ mean: 2e-4, lo: -0.05, hi: 0.05 })).toBe('0.0002 [−0.05, 0.05]');
  expect(number(3.4e-7)).toBe('3.4\u202f×\u202f10⁻⁷');
});

test('ticks have no more digits than they need', () => {
  expect([0.05, 0.6, 15, -2.5, 1200, 0].map((tick) => number(tick))).toEqual(['0.05', '0.6', '15', '−2.5', '1200', '0']);
});

test('sentences written with plain characters are set as print sets them', () => {
  expect(typeset("Japan's loss from 'liaison + exercise' against 'no lever': -0.5 % (interval -1 to +2)"))
    .toBe('Japan’s loss from “liaison + exercise” against “no lever”: −0.5\u202f% (interval −1 to +2)');
  expect(typeset('liaison x exercise in 2019-03-01')).toBe('liaison × exercise in 2019-03-01');
  expect(typeset('USD 12,346 and +0.0000123 to 1.23e-07')).toBe('USD 12\u202f346 and +1.23\u202f×\u202f10⁻⁵ to 1.23\u202f×\u202f10⁻⁷');
  expect(sentence('mean time to detect')).toBe('Mean time to detect.');
});
