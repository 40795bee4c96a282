// Numbers, dates and names as text. Nothing here touches the page, so all of it is unit-tested.

type Maybe = number | null | undefined;

const minus = '\u2212';
const thin = '\u202f';  // narrow no-break space
const missing = '\u2013';
const most_decimals = 5;  // numbers that need more are written with a power of ten

/** True for a number that can be drawn. */
export function is_number(value: Maybe): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Decimals that show two significant digits of the interval's width; of the value itself, three, if there is no width. */
export function decimals_for(mean: Maybe, lo: Maybe, hi: Maybe): number {
  const width = is_number(lo) && is_number(hi) ? Math.abs(hi - lo) : 0;
  const size = is_number(mean) ? Math.abs(mean) : 0;
  if (width > 0) return Math.min(9, Math.max(0, 1 - Math.floor(Math.log10(width))));
  return size > 0 ? Math.min(9, Math.max(0, 2 - Math.floor(Math.log10(size)))) : 0;
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

/** A number with a true minus sign and grouped thousands, tiny ones with a power of ten; a dash for what is missing. */
export function number(value: Maybe, decimals?: number): string {
  if (!is_number(value)) return missing;
  const places = decimals ?? decimals_for(value, null, null);
  if (places > most_decimals && value !== 0 && Math.abs(value) < 10 ** -most_decimals * 10) {
    const exponent = Math.floor(Math.log10(Math.abs(value)));
    return number(value / 10 ** exponent, Math.min(2, places + exponent < 0 ? 0 : places + exponent)) + power_of_ten(exponent);
  }
  const digits = Math.abs(value).toFixed(places);
  return value < 0 && Number(digits) !== 0 ? minus + grouped(digits) : grouped(digits);
}

/** A number with up to three significant digits and no more than it needs: for ticks and class ends. */
export function short(value: Maybe): string {
  if (!is_number(value) || value === 0) return number(value, 0);
  const digits = Number(value.toPrecision(3));
  const places = (/^-?\d+(?:\.(\d+))?(?:e-(\d+))?$/.exec(String(digits)) ?? []).slice(1);
  return number(digits, Math.min(9, (places[0]?.length ?? 0) + Number(places[1] ?? 0)));
}

/** "1 future", "12 futures". */
export function counted(value: Maybe, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A count: whole, grouped. */
export function count(value: Maybe): string {
  return number(value, 0);
}

/** A share of one as per cent; never "0 %" or "100 %" for what is only nearly so. */
export function percent(share: Maybe, decimals = 0): string {
  if (!is_number(share)) return missing;
  const smallest = 10 ** -decimals;
  const value = share * 100;
  if (value > 0 && value < smallest / 2) return `<${thin}${number(smallest, decimals)}${thin}%`;
  if (value < 100 && value > 100 - smallest / 2) return `>${thin}${number(100 - smallest, decimals)}${thin}%`;
  return `${number(value, decimals)}${thin}%`;
}

/** Decimals with which shares of a count, written as per cent, still add up: none where all are whole. */
export function share_decimals(...shares: Maybe[]): number {
  return shares.filter(is_number).every((share) => Math.abs(share * 100 - Math.round(share * 100)) < 1e-3) ? 0 : 1;
}

/** A signed relative change: "−12 %", "+3.4 %". */
export function change(relative: Maybe): string {
  if (!is_number(relative)) return missing;
  const size = Math.abs(relative * 100);
  if (size > 0 && size < 0.005) return `≈${thin}0${thin}%`;
  const text = number(relative * 100, size >= 10 || size === 0 ? 0 : size >= 0.1 ? 1 : 2);
  return `${relative > 0 ? '+' : ''}${text}${thin}%`;
}

const bare_units = new Set(['', '1', '-', 'none', 'dimensionless']);
const currency = /^([A-Z]{3})(?: (k|m|bn|tn))?$/;

/** The unit for an axis or a table head; empty for a bare number. */
export function unit_name(unit: string): string {
  return bare_units.has(unit) ? '' : unit;
}

function attach(text: string, unit: string): string {
  const money = currency.exec(unit);
  if (money) return `${money[1]}\u00a0${text}${money[2] ? `\u00a0${money[2]}` : ''}`;
  const name = unit_name(unit);
  return name ? `${text}\u00a0${name}` : text;
}

/** "1.2 service-days", "USD 3.4 m", "0.12". */
export function quantity(value: Maybe, unit: string, decimals?: number): string {
  const text = number(value, decimals);
  return is_number(value) ? attach(text, unit) : text;
}

export interface Estimate { mean: Maybe; lo: Maybe; hi: Maybe }

/** Mean and ends of an interval with the same decimals; `power` is what all three are to be multiplied by, mostly nothing. */
export interface EstimateText { mean: string; lo: string; hi: string; power: string }

export function estimate_parts(estimate: Estimate): EstimateText {
  const places = decimals_for(estimate.mean, estimate.lo, estimate.hi);
  const largest = Math.max(...[estimate.mean, estimate.lo, estimate.hi].filter(is_number).map(Math.abs), 0);
  const exponent = places > most_decimals && largest > 0 ? Math.floor(Math.log10(largest)) : 0;
  const shown = exponent < -2 ? exponent : 0;
  const text = (value: Maybe): string =>
    number(is_number(value) ? value / 10 ** shown : null, Math.min(most_decimals, Math.max(0, places + shown)));
  return { mean: text(estimate.mean), lo: text(estimate.lo), hi: text(estimate.hi), power: shown ? power_of_ten(shown) : '' };
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
  if (!is_number(estimate.lo) || !is_number(estimate.hi)) return `${attach(mean + power, unit)} (no interval)`;
  return `${attach(mean + power, unit)} (95${thin}% interval ${lo} to ${hi}${power})`;
}

/** The mean with its unit, in the decimals that its interval gives it. */
export function estimate_mean(estimate: Estimate, unit: string): string {
  const { mean, power } = estimate_parts(estimate);
  return is_number(estimate.mean) ? attach(mean + power, unit) : missing;
}

/** Plain text as it is set: true minus and multiplication signs, curved quotation marks, no break before a per cent sign. */
export function typeset(text: string): string {
  return text
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

/** "resilience_loss" as "Resilience loss". */
export function words(name: string): string {
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
