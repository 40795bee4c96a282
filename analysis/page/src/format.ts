// Numbers, dates and names as text. Nothing here touches the page, so all of it is unit-tested.

type Maybe = number | null | undefined;

const minus = '\u2212';
const thin = '\u202f';  // narrow no-break space
const missing = '\u2013';
const plain_from = 1e-3;  // smaller numbers are written with a power of ten

/** True for a number that can be drawn. */
export function is_number(value: Maybe): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, thin) : whole;
  return fraction ? `${spaced}.${fraction}` : spaced;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** " × 10⁻⁶". */
export function power_of_ten(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join('');
  return `${thin}×${thin}10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** Three significant digits, no more than needed, of a positive number; the whole part is written in full. */
function significant(size: number): string {
  const rounded = size >= 999.5 ? Math.round(size) : Number(size.toPrecision(3));
  return grouped(rounded.toFixed(12).replace(/\.?0+$/, ''));
}

const large: [number, string][] = [[1e12, 'trillion'], [1e9, 'billion'], [1e6, 'million']];

/** The power of ten that numbers up to `size` share: none unless they are tiny. */
export function shared_exponent(size: number): number {
  return size > 0 && size < plain_from ? Math.floor(Math.log10(size)) : 0;
}

/**
 * A number with a true minus sign and grouped thousands; a dash for what is missing. Without `decimals`: three significant
 * digits, as in the sentences that the analysis writes, tiny numbers with a power of ten, huge ones with its name.
 */
export function number(value: Maybe, decimals?: number): string {
  if (!is_number(value)) return missing;
  const size = Math.abs(value);
  if (decimals !== undefined) {
    const digits = size.toFixed(decimals);
    return value < 0 && Number(digits) !== 0 ? minus + grouped(digits) : grouped(digits);
  }
  const sign = value < 0 ? minus : '';
  const exponent = shared_exponent(size);
  if (exponent) return sign + significant(size / 10 ** exponent) + power_of_ten(exponent);
  const [unit, name] = large.find(([from]) => size >= 0.9995 * from) ?? [1, ''];
  return sign + significant(size / unit) + (name && `\u00a0${name}`);
}

/** The same with a plus sign where it is positive. */
export function signed(value: Maybe): string {
  return (is_number(value) && value > 0 ? '+' : '') + number(value);
}

/** "1 future", "12 futures". */
export function counted(value: Maybe, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A count: whole, grouped. */
export function count(value: Maybe): string {
  return number(value, 0);
}

/** A share of one as per cent; never "100 %" for what is only nearly so. */
export function percent(share: Maybe): string {
  if (!is_number(share)) return missing;
  if (share < 1 && share > 0.9995) return `>${thin}99.9${thin}%`;
  return `${number(share * 100)}${thin}%`;
}

/** A signed relative change: "−12 %", "+3.4 %". */
export function change(relative: Maybe): string {
  return is_number(relative) ? `${signed(relative * 100)}${thin}%` : missing;
}

const bare_units = new Set(['', '1', '-', 'none', 'dimensionless', 'share']);
const unit_names: Record<string, string> = { d: 'days', h: 'hours', yr: 'years', '1/d': 'per day', '1/yr': 'per year' };
const currency = /^([A-Z]{3})(?: (k|m|bn|tn))?$/;

/** The unit for an axis or a table head; empty for a bare number. */
export function unit_name(unit: string): string {
  return bare_units.has(unit) ? '' : unit_names[unit] ?? unit;
}

function attach(text: string, unit: string): string {
  const money = currency.exec(unit);
  if (money) return `${money[1]}\u00a0${text}${money[2] ? `\u00a0${money[2]}` : ''}`;
  const name = unit_name(unit);
  return name ? `${text}\u00a0${name}` : text;
}

/** "1.2 service-days", "USD 3.4 m", "0.12". */
export function quantity(value: Maybe, unit: string): string {
  return is_number(value) ? attach(number(value), unit) : missing;
}

export interface Estimate { mean: Maybe; lo: Maybe; hi: Maybe }

/** Mean and ends of an interval; `power` is what all three are to be multiplied by, mostly nothing. */
export interface EstimateText { mean: string; lo: string; hi: string; power: string }

export function estimate_parts(estimate: Estimate): EstimateText {
  const sizes = [estimate.mean, estimate.lo, estimate.hi].filter(is_number).map(Math.abs).filter((size) => size > 0);
  const largest = Math.max(...sizes, 0);
  const tiny = largest < 10 * plain_from && sizes.some((size) => size < plain_from);
  const exponent = tiny ? Math.floor(Math.log10(largest)) : 0;
  const text = (value: Maybe): string => {
    if (!is_number(value) || Math.abs(value) >= 999.5) return number(value);
    return (value < 0 ? minus : '') + significant(Math.abs(value) / 10 ** exponent);
  };
  return { mean: text(estimate.mean), lo: text(estimate.lo), hi: text(estimate.hi), power: exponent ? power_of_ten(exponent) : '' };
}

/** "−0.43 [−0.52, −0.35]". */
export function estimate_short(estimate: Estimate): string {
  const { mean, lo, hi, power } = estimate_parts(estimate);
  if (!is_number(estimate.lo) || !is_number(estimate.hi)) return `${mean}${power} (no interval)`;
  return `${mean} [${lo}, ${hi}]${power}`;
}

/** "−0.43 service-days (95 % interval −0.52 to −0.35)". */
export function estimate_long(estimate: Estimate, unit: string): string {
  const { mean, lo, hi, power } = estimate_parts(estimate);
  if (!is_number(estimate.mean)) return missing;
  const plus = estimate.mean > 0 ? '+' : '';
  if (!is_number(estimate.lo) || !is_number(estimate.hi)) return `${attach(plus + mean + power, unit)} (no interval)`;
  return `${attach(plus + mean + power, unit)} (95${thin}% interval ${lo} to ${hi}${power})`;
}

/** The mean with its sign and unit. */
export function estimate_mean(estimate: Estimate, unit: string): string {
  return is_number(estimate.mean) ? attach(signed(estimate.mean), unit) : missing;
}

/** Plain text as it is set: true minus and multiplication signs, curved quotation marks, no break before a per cent sign. */
export function typeset(text: string): string {
  return text
    .replace(/\b\d{1,3}(?:,\d{3})+\b/g, (digits) => grouped(digits.replace(/,/g, '')))
    .replace(/\b(?:0\.000\d+|\d(?:\.\d+)?e-\d+)\b/g, (digits) => number(Number(digits)))
    .replace(/(^|[\s([])-(?=\d)/g, `$1${minus}`)
    .replace(/(?<=[\p{L}\d)]) x (?=[\p{L}\d(])/gu, ' × ')
    .replace(/(^|[\s(])'([^'\n]+(?:'s [^'\n]+)?)'(?=[\s.,;:)]|$)/g, '$1“$2”')
    .replace(/(\p{L})'(\p{L})/gu, '$1’$2')
    .replace(/(\d) %/g, `$1${thin}%`);
}

/** The same with a capital at the beginning and a full stop at the end. */
export function sentence(text: string): string {
  const set = typeset(text.trim());
  return set && set.charAt(0).toUpperCase() + set.slice(1) + (/[.!?]$/.test(set) ? '' : '.');
}

const kept_upper = new Set(['usd', 'gdp', 'ccdcoe', 'nato', 'eu', 'io', 'cvar', 'cvar95']);

const own_words: Record<string, string> = { time_to_90: `Time to 90${thin}% of service` };

/** "resilience_loss" as "Resilience loss". */
export function words(name: string): string {
  if (own_words[name]) return own_words[name];
  const text = name
    .split(/[_\s]+/)
    .filter(Boolean)
    .map((word) => (kept_upper.has(word.toLowerCase()) ? word.toUpperCase() : word))
    .join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "2022-11-04T00:00" as "4 Nov 2022"; text that is no date stays as it is. */
export function date(iso: string | null | undefined): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? '');
  if (!parts) return iso ?? missing;
  return `${Number(parts[3])}\u00a0${months[Number(parts[2]) - 1] ?? parts[2]}\u00a0${parts[1]}`;
}

/** "a, b and c". */
export function listed(items: string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
