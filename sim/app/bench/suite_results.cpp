#include "sim/app/bench/suite_results.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace app {

namespace {

using Json = nlohmann::ordered_json;

/// The ratio of each round; empty if one of the engines is missing.
std::vector<double> ratios(SuiteRow const& row, SuiteRuns const& runs) {
  auto const engine = runs.of.find(row.engine.text()), over = runs.of.find(row.over.text());
  std::vector<double> all;
  if (engine == runs.of.end() || over == runs.of.end()) return all;
  for (std::size_t round = 0; round < std::min(engine->second.size(), over->second.size()); ++round) {
    all.push_back(engine->second[round].events_per_second() / over->second[round].events_per_second());
  }
  return all;
}

double ns_per_event(std::vector<sim::TimedRun> const& runs) {
  std::vector<double> all;
  for (sim::TimedRun const& run : runs) all.push_back(1e9 / run.events_per_second());
  return median(all);
}

Json row_json(SuiteRow const& row, SuiteRuns const& runs) {
  Json json{{"engine", row.engine.text()}, {"over", row.over.text()}};
  std::vector<double> const all = ratios(row, runs);
  if (row.target > 0) json["target"] = row.target;
  if (all.empty()) return json;
  json["ratio"] = median(all);
  json["least"] = *std::min_element(all.begin(), all.end());
  json["greatest"] = *std::max_element(all.begin(), all.end());
  if (row.target > 0) json["reached"] = median(all) >= row.target;
  return json;
}

}  // namespace

std::set<std::uint64_t> SuiteRuns::digests() const {
  std::set<std::uint64_t> seen;
  for (auto const& [engine, its] : of) {
    for (sim::TimedRun const& run : its) seen.insert(run.digest);
  }
  seen.erase(0);  // engines without one
  return seen;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::size_t const middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::string json_text(SuiteGroup const& group, SuiteRuns const& runs) {
  Json json{{"load", group.name}, {"beside_a_busy_process", group.is_disturbed}, {"digests", Json::array()},
            {"runs", Json::object()}, {"missing", runs.missing}, {"ratios", Json::array()}};
  if (group.lps > 0) json["lps"] = group.lps;
  for (std::uint64_t const digest : runs.digests()) json["digests"].push_back(fmt::format("{:016x}", digest));
  for (auto const& [engine, its] : runs.of) {
    for (sim::TimedRun const& run : its) json["runs"][engine].push_back({{"events", run.events}, {"seconds", run.seconds}});
  }
  for (SuiteRow const& row : group.rows) json["ratios"].push_back(row_json(row, runs));
  return json.dump();
}

std::string markdown_heading() {
  return "| load | engine | ns an event | over | ratio (least to greatest) | to reach | |\n|---|---|---|---|---|---|---|\n";
}

std::string to_markdown(SuiteGroup const& group, SuiteRuns const& runs) {
  std::string text;
  for (SuiteRow const& row : group.rows) {
    std::string const target = row.target > 0 ? fmt::format("{:.2f}", row.target) : "";
    std::vector<double> const all = ratios(row, runs);
    if (all.empty()) {
      auto const why = runs.missing.find(runs.missing.contains(row.engine.text()) ? row.engine.text() : row.over.text());
      text += fmt::format("| {} | {} | | {} | | {} | not measured: {} |\n", group.name, row.engine.text(), row.over.text(), target,
                          why == runs.missing.end() ? "" : why->second);
      continue;
    }
    auto const [least, greatest] = std::minmax_element(all.begin(), all.end());
    text += fmt::format("| {} | {} | {:.0f} | {} | {:.2f} ({:.2f} to {:.2f}) | {} | {} |\n", group.name, row.engine.text(),
                        ns_per_event(runs.of.at(row.engine.text())), row.over.text(), median(all), *least, *greatest, target,
                        row.target == 0 ? "" : median(all) >= row.target ? "reached" : "not reached");
  }
  return text;
}

void add_point(SuiteCurves& curves, SuiteGroup const& group, SuiteRuns const& runs) {
  if (group.lps == 0) return;
  for (auto const& [engine, its] : runs.of) curves[engine].push_back({group.lps, ns_per_event(its)});
}

std::string to_markdown(std::map<std::string, SuiteMemory> const& memory) {
  std::string text = "| memory beyond the model's own [bytes] | per LP (to reach: 64) | per pending event (to reach: 48) |\n|---|---|---|\n";
  for (auto const& [engine, its] : memory) text += fmt::format("| {} | {:.0f} | {:.0f} |\n", engine, its.per_lp, its.per_pending_event);
  return text;
}

}  // namespace app
