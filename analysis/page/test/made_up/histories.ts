// Made-up histories: incidents, attributions and effects of two treatments in the same futures, and one chain of causes.
import type { History, HistoryEvent, Timeline, Why } from '../../src/contract/histories';
import { generator } from './generator';

const actors = ['RUS-1', 'PRK-1', 'CHN-2', 'criminal-3', 'hacktivist-2'];
const objectives = ['espionage', 'extortion', 'disruption', 'influence'];
const vectors = ['phishing', 'zero-day', 'supply chain', 'stolen credentials'];
const sectors = ['finance', 'energy', 'health', 'government', 'transport'];
const causes = ['dyad', 'economic', 'provocation', 'displaced'];
const months = Array.from({ length: 108 }, (_, k) => `${2018 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`);

/** The history of one treatment; treatments share their incidents until 2019, then some of the treated one's are averted. */
function history(label: string, treatment: string, treated: boolean, seed: number, count: number): History {
  const { uniform } = generator(seed);
  const events: HistoryEvent[] = [];
  for (let k = 0; k < count; ++k) {
    const day = Date.UTC(2018, 0, 1) + uniform() * 9 * 365.2 * 864e5;
    const draw = [uniform(), uniform(), uniform(), uniform(), uniform(), uniform(), uniform(), uniform()];
    if (treated && day > Date.UTC(2019, 2, 1) && draw[7]! < 0.28) continue;
    const severity = draw[0]! < 0.5 ? 1 : draw[0]! < 0.78 ? 2 : draw[0]! < 0.92 ? 3 : draw[0]! < 0.985 ? 4 : 5;
    const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
    const incident = String(1000 + k);
    const base = { actor: actors[Math.floor(draw[1]! * 5)]!, objective: objectives[Math.floor(draw[2]! * 4)]!, severity, vector: vectors[Math.floor(draw[3]! * 4)]!,
      sector: sectors[Math.floor(draw[4]! * 5)]!, cause: causes[Math.floor(draw[5]! * 4)]!, dwell: Math.round(4 + 90 * draw[6]!), recorded: draw[6]! < 0.4, incident };
    const attribution = severity >= 3 && draw[6]! < 0.45 ? base.actor.slice(0, 3) : '';
    events.push({ ...base, date: iso(day), kind: 'incident', attribution });
    if (severity >= 4) events.push({ ...base, date: iso(day + 9 * 864e5), kind: 'effect', attribution: '' });
    if (attribution) events.push({ ...base, date: iso(Math.min(day + (40 + 160 * draw[7]!) * 864e5, Date.UTC(2026, 11, 30))), kind: 'attribution', attribution });
  }
  events.sort((a, b) => a.date.localeCompare(b.date));
  return { label, treatment, future: 41, replication: 2, nation: 'JPN', digest: `${seed.toString(16)}c7a1`, left_out: 0, events };
}

export function timeline(treatment: string, reference: string): Timeline {
  const { normal } = generator(44);
  const level: Record<string, number> = { incidents: 1.4, severe: 0.16, attributed: 0.09 };
  const aggregated = [reference, treatment].flatMap((name) => Object.keys(level).map((kind) => {
    const mean = months.map((_, k) => level[kind]! * (1 + 0.06 * k ** 0.6 + 0.05 * normal()) * (name === treatment && k > 14 ? (kind === 'attributed' ? 1.5 : 0.75) : 1));
    return { nation: 'JPN', treatment: name, kind, mean, q05: mean.map((value) => Math.max(0, Math.floor(value - 1.4 * Math.sqrt(value)))), q95: mean.map((value) => Math.ceil(value + 1.7 * Math.sqrt(value))) };
  }));
  const histories = ([['typical', 7, 120], ['worst', 15, 190], ['best', 29, 80]] as const).flatMap(([label, seed, count]) =>
    [history(label, treatment, true, seed, count), history(label, reference, false, seed, count)]);
  return { months, aggregated, histories };
}

export function why(treatment: string, reference: string): Why {
  const step = (date: string, who: string, event: string, words: string, delay_d: number | null) => ({ date, agent: who, who, event, words, incident: '3117', delay_d });
  return {
    nation: 'JPN', response: 'resilience_loss', treatment, reference, future: 41, replication: 2,
    outcome: 'the incident that cost Japan most service, 14.2 service-days from 9 March 2025', value: 61.2, reference_value: 66.9,
    chain: [
      step('2023-08-02', 'exploit market', 'discovery', 'an exploit of remote-access gateways is found', null),
      step('2023-11-19', 'RUS-1', 'acquisition', 'RUS-1 buys it from a broker', 109),
      step('2024-10-07', 'RUS-1', 'target', 'RUS-1 chooses Japan, provoked by its public attribution of August', 323),
      step('2024-12-15', 'Japan, energy', 'access', 'first access to a grid operator through the gateway', 69),
      step('2025-02-11', 'Estonia', 'disclosure', 'Estonia finds the same exploit and discloses it to CCDCOE partners', 58),
      step('2025-02-20', 'Japan, response team', 'warning', 'the warning waits 9 days in the queue of Japan’s response team', 9),
      step('2025-03-09', 'Japan, energy', 'effect', 'power is cut before the gateway is patched', 17),
      step('2025-04-02', 'Japan, response team', 'repair', 'service is restored', 24)],
    parting: { date: '2019-03-01', who: 'Japan', words: 'Japan hears of an indicator 3 days after its discovery', in_treatment: true, in_reference: false },
    sentences: ['The outage began with an exploit found 584 days before.', 'Had the warning not waited in the queue, the gateway would have been patched on 26 February.'],
    command: 'berylia explain japan.h5 --point 15 --future 41 --replication 2 --nation JPN --against nothing',
  };
}
