// The choice of `--executor auto`: known cases, bounds, and the measured table of the documentation.
#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <sstream>

#include "sim/exec/executor_choice.hpp"
#include "sim/exec/executors.hpp"

namespace {

sim::ExecutorChoice choose(std::uint32_t lps, double events_per_window, unsigned threads) {
  return sim::choose_executor({lps, sim::minute, events_per_window, threads});
}

struct Measured {
  std::uint32_t lps = 0;
  double events_per_window = 0, sequential = 0, conservative = 0, two_threads = 0;  // [ns per event]
};

/// Rows "| 1024 x 16 | 128 | 95 | 93 | 120 |" of docs/design/executors.md: LPs x events each, events a window, three times.
std::vector<Measured> measured_table() {
  std::vector<Measured> rows;
  std::ifstream page("docs/design/executors.md");
  for (std::string line; std::getline(page, line);) {
    Measured row;
    double events_per_lp = 0;
    char bar = 0, times = 0;
    std::istringstream words(line);
    if (words >> bar >> row.lps >> times >> events_per_lp >> bar >> row.events_per_window >> bar >> row.sequential >> bar >>
            row.conservative >> bar >> row.two_threads && times == 'x') {
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("the known cases are chosen as documented, each with its reason", "[exec][choice]") {
  struct Case {
    std::uint32_t lps;
    double events_per_window;
    unsigned threads;
    char const* executor;
    unsigned chosen;
    char const* reason;
  };
  for (Case const& known : {Case{5026, 1.14, 16, "sequential", 1, "windows of 60 s hold 1.14 events: threads would only wait"},
                            {1024, 51, 2, "sequential", 1, "too few to batch or to share"},
                            {65'536, 6554, 2, "conservative", 2, "windows of 60 s hold 6554 events: enough for each thread"},
                            {65'536, 6554, 1, "conservative", 1, "one core is free"},
                            {65'536, 200, 8, "conservative", 1, "too few to share"},
                            {1'000'000, 5000, 64, "conservative", 39, "enough for each thread"},
                            {3, 1e9, 64, "conservative", 3, "enough for each thread"},
                            {0, 0, 1, "sequential", 1, "hold 0 events"},
                            {1, std::nan(""), 4, "sequential", 1, "windows"}}) {
    sim::ExecutorChoice const choice = choose(known.lps, known.events_per_window, known.threads);
    INFO(choice.reason);
    CHECK(choice.executor == known.executor);
    CHECK(choice.threads == known.chosen);
    CHECK_THAT(choice.reason, Catch::Contains(known.reason));
  }
  CHECK_THAT(sim::choose_executor({10, sim::tick, 1, 1}).reason, Catch::Contains("windows of 1 us"));
  CHECK_THAT(sim::choose_executor({10, sim::Duration{100'000}, 1, 1}).reason, Catch::Contains("windows of 100 ms"));
}

TEST_CASE("regions far from each other give threads enough to do between two meetings", "[exec][choice]") {
  auto const with_regions = [](double events, std::uint32_t regions, double windows_apart, unsigned threads = 8) {
    return sim::choose_executor({.lps = 1000, .lookahead = sim::minute, .events_per_window = events, .threads = threads,
                                 .regions = regions, .windows_apart = windows_apart});
  };
  sim::ExecutorChoice const two = with_regions(30, 2, 11);
  CHECK(two.executor == "conservative");
  CHECK(two.threads == 2);
  CHECK(two.reason == "windows of 60 s hold 30 events, and regions lie 11 of them apart: enough for each thread");
  CHECK(with_regions(30, 5, 11).threads == 2);    // 330 events
  CHECK(with_regions(30, 2, 1).executor == "sequential");
  CHECK(with_regions(30, 2, 11, 1).executor == "sequential");
  CHECK(with_regions(2000, 2, 11).threads == 8);  // enough without them
}

TEST_CASE("more events or cores never mean fewer threads, and no choice takes more than it may", "[exec][choice]") {
  for (unsigned const cores : {1u, 2u, 3u, 16u, 200u}) {
    unsigned before = 0;
    for (double events = 0.5; events < 1e7; events *= 1.7) {
      sim::ExecutorChoice const choice = choose(50'000, events, cores);
      CHECK(choice.threads >= std::max(1u, before));
      CHECK(choice.threads <= cores);
      CHECK(choice.threads >= choose(50'000, events, std::max(1u, cores / 2)).threads);
      CHECK_NOTHROW(sim::make_executor(choice.executor, choice.threads));
      before = choice.threads;
    }
    CHECK(before == cores);
  }
}

TEST_CASE("where it was measured, the choice is never clearly slower than what else there is", "[exec][choice]") {
  auto const table = measured_table();
  REQUIRE(table.size() >= 8);
  std::size_t parallel = 0, batched = 0;
  for (Measured const& row : table) {
    INFO(row.lps << " LPs, " << row.events_per_window << " events a window");
    double const best = std::min(row.sequential, row.conservative);
    sim::ExecutorChoice const one = choose(row.lps, row.events_per_window, 1), two = choose(row.lps, row.events_per_window, 2);
    CHECK((one.executor == "sequential" ? row.sequential : row.conservative) <= 1.1 * best);
    if (two.threads == 2) CHECK(row.two_threads <= best);
    parallel += two.threads == 2;
    batched += one.executor == "conservative";
  }
  CHECK(parallel > 0);
  CHECK(batched > parallel);
  CHECK(batched < table.size());
}
