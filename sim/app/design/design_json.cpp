#include <nlohmann/json.hpp>

#include "sim/app/design/design_csv.hpp"
#include "sim/app/design/design_text.hpp"

namespace app {

namespace {

using Json = nlohmann::ordered_json;

Json range_json(Range const& r) { return {{"low", r.low}, {"middle", r.middle}, {"high", r.high}}; }

Json lever_json(sim::StudyLever const& lever) {
  Json levels = Json::array();
  for (auto const& level : lever.levels)
    levels.push_back({{"status", level.status.empty() ? Json(nullptr) : Json(level.status)}, {"from", to_string(level.from)}, {"to", level.to == sim::never ? Json(nullptr) : Json(to_string(level.to))}});
  return {{"name", lever.name}, {"within", lever.within.empty() ? Json(nullptr) : Json(lever.within)}, {"levels", levels}};
}

Json spent_json(std::vector<Spent> const& all) {
  Json list = Json::array();
  for (Spent const& one : all) list.push_back({{"wall_seconds", one.wall_seconds}, {"core_seconds", one.core_seconds}});
  return list;
}

Json pilot_json(PilotRun const& pilot) {
  return {{"histories", spent_json(pilot.histories)},
          {"setups", spent_json(pilot.setups)},
          {"replications", pilot.journal_bytes.size()},
          {"extrapolated", pilot.extrapolated},
          {"failed", pilot.failed},
          {"jobs", pilot.jobs},
          {"wall_seconds", pilot.wall_seconds},
          {"results_bytes_per_replication", pilot.results_bytes},
          {"memory_bytes_per_worker", pilot.worker_memory},
          {"interrupted", pilot.interrupted}};
}

Json estimate_json(CampaignEstimate const& e) {
  return {{"replication_seconds", range_json(e.replication_seconds)},
          {"setup_seconds", e.setup_seconds},
          {"core_seconds", range_json(e.core_seconds)},
          {"wall_seconds", range_json(e.wall_seconds)},
          {"wall_seconds_of_tasks", range_json(e.wall_seconds_of_tasks)},
          {"journal_bytes_per_replication", e.journal_bytes},
          {"disk_bytes_running", range_json(e.disk_running)},
          {"disk_bytes_end", range_json(e.disk_end)},
          {"memory_bytes", range_json(e.memory)}};
}

Json foresight_json(DesignReport const& report) {
  auto const& rule = report.study.stopping;
  if (!rule.is_rule()) return nullptr;
  Json targets = Json::array();
  for (auto const& [row, range, is_known, is_out_of_reach] : report.foresight) {
    Json one{{"target", sim::name_of(rule.targets[row.target])}, {"treatment", report.study.treatments[row.point].name}, {"wanted_half_width", row.wanted}, {"count_needed", nullptr}, {"count_low", nullptr},
             {"count_high", nullptr}, {"out_of_reach", is_out_of_reach}};
    if (is_known) one["count_needed"] = row.needed, one["count_low"] = range.lo, one["count_high"] = range.hi;
    targets.push_back(std::move(one));
  }
  return {{"unit", rule.unit}, {"counts", rule.counts}, {"targets", targets}};
}

}  // namespace

std::string design_json(DesignReport const& report) {
  auto const& study = report.study;
  Json treatments = Json::array(), levers = Json::array();
  for (auto const& lever : study.levers) levers.push_back(lever_json(lever));
  for (auto const& t : study.treatments) treatments.push_back({{"name", t.name}, {"label", t.label}, {"levels", levels_of(study, t)}});
  Json j{{"format", 1},
         {"study", study.name},
         {"design", {{"type", study.design.type}, {"reference", study.reference}, {"where", study.design.where}, {"generators", study.design.generators}, {"notes", study.design.notes}}},
         {"levers", levers},
         {"treatments", treatments},
         {"futures", {{"count", study.futures}, {"sampling", sampling_text(study)}}},
         {"replications", study.replications},
         {"runs", static_cast<std::uint64_t>(report.plan.runs())},
         {"jobs", report.plan.jobs},
         {"tasks", report.plan.tasks},
         {"pilot", report.pilot ? pilot_json(*report.pilot) : Json(nullptr)},
         {"expected", report.estimate ? estimate_json(*report.estimate) : Json(nullptr)},
         {"stopping", foresight_json(report)},
         {"free_disk_bytes", report.free_disk},
         {"free_memory_bytes", report.free_memory},
         {"warnings", report.shortages}};
  return j.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace app
