#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include <nlohmann/json.hpp>

#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/suite_measure.hpp"
#include "sim/app/suite_plot.hpp"
#include "sim/app/suite_rows.hpp"
#include "sim/base/error.hpp"
#include "sim/io/posix_file.hpp"
#include "sim/io/provenance.hpp"

namespace app {

namespace {

using Json = nlohmann::ordered_json;

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  std::size_t const middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// The ratios of one line, a round each.
struct Measured {
  std::vector<double> ratios, events_per_second;
  std::string missing;
  std::set<std::uint64_t> digests;
};

void measure(SuiteRow const& row, Measured& measured) {
  if (!measured.missing.empty()) return;
  std::optional<BusyProcess> busy;
  if (row.is_disturbed) busy.emplace();
  SuiteSpeed const engine = measure_engine(row.executor, row.threads, row.load);
  SuiteSpeed const other = measure_engine(row.over, row.over_threads, row.load);
  measured.missing = engine.missing.empty() ? other.missing : engine.missing;
  if (!measured.missing.empty()) return;
  measured.ratios.push_back(engine.events_per_second() / other.events_per_second());
  measured.events_per_second.push_back(engine.events_per_second());
  for (SuiteSpeed const& speed : {engine, other}) {
    if (speed.digest != 0) measured.digests.insert(speed.digest);
  }
}

std::string title(SuiteRow const& row) { return fmt::format("{} {}, {}", row.executor, row.threads, row.name); }
std::string over(SuiteRow const& row) {
  return row.over == "yardstick" ? row.over : fmt::format("{} {}", row.over, row.over_threads);
}

Json to_json(SuiteRow const& row, Measured const& measured) {
  Json json{{"executor", row.executor}, {"threads", row.threads}, {"load", row.name}, {"over", over(row)}};
  if (!measured.missing.empty()) return json["missing"] = measured.missing, json;
  json["ratio"] = median(measured.ratios);
  if (row.target > 0) json["target"] = row.target;
  if (row.target > 0) json["reached"] = median(measured.ratios) >= row.target;
  json["events_per_second"] = median(measured.events_per_second);
  json["ratios"] = measured.ratios;
  return json;
}

std::string to_markdown(SuiteRow const& row, Measured const& measured) {
  std::string const target = row.target > 0 ? fmt::format("{:.2f}", row.target) : "";
  if (!measured.missing.empty()) return fmt::format("| {} | {} | | {} | {} |\n", title(row), over(row), target, measured.missing);
  auto const [least, greatest] = std::minmax_element(measured.ratios.begin(), measured.ratios.end());
  double const ratio = median(measured.ratios);
  return fmt::format("| {} | {} | {:.2f} ({:.2f} to {:.2f}) | {} | {} |\n", title(row), over(row), ratio, *least, *greatest, target,
                     row.target == 0 ? "" : ratio >= row.target ? "reached" : "not reached");
}

/// Wall time of an event against the size of the world [ns], medians.
SuiteCurves measure_sizes(BenchSuiteOptions const& options) {
  SuiteCurves curves;
  std::vector<std::pair<std::string, unsigned>> const engines{
      {"yardstick", 1}, {"sequential", 1}, {"conservative", 1}, {"conservative", 2}, {"bound", 1}};
  for (phold::BenchOptions const& load : suite_sizes(options.quick)) {
    std::map<std::string, std::vector<double>> ns;
    for (unsigned round = 0; round < options.rounds; ++round) {
      complain(fmt::format("{} LPs, round {} of {}\n", load.lps, round + 1, options.rounds));
      for (auto const& [engine, threads] : engines) {
        ns[threads > 1 ? fmt::format("{}, {} threads", engine, threads) : engine].push_back(
            1e9 / measure_engine(engine, threads, load).events_per_second());
      }
    }
    for (auto const& [engine, values] : ns) curves[engine].push_back({static_cast<double>(load.lps), median(values)});
  }
  return curves;
}

void write(std::filesystem::path const& path, std::string const& text) {
  sim::write_file_durably(path, text);
  complain(fmt::format("written: {}\n", path.string()));
}

/// Executor -> memory, in worlds of a million LPs.
std::map<std::string, SuiteMemory> measure_all_memory(bool quick) {
  std::map<std::string, SuiteMemory> all;
  for (char const* executor : {"sequential", "conservative"}) {
    complain(fmt::format("memory of {}\n", executor));
    all[executor] = measure_memory(executor, quick ? 100'000 : 1'000'000);
  }
  return all;
}

std::string memory_markdown(std::map<std::string, SuiteMemory> const& all) {
  std::string text = "| memory beyond the model's own [bytes] | per LP (to reach: 64) | per pending event (to reach: 48) |\n|---|---|---|\n";
  for (auto const& [executor, memory] : all) {
    text += fmt::format("| {} | {:.0f} | {:.0f} |\n", executor, memory.per_lp, memory.per_pending_event);
  }
  return text;
}

Json machine() {
  auto const build = sim::build_info();
  return {{"cores", std::thread::hardware_concurrency()}, {"compiler", build.compiler}, {"commit", build.commit}};
}

}  // namespace

Exit bench_suite(BenchSuiteOptions const& options) {
  std::filesystem::create_directories(options.out);
  auto const memory = measure_all_memory(options.quick);
  std::vector<SuiteRow> const rows = suite_rows(options.quick);
  std::vector<Measured> measured(rows.size());
  for (unsigned round = 0; round < options.rounds; ++round) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      complain(fmt::format("round {} of {}: {} over {}\n", round + 1, options.rounds, title(rows[i]), over(rows[i])));
      measure(rows[i], measured[i]);
    }
  }
  SuiteCurves const curves = measure_sizes(options);
  Json json{{"suite_format", 1}, {"machine", machine()}, {"rounds", options.rounds}, {"rows", Json::array()}, {"ns_per_event", Json::parse(curves_json(curves))}};
  std::string table = "| engine and load | over | ratio (least to greatest) | to reach | |\n|---|---|---|---|---|\n";
  bool same = true;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    json["rows"].push_back(to_json(rows[i], measured[i]));
    table += to_markdown(rows[i], measured[i]);
    same = same && measured[i].digests.size() <= 1;
  }
  for (auto const& [executor, its] : memory) {
    json["memory"][executor] = {{"per_lp", its.per_lp}, {"per_pending_event", its.per_pending_event}};
  }
  json["same_digests"] = same;
  table += "\n" + curves_markdown(curves) + "\n" + memory_markdown(memory);
  write(std::filesystem::path(options.out) / "suite.json", json.dump(2) + "\n");
  write(std::filesystem::path(options.out) / "suite.md", table);
  write(std::filesystem::path(options.out) / "suite.svg", curves_svg(curves));
  print(options.json ? json.dump(2) + "\n" : table);
  if (!same) complain("executors disagree: digests differ (see suite.json)\n");
  return same ? Exit::done : Exit::verification_differs;
}

}  // namespace app
