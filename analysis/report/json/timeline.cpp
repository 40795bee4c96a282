#include "analysis/report/json/timeline.hpp"

#include <cstdio>

namespace analysis {
namespace {

Json nums(std::vector<double> const& values) {
  Json list = Json::array();
  for (double const x : values) list.push_back(num(x));
  return list;
}

Json word(std::string const& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json number(std::optional<int> x) { return x ? Json(*x) : Json(nullptr); }

Json event_of(TimelineEvent const& e) {
  return {{"date", e.date}, {"kind", e.kind}, {"actor", word(e.actor)}, {"objective", word(e.objective)}, {"severity", number(e.severity)},
          {"vector", word(e.vector)}, {"sector", word(e.sector)}, {"cause", word(e.cause)}, {"dwell", num(e.dwell)}, {"recorded", number(e.recorded)},
          {"incident", word(e.incident)}, {"attribution", word(e.attribution)}};
}

std::string hex(std::uint64_t x) {
  char text[20];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(x));
  return text;
}

}  // namespace

Json timeline_json(Analysis const& a, std::optional<Timeline> const& timeline) {
  if (!timeline) return nullptr;
  Json j;
  j["months"] = timeline->months;
  j["aggregated"] = Json::array();
  for (auto const& m : timeline->aggregated)
    j["aggregated"].push_back({{"nation", a.schema.nations[m.nation]}, {"treatment", a.schema.treatments[m.treatment].name}, {"kind", m.kind}, {"mean", nums(m.mean)},
                               {"q05", nums(m.q05)}, {"q95", nums(m.q95)}});
  j["histories"] = Json::array();
  for (auto const& h : timeline->histories) {
    Json events = Json::array();
    for (auto const& e : h.events) events.push_back(event_of(e));
    j["histories"].push_back({{"label", h.label}, {"treatment", a.schema.treatments[h.key.point].name}, {"future", h.key.future}, {"replication", h.key.replication},
                              {"nation", a.schema.nations[h.nation]}, {"digest", hex(h.digest)}, {"left_out", h.left_out}, {"events", std::move(events)}});
  }
  return j;
}

}  // namespace analysis
