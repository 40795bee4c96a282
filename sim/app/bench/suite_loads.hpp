// The loads of `bench suite`: each can be run by any of its engines.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/app/bench/bench_load.hpp"
#include "sim/config/issue.hpp"

namespace app {

/// One run, or why there is none.
struct SuiteRun : sim::TimedRun {
  std::string missing;
};

/// An engine: an executor on so many threads, "yardstick", or "bound".
struct SuiteEngine {
  std::string name;
  unsigned threads = 1;
  /// "conservative 2", "yardstick".
  std::string text() const {
    return name == "yardstick" || name == "bound" ? name : name + ' ' + std::to_string(threads);
  }
  friend bool operator==(SuiteEngine const&, SuiteEngine const&) = default;
};

using SuiteLoad = std::function<SuiteRun(SuiteEngine const&)>;

/// PHOLD; the only load with a bound, and the only one that "distributed" runs: mpirun starts so many ranks.
SuiteLoad suite_load(phold::BenchOptions const& options);
/// The closed network of queues.
SuiteLoad suite_load(network::BenchOptions const& options);
/// Histories of the world of a study, read when first run with the given settings (`KEY=VALUE`); without a yardstick.
SuiteLoad suite_world(std::string const& study, std::uint32_t futures, std::vector<sim::Override> const& settings = {});

}  // namespace app
