#include "analysis/report/json/json.hpp"

namespace analysis {
namespace {

Json level_of(RareLevel const& level) {
  auto const& [estimate, error, never_seen] = level.probability;
  return {{"level", level.level},        {"probability", num(estimate.mean)}, {"lo", num(estimate.lo)}, {"hi", num(estimate.hi)},
          {"n", estimate.n},             {"relative_error", num(error)},      {"share", num(level.share)}, {"never_seen", never_seen}};
}

}  // namespace

Json rare_event_json(Analysis const& a) {
  auto const& info = a.schema.rare_event;
  if (!info.is_set()) return nullptr;
  auto const& window = a.schema.responses.front();
  Json treatments = Json::array();
  for (auto const& event : a.rare_events) {
    Json levels = Json::array();
    for (auto const& level : event.levels) levels.push_back(level_of(level));
    treatments.push_back({{"treatment", a.schema.treatments[event.treatment].name},
                          {"levels", levels},
                          {"events", num(event.gain.events)},
                          {"crude_events_of_a_history", num(event.crude_events_of_a_history)},
                          {"crude_events", num(event.gain.crude_events)},
                          {"gain", num(event.gain.factor)},
                          {"advice", event.advice}});
  }
  return {{"level", info.level},
          {"unit", info.unit},
          {"definition", info.definition},
          {"nation", info.nation.empty() ? Json(nullptr) : Json(info.nation)},
          {"window", Json::array({sim::to_string(window.window_from), sim::to_string(window.window_to)})},
          {"effort", info.effort},
          {"treatments", treatments}};
}

}  // namespace analysis
