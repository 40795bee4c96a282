#include "sim/app/bench/suite_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace app {

namespace {

constexpr double one_tick = 1e-6;  // [mean increments of a second]

SuiteEngine const yardstick{"yardstick"}, sequential{"sequential"}, conservative{"conservative"}, conservative_2{"conservative", 2},
    optimistic_2{"optimistic", 2}, distributed_2{"distributed", 2};

SuiteGroup group(std::string const& name, SuiteLoad load, std::vector<SuiteRow> rows) {
  SuiteGroup made{.name = name, .load = std::move(load), .rows = std::move(rows)};
  auto const add = [&](SuiteEngine const& engine) {
    if (std::find(made.engines.begin(), made.engines.end(), engine) == made.engines.end()) made.engines.push_back(engine);
  };
  for (SuiteRow const& row : made.rows) add(row.over), add(row.engine);
  return made;
}

/// Makes PHOLD loads, all of a few million events, or of a few thousand.
struct Phold {
  bool quick;
  phold::BenchOptions options(std::uint32_t lps, std::uint32_t events_per_lp, double end, double lookahead = 0.1) const {
    phold::BenchOptions made{.lps = lps, .events_per_lp = events_per_lp, .lookahead = lookahead, .end = end};
    if (!quick) return made;
    made.lps = std::min(lps, 2048u);
    made.end = 3;
    return made;
  }
  SuiteLoad load(std::uint32_t lps, std::uint32_t events_per_lp, double end, double lookahead = 0.1) const {
    return suite_load(options(lps, events_per_lp, end, lookahead));
  }
  SuiteLoad shaped(phold::Load shape, double end, std::uint32_t lps = 16384) const {
    phold::BenchOptions made = options(lps, 4, end);
    made.load = shape;
    return suite_load(made);
  }
};

/// The table "what to reach" for PHOLD.
std::vector<SuiteGroup> targets(Phold const& phold) {
  return {group("1,024 LPs", phold.load(1024, 1, 4000),
                {{sequential, yardstick, 1.5}, {conservative, yardstick, 1.8}, {optimistic_2, yardstick, 0.7}}),
          group("1,024 LPs, 16 events each", phold.load(1024, 16, 250),
                {{sequential, yardstick}, {conservative, yardstick, 2.0}, {conservative_2, conservative, 1.5}, {optimistic_2, yardstick}}),
          group("65,536 LPs", phold.load(65536, 1, 60),
                {{sequential, yardstick, 1.5}, {conservative, yardstick, 3.0}, {conservative_2, conservative, 1.7},
                 {optimistic_2, yardstick, 1.0}, {distributed_2, conservative_2, 0.7}}),
          group("1,048,576 LPs", phold.load(1048576, 1, 4),
                {{sequential, yardstick, 1.4}, {conservative, yardstick, 4.5}, {conservative_2, conservative, 1.7},
                 {optimistic_2, yardstick}, {distributed_2, conservative_2, 0.7}}),
          group("1,024 LPs, lookahead of one tick", phold.load(1024, 1, 4000, one_tick),
                {{sequential, yardstick, 1.5}, {optimistic_2, yardstick, 0.7 / 1.5}}),
          group("65,536 LPs, lookahead of one tick", phold.load(65536, 1, 60, one_tick),
                {{sequential, yardstick, 1.5}, {optimistic_2, yardstick, 1.0 / 1.5}}),
          group("1,048,576 LPs, lookahead of one tick", phold.load(1048576, 1, 4, one_tick), {{sequential, yardstick, 1.4}})};
}

/// Two threads while another process has one of two cores.
std::vector<SuiteGroup> disturbed(Phold const& phold) {
  std::vector<SuiteRow> const rows{{conservative_2, conservative, 0.8}, {optimistic_2, {"optimistic"}, 0.8}};
  std::vector<SuiteGroup> all{group("1,024 LPs, 16 events each, beside a busy process", phold.load(1024, 16, 250), rows),
                              group("65,536 LPs, beside a busy process", phold.load(65536, 1, 60), rows)};
  for (SuiteGroup& each : all) each.is_disturbed = true;
  return all;
}

/// Loads for which no ratio is set.
std::vector<SuiteGroup> other_loads(Phold const& phold) {
  std::vector<SuiteRow> const rows{{sequential, yardstick}, {conservative, yardstick}, {conservative_2, conservative}, {optimistic_2, yardstick}};
  network::BenchOptions const network{.lps = phold.quick ? 512u : 16384u, .events_per_lp = 2, .end = phold.quick ? 3.0 : 100.0};
  return {group("hot spot, 16,384 LPs", phold.shaped(phold::Load::hot_spot, 60), rows),
          group("bursts, 16,384 LPs", phold.shaped(phold::Load::bursts, 60), rows),
          group("uneven cost, 16,384 LPs", phold.shaped(phold::Load::uneven, 20), rows),
          group("two regions, 1,024 LPs", phold.shaped(phold::Load::regions, 500, 1024), rows),
          group("two regions, 16,384 LPs", phold.shaped(phold::Load::regions, 60), rows),
          group("network of queues, 16,384 stations", suite_load(network), rows)};
}

}  // namespace

std::vector<SuiteGroup> suite_groups(std::string const& study, bool quick) {
  Phold const phold{quick};
  std::vector<SuiteGroup> all = targets(phold);
  for (SuiteGroup& each : disturbed(phold)) all.push_back(std::move(each));
  for (SuiteGroup& each : other_loads(phold)) all.push_back(std::move(each));
  all.push_back(group("world of the study, 71 nations", suite_world(study, quick ? 1 : 10),
                      {{conservative, sequential}, {conservative_2, sequential}, {optimistic_2, sequential}}));
  // 71 nations of 16 sectors.
  all.push_back(group("world of 1,000,000 assets", suite_world(study, 1, {quick ? "scenario.assets_per_sector=9" : "scenario.assets_per_sector=880"}),
                      {{conservative, sequential}, {conservative_2, conservative}}));
  return all;
}

std::vector<SuiteGroup> suite_sizes(bool quick) {
  std::vector<SuiteGroup> all;
  for (std::uint32_t lps = 1000; lps <= (quick ? 10'000u : 10'000'000u); lps *= 10) {
    double const events = quick ? 1e4 : 4e6;
    // Two increments at least: the first hops come in order of LPs, which no later ones do.
    all.push_back({.name = fmt::format("sizes: {} LPs", lps),
                   .load = suite_load(phold::BenchOptions{.lps = lps, .end = std::max(2.0, events / lps)}),
                   .engines = {yardstick, sequential, conservative, conservative_2, optimistic_2, {"bound"}},
                   .lps = static_cast<double>(lps)});
  }
  return all;
}

}  // namespace app
