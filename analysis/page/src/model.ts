// Lookups over the data, and the words for what stands in it.
import type {
  Curve, Nation, PairedDifference, Quantiles, ReportData, Response, Summary, Treatment,
} from './data';
import { is_number, words } from './format';

export type Tone = 'better' | 'worse' | 'unclear' | 'zero' | 'unknown';

type Keyed = { response: string; nation: string | null; treatment: string };

function key(response: string, nation: string | null, treatment: string): string {
  return JSON.stringify([response, nation, treatment]);
}

function index<T extends Keyed>(rows: T[]): Map<string, T> {
  return new Map(rows.map((row) => [key(row.response, row.nation ?? null, row.treatment), row]));
}

function unique<T>(items: T[]): T[] {
  return [...new Set(items)];
}

/** What an interval says: on which side of zero it lies, if on one; unknown where there is no interval. */
export function tone_of(lo: number | null, hi: number | null, higher_is_worse: boolean, exactly_zero = false): Tone {
  if (exactly_zero || (lo === 0 && hi === 0)) return 'zero';
  if (!is_number(lo) || !is_number(hi)) return 'unknown';
  if (lo <= 0 && hi >= 0) return 'unclear';
  return hi < 0 === higher_is_worse ? 'better' : 'worse';
}

export class Model {
  readonly treatments: Map<string, Treatment>;
  readonly factorial_levels: boolean;
  readonly treated: Set<string>;  // nations on which treatments act
  private readonly differences_: Map<string, PairedDifference>;
  private readonly summaries_: Map<string, Summary>;
  private readonly distributions_: Map<string, Quantiles>;
  private readonly difference_distributions_: Map<string, Quantiles>;
  private readonly responses_: Map<string, Response>;
  private readonly nations_: Map<string, Nation>;

  constructor(readonly data: ReportData) {
    const { analysis } = data;
    this.treatments = new Map(analysis.study.treatments.map((treatment) => [treatment.name, treatment]));
    this.differences_ = index(analysis.paired_differences);
    this.summaries_ = index(analysis.summaries);
    this.distributions_ = index(data.distributions);
    this.difference_distributions_ = index(data.difference_distributions);
    this.responses_ = new Map(analysis.responses.map((response) => [response.name, response]));
    const acted_on = data.interventions.map((act) => act.nation);
    this.treated = new Set(acted_on.length ? acted_on : analysis.study.focal);
    this.nations_ = new Map(data.nations.map((nation) => [nation.iso3, nation]));
    const levers = analysis.study.levers.length;
    this.factorial_levels = levers > 0 && levers <= 6 && analysis.study.treatments.length > 2 &&
      analysis.study.treatments.every(({ levels }) =>
        (levels ?? []).length === levers && levels.every((level) => level === 0 || level === 1));
  }

  response(name: string): Response {
    return this.responses_.get(name) ??
      { name, unit: '', definition: '', per_nation: true, window: ['', ''], higher_is_worse: true };
  }

  nation(iso3: string): Nation | undefined {
    return this.nations_.get(iso3);
  }

  /** "Japan", or "World" for what is not per nation. */
  nation_name(iso3: string | null): string {
    return iso3 === null ? 'World' : this.nations_.get(iso3)?.name ?? iso3;
  }

  treatment_label(name: string): string {
    const treatment = this.treatments.get(name);
    return treatment?.label || words(name);
  }

  response_label(name: string): string {
    return words(name);
  }

  difference(response: string, nation: string | null, treatment: string): PairedDifference | undefined {
    return this.differences_.get(key(response, nation, treatment));
  }

  summary(response: string, nation: string | null, treatment: string): Summary | undefined {
    return this.summaries_.get(key(response, nation, treatment));
  }

  distribution(response: string, nation: string | null, treatment: string): Quantiles | undefined {
    return this.distributions_.get(key(response, nation, treatment));
  }

  difference_distribution(response: string, nation: string | null, treatment: string): Quantiles | undefined {
    return this.difference_distributions_.get(key(response, nation, treatment));
  }

  curve(series: string, nation: string, treatment: string): Curve | undefined {
    return this.data.curves.find((c) => c.series === series && c.nation === nation && c.treatment === treatment);
  }

  /** Responses that stand in `rows`, in the study's order. */
  responses_in(rows: { response: string }[]): string[] {
    const present = unique(rows.map((row) => row.response));
    const ordered = this.data.analysis.responses.map((response) => response.name);
    return [...ordered.filter((name) => present.includes(name)), ...present.filter((name) => !ordered.includes(name))];
  }

  /** Nations that stand in `rows` with `response`: the study's focal nations first, then by name, the world last. */
  nations_in(rows: { response: string; nation: string | null }[], response: string): (string | null)[] {
    const present = unique(rows.filter((row) => row.response === response).map((row) => row.nation ?? null));
    const focal = this.data.analysis.study.focal.filter((iso3) => present.includes(iso3));
    const others = present
      .filter((iso3): iso3 is string => iso3 !== null && !focal.includes(iso3))
      .sort((a, b) => this.nation_name(a).localeCompare(this.nation_name(b), 'en'));
    return [...focal, ...(present.includes(null) ? [null] : []), ...others];
  }

  /** Treatments that stand in `rows`, in the study's order. */
  treatments_in(rows: { treatment: string }[]): string[] {
    const present = unique(rows.map((row) => row.treatment));
    const ordered = [...this.treatments.keys()];
    return [...ordered.filter((name) => present.includes(name)), ...present.filter((name) => !ordered.includes(name))];
  }
}
