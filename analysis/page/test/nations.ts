// The nations of the fixture: code and name, and which of them count as members.
const text = `
ALB Albania; ARE United Arab Emirates; ARM Armenia; AUS Australia; AUT Austria; AZE Azerbaijan; BEL Belgium;
BGR Bulgaria; BLR Belarus; BRA Brazil; CAN Canada; CHE Switzerland; CHN China; CRI Costa Rica; CYP Cyprus;
CZE Czechia; DEU Germany; DNK Denmark; EGY Egypt; ESP Spain; EST Estonia; FIN Finland; FRA France;
GBR United Kingdom; GEO Georgia; GRC Greece; HRV Croatia; HUN Hungary; IDN Indonesia; IND India; IRL Ireland;
IRN Iran; ISL Iceland; ISR Israel; ITA Italy; JPN Japan; KAZ Kazakhstan; KOR South Korea; LTU Lithuania;
LUX Luxembourg; LVA Latvia; MDA Moldova; MEX Mexico; MKD North Macedonia; MLT Malta; MNE Montenegro;
MYS Malaysia; NLD Netherlands; NOR Norway; NZL New Zealand; PAK Pakistan; PHL Philippines; POL Poland;
PRK North Korea; PRT Portugal; ROU Romania; RUS Russia; SAU Saudi Arabia; SGP Singapore; SRB Serbia;
SVK Slovakia; SVN Slovenia; SWE Sweden; SYR Syria; THA Thailand; TUR Türkiye; TWN Taiwan; UKR Ukraine;
USA United States; VNM Viet Nam; ZAF South Africa`;

export const members = new Set(
  ('AUS AUT BEL BGR CAN CHE CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ISL ITA JPN KOR LTU LUX LVA ' +
  'MNE NLD NOR POL PRT ROU SVK SVN SWE TUR UKR USA ALB CYP MKD').split(' '));

export const nations = text.trim().split(/;\s*/).map((entry) => {
  const [iso3 = ''] = entry.split(' ');
  return { iso3, name: entry.slice(4), member: members.has(iso3) };
});
