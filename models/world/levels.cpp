#include "models/world/levels.hpp"

namespace world {

std::vector<sim::LevelName> const& level_names() {
  static std::vector<sim::LevelName> const names{
      {"service_lost", "share", "greatest share of the nation's service that was lost at a time, sectors weighted by value added: 1 less the response robustness", 0, 1, true},
      {"escalation", "level", "highest level of the escalation ladder: the response of that name", 0, 4, true},
      {"cascades", "outages", "times a sector lost at least 5 % of its service through its providers: the response of that name", 0, 1e9, true},
  };
  return names;
}

double level_of(Level level, Tally const& tally) {
  switch (level) {
    case Level::service_lost: return 1 - tally.lowest_level;
    case Level::escalation: return tally.highest_level;
    case Level::cascades: return tally.cascades;
  }
  return 0;
}

}  // namespace world
