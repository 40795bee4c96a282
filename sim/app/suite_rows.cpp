#include "sim/app/suite_rows.hpp"

#include <algorithm>

namespace app {

namespace {

constexpr double one_tick = 1e-6;  // [mean increments of a second]

phold::BenchOptions load(std::uint32_t lps, std::uint32_t events_per_lp, double end, double lookahead = 0.1) {
  return {.lps = lps, .events_per_lp = events_per_lp, .lookahead = lookahead, .end = end};
}

phold::BenchOptions shaped(phold::Load shape) {
  phold::BenchOptions options = load(16384, 4, 12);
  options.load = shape;
  return options;
}

}  // namespace

std::vector<SuiteRow> suite_rows(bool quick) {
  auto const small = load(1024, 1, 1000), dense = load(1024, 16, 60), middle = load(65536, 1, 15), large = load(1048576, 1, 2);
  auto const small_tick = load(1024, 1, 1000, one_tick), middle_tick = load(65536, 1, 15, one_tick),
             large_tick = load(1048576, 1, 2, one_tick);
  std::vector<SuiteRow> rows{
      {"1,024 LPs", small, "conservative", 1, "yardstick", 1, 1.8},
      {"1,024 LPs, 16 events each", dense, "conservative", 1, "yardstick", 1, 2.0},
      {"65,536 LPs", middle, "conservative", 1, "yardstick", 1, 3.0},
      {"1,048,576 LPs", large, "conservative", 1, "yardstick", 1, 4.5},
      {"1,024 LPs, 16 events each", dense, "conservative", 2, "conservative", 1, 1.5},
      {"65,536 LPs", middle, "conservative", 2, "conservative", 1, 1.7},
      {"1,048,576 LPs", large, "conservative", 2, "conservative", 1, 1.7},
      {"1,024 LPs", small, "sequential", 1, "yardstick", 1, 1.5},
      {"65,536 LPs", middle, "sequential", 1, "yardstick", 1, 1.5},
      {"1,048,576 LPs", large, "sequential", 1, "yardstick", 1, 1.4},
      {"1,024 LPs, lookahead of one tick", small_tick, "sequential", 1, "yardstick", 1, 1.5},
      {"65,536 LPs, lookahead of one tick", middle_tick, "sequential", 1, "yardstick", 1, 1.5},
      {"1,048,576 LPs, lookahead of one tick", large_tick, "sequential", 1, "yardstick", 1, 1.4},
      {"1,024 LPs", small, "optimistic", 2, "yardstick", 1, 0.7},
      {"65,536 LPs", middle, "optimistic", 2, "yardstick", 1, 1.0},
      {"1,024 LPs, lookahead of one tick", small_tick, "optimistic", 2, "yardstick", 1, 0.7 / 1.5},
      {"65,536 LPs, lookahead of one tick", middle_tick, "optimistic", 2, "yardstick", 1, 1.0 / 1.5},
      {"65,536 LPs", middle, "distributed", 2, "conservative", 2, 0.7},
      {"1,048,576 LPs", large, "distributed", 2, "conservative", 2, 0.7},
      {"65,536 LPs, beside a busy process", middle, "conservative", 2, "conservative", 1, 0.8, true},
      {"hot spot, 16,384 LPs", shaped(phold::Load::hot_spot), "conservative", 2, "conservative", 1},
      {"hot spot, 16,384 LPs", shaped(phold::Load::hot_spot), "optimistic", 2, "conservative", 1},
      {"bursts, 16,384 LPs", shaped(phold::Load::bursts), "conservative", 2, "conservative", 1},
      {"bursts, 16,384 LPs", shaped(phold::Load::bursts), "sequential", 1, "yardstick", 1},
      {"uneven cost, 16,384 LPs", shaped(phold::Load::uneven), "conservative", 2, "conservative", 1},
      {"uneven cost, 16,384 LPs", shaped(phold::Load::uneven), "optimistic", 2, "conservative", 1}};
  for (SuiteRow& row : rows) {
    if (!quick) continue;
    row.load.lps = std::min(row.load.lps, 4096u);
    row.load.end = std::max(2.0, row.load.end / 100);
  }
  return rows;
}

std::vector<phold::BenchOptions> suite_sizes(bool quick) {
  std::vector<phold::BenchOptions> sizes;
  for (std::uint32_t lps = 1000; lps <= (quick ? 10'000u : 10'000'000u); lps *= 10) {
    sizes.push_back(load(lps, 1, std::max(0.5, (quick ? 1e4 : 1e6) / lps)));
  }
  return sizes;
}

}  // namespace app
