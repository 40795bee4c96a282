#include "sim/base/results.hpp"

#include "sim/base/names.hpp"

namespace sim {

std::size_t response_offset(ResultSchema const& schema, std::size_t index) {
  std::size_t offset = 0;
  for (std::size_t i = 0; i < index; ++i) offset += schema.responses[i].per_nation ? schema.nations.size() : 1;
  return offset;
}

std::size_t response_width(ResultSchema const& schema) { return response_offset(schema, schema.responses.size()); }

std::vector<ResponseInfo> responses_of(RareEventInfo const& rare_event, Date from, Date to) {
  std::string const whose = rare_event.nation.empty() ? "" : " of " + rare_event.nation;
  std::vector<ResponseInfo> responses;
  for (std::size_t i = 0; i < rare_event.levels.size(); ++i) {
    responses.push_back({"reach_" + std::to_string(i + 1), "1",
                         "probability that " + rare_event.level + whose + " reaches " + shown(rare_event.levels[i]) +
                             (i + 1 == rare_event.levels.size() ? ": the rare event" : ""),
                         false, from, to, true});
  }
  responses.push_back({"crude_events", "events", "events of an average history of crude sampling, which ends at the rare event", false, from, to, true});
  responses.push_back({"splitting_events", "events", "events of the splitting run, all its histories together", false, from, to, true});
  return responses;
}

}  // namespace sim
