#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include <nlohmann/json.hpp>

#include "sim/app/bench/busy_process.hpp"
#include "sim/app/bench/suite_results.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/base/error.hpp"
#include "sim/io/posix_file.hpp"
#include "sim/io/provenance.hpp"

namespace app {

namespace {

using Json = nlohmann::ordered_json;

/// A world of PHOLD takes less than this with any engine [bytes per LP].
constexpr double bytes_per_lp_max = 400;

void measure(SuiteGroup const& group, SuiteRuns& runs) {
  std::optional<BusyProcess> busy;
  if (group.is_disturbed) busy.emplace();
  for (SuiteEngine const& engine : group.engines) {
    if (runs.missing.contains(engine.text())) continue;
    SuiteRun const run = group.load(engine);
    if (run.missing.empty()) {
      runs.of[engine.text()].push_back(run);
    } else {
      runs.missing[engine.text()] = run.missing;
    }
  }
}

std::vector<SuiteGroup> chosen_groups(BenchSuiteOptions const& options) {
  std::vector<SuiteGroup> all = suite_groups(options.study, options.quick);
  for (SuiteGroup& each : suite_sizes(options.quick)) all.push_back(std::move(each));
  std::erase_if(all, [&](SuiteGroup const& group) { return group.name.find(options.only) == std::string::npos; });
  std::erase_if(all, [](SuiteGroup const& group) {
    bool const is_too_large = available_memory() > 0 && group.lps * bytes_per_lp_max > available_memory();
    if (is_too_large) complain(fmt::format("{}: left out (needs {:.0f} MiB)\n", group.name, group.lps * bytes_per_lp_max / (1 << 20)));
    return is_too_large;
  });
  return all;
}

bool wants_memory(BenchSuiteOptions const& options) { return std::string("memory").find(options.only) != std::string::npos; }

std::map<std::string, SuiteMemory> measure_all_memory(BenchSuiteOptions const& options) {
  std::map<std::string, SuiteMemory> all;
  if (!wants_memory(options)) return all;
  for (SuiteEngine const& engine : {SuiteEngine{"sequential"}, {"conservative"}, {"conservative", 2}, {"optimistic", 2}}) {
    complain(fmt::format("memory of {}\n", engine.text()));
    all[engine.text()] = measure_memory(engine, options.quick ? 100'000 : 1'000'000);
  }
  return all;
}

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(std::min(line.size(), line.find(':') + 2));
  }
  return "unknown";
}

Json machine() {
  auto const& build = sim::build_info();
  return {{"processor", processor()}, {"cores", std::thread::hardware_concurrency()}, {"compiler", build.compiler},
          {"flags", build.flags},     {"commit", build.commit},                       {"dirty", build.dirty}};
}

void write(std::filesystem::path const& path, std::string const& text) {
  sim::write_file_durably(path, text);
  complain(fmt::format("written: {}\n", path.string()));
}

/// Says which groups' runs differ in their digests; true if none.
bool agree(std::vector<SuiteGroup> const& groups, std::vector<SuiteRuns> const& runs) {
  bool all = true;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (runs[i].digests().size() <= 1) continue;
    complain(fmt::format("{}: executors disagree, their digests differ (see suite.json)\n", groups[i].name));
    all = false;
  }
  return all;
}

}  // namespace

Exit bench_suite(BenchSuiteOptions const& options) {
  std::vector<SuiteGroup> const groups = chosen_groups(options);
  if (groups.empty() && !wants_memory(options)) {
    throw sim::Error(fmt::format("--only {} (no load's name holds it) leave it out to see the names", options.only));
  }
  std::vector<SuiteRuns> runs(groups.size());
  std::filesystem::create_directories(options.out);
  auto const memory = measure_all_memory(options);  // first, while this process is small
  for (unsigned round = 0; round < options.rounds; ++round) {
    for (std::size_t i = 0; i < groups.size(); ++i) {
      complain(fmt::format("round {} of {}: {}\n", round + 1, options.rounds, groups[i].name));
      measure(groups[i], runs[i]);
    }
  }
  Json json{{"suite_format", 1}, {"quick", options.quick}, {"rounds", options.rounds}, {"machine", machine()},
            {"loads", Json::array()}, {"memory", Json::object()}};
  std::string lines;
  SuiteCurves curves;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    json["loads"].push_back(Json::parse(json_text(groups[i], runs[i])));
    lines += to_markdown(groups[i], runs[i]);
    add_point(curves, groups[i], runs[i]);
  }
  for (auto const& [engine, its] : memory) json["memory"][engine] = {{"per_lp", its.per_lp}, {"per_pending_event", its.per_pending_event}};
  json["same_digests"] = agree(groups, runs);
  std::string table = options.quick ? "Small and short loads (--quick): these numbers measure nothing.\n\n" : "";
  if (!lines.empty()) table += markdown_heading() + lines;
  if (!curves.empty()) table += fmt::format("\n{}", curves_markdown(curves));
  if (!memory.empty()) table += fmt::format("\n{}", to_markdown(memory));
  std::filesystem::path const out = options.out;
  write(out / "suite.json", json.dump(2) + "\n");
  write(out / "suite.md", table);
  if (!curves.empty()) write(out / "suite.svg", curves_svg(curves));
  print(options.json ? json.dump(2) + "\n" : table);
  return json["same_digests"] ? Exit::done : Exit::verification_differs;
}

}  // namespace app
