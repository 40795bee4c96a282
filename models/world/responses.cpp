#include "models/world/responses.hpp"

#include "sim/base/contracts.hpp"

namespace world {

std::vector<sim::ResponseName> const& response_names() {
  static std::vector<sim::ResponseName> const names{
      {"resilience_loss", "service-days", "area between full and actual service of the nation, sectors weighted by value added", true, true},
      {"person_days", "million person-days", "the same area times the population", true, true},
      {"robustness", "share", "lowest service level of the nation in the window", true, false},
      {"time_to_90", "d", "mean time from an effect until the hit sector is back at 90 % of service; 0 for lesser effects and where there is none", true, true},
      {"incidents", "campaigns", "campaigns discovered, by detection or by their effect", true, true},
      {"campaigns_attempted", "campaigns", "attempts to get in, failed ones included", true, true},
      {"campaigns_deterred", "campaigns", "base candidates that the actor did not use: deterred, or displaced to other nations", true, false},
      {"accesses", "campaigns", "attempts that got in", true, true},
      {"effects", "campaigns", "campaigns whose effect fell due before they were detected", true, true},
      {"dwell_time", "d", "mean time from access to discovery of the campaigns discovered, bursts of hacktivists left out; 0 where there is none", true, true},
      {"time_to_contain", "d", "mean time from discovery to containment of the cases contained, of all kinds; 0 where there is none", true, true},
      {"queue_wait", "d", "mean time a case of any kind waits for the response team; 0 where there is none", true, true},
      {"attribution_share", "share", "politically attributed over discovered state campaigns; 0 where there is none", true, false},
      {"attribution_lag", "d", "mean time from discovery to political attribution; 0 where there is none", true, true},
      {"economic_loss", "USD million", "value added lost after recapture, directly and through other sectors, and 4 million, doubled or halved per step of severity above or below 3, times relative income, for each contained case", true, true},
      {"thefts", "campaigns", "campaigns that got in to steal data, discovered or not", true, true},
      {"cascades", "outages", "times a sector lost at least 5 % of its service through its providers", true, true},
      {"recorded_incidents", "campaigns", "discovered campaigns that enter a public data set", true, true},
      {"recurrences", "campaigns", "campaigns that came back after they had been eradicated, and were discovered again", true, true},
      {"escalation", "level", "highest level of the escalation ladder, 0 to 4, to which a campaign's effect raised the nation and an actor", true, true},
      {"trust_loss", "logit-days", "area between normal and actual public trust on the logit scale", true, true},
      {"time_to_restore", "d", "mean time for which what a damage took stays lost: wait for a crew and time constant of the repair; 0 where there is none", true, true},
      {"severe_thefts", "campaigns", "thefts of severity 4 or more", true, true},
      {"cascade_loss", "service-days", "part of resilience_loss that sectors lack through their providers", true, true},
      {"partnership_cost", "server-days", "capacity of the response team that is away with partners (M9)", true, true},
      {"theft_days", "d", "days on which data could be stolen unseen, of the campaigns discovered: from access to discovery; with footholds only while the intruder was in control", true, true},
      {"cascades_from_abroad", "outages", "times providers abroad took at least 1 % of a sector's service beyond what those at home took", true, true},
      {"campaigns_attracted", "campaigns", "attempts beyond the actors' base rates: provoked by tension, visibility or ease, or displaced from other nations", true, true},
      {"technical_share", "share", "technically attributed over discovered state campaigns; 0 where there is none", true, false},
      {"technical_lag", "d", "mean time from discovery to technical attribution; 0 where there is none", true, true},
      {"surprise_campaigns", "service-days", "control variate, mean 0: whether occasions were used, got in, came back and took effect before detection, and what the campaigns were, less the chances, in expected loss", true, true, true},
      {"surprise_damages", "service-days", "control variate, mean 0: shares of service that hits took times the days until repair, less their mean by severity, through the sector and those that depend on it", true, true, true},
  };
  return names;
}

std::vector<sim::ResponseName> const& series_names() {
  static std::vector<sim::ResponseName> const names{
      {"service_loss", "share", "mean share of the nation's service lost in the interval", true, true},
      {"incidents", "campaigns", "campaigns discovered in the interval", true, true},
  };
  return names;
}

std::size_t position(std::vector<sim::ResponseName> const& names, std::string_view name) {
  std::size_t i = 0;
  while (i < names.size() && names[i].name != name) ++i;
  SIM_CHECK(i < names.size());
  return i;
}

}  // namespace world
