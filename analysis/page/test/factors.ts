// The uncertain factors of the fixture: those of the world model, with made-up correlations.
import type { Factor } from '../src/data';

const rows: [string, string, string, string, string, string, number | null][] = [
  ['theta1', '1', 'U[1, 1.3]', 'Detection rate per unit of sharing dose (M1)', 'Expert bound after warning-time studies', 'C', -0.41],
  ['p_share', '1', 'U[0, 1]', 'Probability that a partner shares what it found (M2)', 'Assumed: no public measurement', 'D', -0.62],
  ['theta3', '1', 'U[1, 1.21]', 'Repair rate gained by exercises (M3)', '54 of 306 days, correlational', 'B', -0.29],
  ['theta5_odds', '1', 'U[1, 2]', 'Odds of naming the attacker per unit of dose (M5)', 'Assumed', 'D', -0.08],
  ['theta6', '1', 'U[0.7, 1]', 'Factor on the delay of a response (M6)', 'Assumed', 'D', 0.11],
  ['theta8', '1', 'U[0.9, 1.3]', 'Factor on the wish to attack a new member (M8)', 'Assumed', 'D', 0.57],
  ['theta9', '1', 'U[0, 0.02]', 'Share of the defence budget bound by membership (M9)', 'Assumed', 'D', 0.22],
  ['tau_r', 'days', 'LN(180, 0.5)', 'Time constant with which a partnership takes hold', 'Assumed', 'D', 0.19],
  ['tau_service', 'days', 'LN(10, 0.8)', 'Time constant of restoration for a severe incident', 'Twelve public cases', 'C', -0.24],
  ['recapture', '1', 'U[0.3, 0.9]', 'Share of lost output that is made up later', 'Quoted from the input-output literature', 'C', 0.02],
  ['p_record', '1', 'median 0.2, 90 % 0.05 to 0.55', 'Probability that a campaign is recorded at all', 'Expert bound', 'C', -0.05],
  ['deterrence', '1', 'U[0, 0.5]', 'Fall of an attacker’s wish per named response', 'Assumed', 'D', -0.17],
  ['displacement', '1', 'U[0, 0.8]', 'Share of deterred attacks that find another target', 'Assumed', 'D', 0.13],
  ['exploit_half_life', 'years', 'LN(6.9, 0.3)', 'Half-life of an undisclosed exploit', 'Zero Days, Thousands of Nights (2017)', 'A', -0.09],
  ['patch_days', 'days', 'LN(60, 0.6)', 'Median time to patch', 'Industry reports, one source each', 'B', 0.15],
  ['coupling', '1', 'U[0.5, 1.5]', 'Factor on the dependence of sectors on one another', 'Assumed', 'D', -0.33],
  ['crews', '1', 'U[0.7, 1.4]', 'Response crews per unit of capability', 'Assumed', 'D', 0.07],
  ['dyad_dispersion', '1', 'Gamma(2.1)', 'Over-dispersion of campaigns between rival states', 'DCID 2000 to 2016', 'A', 0.04],
  ['information_effect', 'logit', 'U[0.02, 0.15]', 'Fall of trust per information operation', 'Assumed', 'D', null],
];

export const factors: Factor[] = rows.map(([name, unit, prior, meaning, source, grade, correlation]) =>
  ({ name, unit, prior, meaning, source, grade, correlation }));
