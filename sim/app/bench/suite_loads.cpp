#include "sim/app/bench/suite_loads.hpp"

#include <fmt/format.h>
#include <stdio.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "models/phold/yardstick.hpp"
#include "sim/app/bench/world_histories.hpp"
#include "sim/app/world_study.hpp"
#include "sim/base/error.hpp"
#include "sim/base/shell_quoted.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

char const* name_of(phold::Load load) {
  constexpr char const* names[] = {"uniform", "hot-spot", "bursts", "uneven", "regions"};
  return names[static_cast<std::size_t>(load)];
}

/// What a command writes on standard output.
std::string output_of(std::string const& command) {
  std::string text;
  std::unique_ptr<FILE, int (*)(FILE*)> const pipe(::popen(command.c_str(), "r"), &::pclose);
  if (pipe == nullptr) return text;
  char buffer[4096];
  while (std::size_t const count = ::fread(buffer, 1, sizeof buffer, pipe.get())) text.append(buffer, count);
  return text;
}

SuiteRun on_ranks(unsigned ranks, phold::BenchOptions const& load) {
  std::string const self = std::filesystem::read_symlink("/proc/self/exe").string();
  std::string const text = output_of(fmt::format(
      "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun -n {} --oversubscribe {} bench phold --executor distributed --lps {} "
      "--events-per-lp {} --lookahead {} --remote {} --end {} --seed {} --load {} --json </dev/null 2>/dev/null",
      ranks, sim::shell_quoted(self), load.lps, load.events_per_lp, load.lookahead, load.remote, load.end, load.seed,
      name_of(load.load)));
  auto const json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return {{}, "no MPI in this build, or no mpirun"};
  return {{json.at("events"), json.at("seconds"), std::strtoull(json.at("digest").get<std::string>().c_str(), nullptr, 16)}, {}};
}

/// Why this build cannot run `engine`; empty if it can.
std::string missing(SuiteEngine const& engine) {
  auto const& names = sim::executor_names();
  if (std::find(names.begin(), names.end(), engine.name) == names.end()) return "not in this build";
  if (engine.name == "distributed") return "only measured on PHOLD";
  return {};
}

SuiteRun in_this_process(SuiteEngine const& engine, sim::BenchLoad const& load) {
  if (std::string const why = missing(engine); !why.empty()) return {{}, why};
  return {sim::time_executor(load, *sim::make_executor(engine.name, engine.threads)), {}};
}

}  // namespace

SuiteLoad suite_load(phold::BenchOptions const& options) {
  return [options, load = sim::bench_load(options)](SuiteEngine const& engine) -> SuiteRun {
    if (engine.name == "yardstick") return {sim::time_by_hand(load.yardstick), {}};
    if (engine.name == "distributed") return on_ranks(engine.threads, options);
    if (engine.name != "bound") return in_this_process(engine, load);
    auto const parameters = phold::bench_parameters(options);
    auto const bound = [&](std::function<void()> const& when_built) {
      return phold::run_bound(parameters, load.end, options.seed, when_built);
    };
    return {sim::time_by_hand(bound), {}};
  };
}

SuiteLoad suite_load(network::BenchOptions const& options) {
  return [load = sim::bench_load(options)](SuiteEngine const& engine) -> SuiteRun {
    if (engine.name == "yardstick") return {sim::time_by_hand(load.yardstick), {}};
    return in_this_process(engine, load);
  };
}

SuiteLoad suite_world(std::string const& study, std::uint32_t futures, std::vector<sim::Override> const& settings) {
  auto const opened = std::make_shared<std::optional<WorldStudy>>();
  return [=](SuiteEngine const& engine) -> SuiteRun {
    if (std::string const why = missing(engine); !why.empty()) return {{}, why};
    if (!std::filesystem::exists(study)) return {{}, study + " is not here: give --study"};
    if (!*opened) *opened = open_study(study, settings);
    if (!*opened) return {{}, study + " is no sound study"};
    auto const executor = sim::make_executor(engine.name, engine.threads);
    HistoriesRun const run = run_histories(*(*opened)->scenario, std::min(futures, (*opened)->study.futures), *executor);
    return {{run.events, run.run_s, run.digest}, {}};
  };
}

}  // namespace app
