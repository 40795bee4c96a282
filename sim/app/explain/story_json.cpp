#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/app/explain/story.hpp"
#include "sim/io/checksum.hpp"

namespace app {

namespace {

using Json = nlohmann::ordered_json;

Json num(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Json date_of(std::optional<sim::Time> at) { return at ? Json(sim::to_string(sim::to_date(*at))) : Json(nullptr); }

Json origin_of(analysis::Origin origin) {
  switch (origin) {
    case analysis::Origin::beginning: return "beginning";
    case analysis::Origin::intervention: return "intervention";
    case analysis::Origin::event: break;
  }
  return nullptr;
}

Json step_of(StoryStep const& step) {
  return {{"date", date_of(step.at)}, {"time", sim::to_string(step.at)}, {"agent", step.agent}, {"who", step.who}, {"event", step.event}, {"words", step.words},
          {"incident", step.incident == 0 ? Json(nullptr) : Json(sim::to_hex(step.incident))}, {"delay_d", num(step.delay_d)}, {"origin", origin_of(step.origin)}};
}

Json fate_of(IncidentFate const& fate) {
  return {{"happened", fate.happened}, {"took_effect", fate.took_effect}, {"discovered", date_of(fate.discovered)}, {"dwell_d", fate.discovered ? num(fate.dwell_days) : Json(nullptr)},
          {"named", date_of(fate.named)}, {"service_lost", num(fate.service_lost)}, {"words", fate.words}};
}

Json parting_of(StoryParting const& p, std::string const& own, std::string const& other) {
  auto const with_treatment = [&](StoryStep const& step, bool is_here) {
    Json j = step_of(step);
    j["treatment"] = is_here ? own : other;
    return j;
  };
  if (!p.parts) return nullptr;
  StoryStep const& shown = p.changes_something ? p.change : p.first;
  bool const is_here = p.changes_something ? p.change_is_here : p.first_is_here;
  return {{"date", date_of(shown.at)}, {"who", shown.who}, {"words", shown.words}, {"in_treatment", is_here}, {"in_reference", !is_here}, {"only_in_treatment", p.only_here},
          {"only_in_reference", p.only_there}, {"changes_something", p.changes_something}, {"first", with_treatment(p.first, p.first_is_here)},
          {"change", p.changes_something ? with_treatment(p.change, p.change_is_here) : Json(nullptr)},
          {"reason", p.reason ? step_of(*p.reason) : Json(nullptr)},
          {"incident", p.of_incident ? with_treatment(*p.of_incident, p.of_incident_is_here) : Json(nullptr)}};
}

}  // namespace

namespace {

Json json_of(Story const& story, sim::ResultSchema const& schema) {
  Question const& q = story.question;
  auto const& info = schema.responses[q.response];
  std::string const own = schema.treatments[q.key.point].name, other = q.against ? schema.treatments[q.against->point].name : std::string();
  Json j{{"format", 1}};
  j["nation"] = info.per_nation ? Json(schema.nations[q.nation]) : Json(nullptr);
  j["response"] = info.name;
  j["unit"] = info.unit;
  j["treatment"] = own;
  j["reference"] = q.against ? Json(other) : Json(nullptr);
  j["future"] = q.key.future;
  j["replication"] = q.key.replication;
  j["chosen"] = q.chosen;
  j["outcome"] = story.outcome;
  j["value"] = num(q.value);
  j["reference_value"] = num(q.against_value);
  j["measure"] = story.measure;
  j["ranks_differences"] = story.ranks_differences;
  j["incidents"] = Json::array();
  for (auto const& one : story.incidents)
    j["incidents"].push_back({{"incident", sim::to_hex(one.incident)}, {"name", one.name}, {"share", num(one.share)}, {"in_treatment", fate_of(one.here)},
                              {"in_reference", q.against ? fate_of(one.there) : Json(nullptr)}});
  j["incidents_in_all"] = story.incidents_in_all;
  j["chain_of"] = story.incidents.empty() ? Json(nullptr) : Json(story.chain_is_here ? own : other);
  j["chain"] = Json::array();
  for (auto const& step : story.chain) j["chain"].push_back(step_of(step));
  j["parting"] = story.parting ? parting_of(*story.parting, own, other) : Json(nullptr);
  j["sentences"] = story.sentences;
  return j;
}

}  // namespace

std::string story_json(Story const& story, sim::ResultSchema const& schema) {
  return json_of(story, schema).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string why_json(Story const& story, sim::ResultSchema const& schema, std::string const& command) {
  Json j = json_of(story, schema);
  j["command"] = command;
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace app
