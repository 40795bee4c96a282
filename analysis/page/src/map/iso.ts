// ISO 3166-1: the numeric codes that world-atlas uses as ids, for the nations of the world model. Kosovo has no code in
// ISO 3166 and none in world-atlas; Taiwan has its own in both.
const codes = `
ALB:008 ARE:784 ARM:051 AUS:036 AUT:040 AZE:031 BEL:056 BGR:100 BLR:112 BRA:076 CAN:124 CHE:756 CHN:156
CRI:188 CYP:196 CZE:203 DEU:276 DNK:208 EGY:818 ESP:724 EST:233 FIN:246 FRA:250 GBR:826 GEO:268 GRC:300
HRV:191 HUN:348 IDN:360 IND:356 IRL:372 IRN:364 ISL:352 ISR:376 ITA:380 JPN:392 KAZ:398 KOR:410 LTU:440
LUX:442 LVA:428 MDA:498 MEX:484 MKD:807 MLT:470 MNE:499 MYS:458 NLD:528 NOR:578 NZL:554 PAK:586 PHL:608
POL:616 PRK:408 PRT:620 ROU:642 RUS:643 SAU:682 SGP:702 SRB:688 SVK:703 SVN:705 SWE:752 SYR:760 THA:764
TUR:792 TWN:158 UKR:804 USA:840 VNM:704 ZAF:710
`;

const by_number = new Map<string, string>(
  codes.trim().split(/\s+/).map((pair) => {
    const [iso3 = '', numeric = ''] = pair.split(':');
    return [numeric, iso3];
  }),
);

/** "392" gives "JPN"; null for a country that the world model does not hold. */
export function iso3_of(numeric: string | number | undefined): string | null {
  if (numeric === undefined) return null;
  return by_number.get(String(numeric).padStart(3, '0')) ?? null;
}

/** All nations of the table. */
export function known_nations(): string[] {
  return [...by_number.values()];
}
