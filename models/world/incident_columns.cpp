#include "models/world/recorder.hpp"

namespace world {
namespace {

std::vector<std::string> codes(auto const& records, auto member) {
  std::vector<std::string> result;
  for (auto const& record : records) result.push_back(record.*member);
  return result;
}

}  // namespace

std::vector<sim::ColumnInfo> incident_columns(Atlas const& atlas) {
  std::vector<std::string> actors = codes(atlas.actors, &ActorRecord::code);
  actors.emplace_back("HACKTIVISTS");
  return {
      {"day", "d", "discovery, days since 1970-01-01 UTC", false, {}},
      {"nation", "1", "target", true, codes(atlas.nations, &NationRecord::iso3)},
      {"actor", "1", "culprit", true, actors},
      {"objective", "1", "objective of the campaign", true, {"disruption", "short_espionage", "long_espionage", "degradation", "ransomware"}},
      {"severity", "1", "severity on the 0-10 scale of DCID", true, {}},
      {"vector", "1", "way in", true, {"phishing", "known_flaw", "zero_day", "supply_chain", "trusted_partner", "none"}},
      {"sector", "1", "sector hit", true, codes(atlas.sectors, &SectorRecord::code)},
      {"cause", "1", "how it was discovered", true, {"own", "external", "partner", "indicator", "effect"}},
      {"dwell", "d", "time from access to discovery", false, {}},
      {"recorded", "1", "1 if the incident enters a public data set", true, {}},
      {"incident_high", "1", "upper half of the incident id, as a signed number: actor + 1 times 65536 plus target; of hacktivists also what called them forth", true, {}},
      {"incident_low", "1", "lower half of the incident id, as a signed number", true, {}},
      {"attributed", "d", "the government named a culprit, right or wrong: days since 1970-01-01 UTC; NaN for never", false, {}},
      {"attribution", "1", "whether it did so by itself or with partners", true, {"none", "alone", "joint"}},
  };
}

}  // namespace world
