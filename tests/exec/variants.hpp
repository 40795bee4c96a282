// Every executor with every number of threads that the tests run it on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/exec/conservative/conservative.hpp"
#include "sim/exec/executors.hpp"
#include "sim/exec/optimistic/optimistic.hpp"

namespace variants {

#ifdef SIM_TEST_DISTRIBUTED
/// In the suite that several ranks run together.
inline std::vector<std::string> names() { return {"sequential", "conservative/2", "distributed"}; }
#else
/// "sequential", ..., "conservative/1", "optimistic/2", ...; with "!" the workers meet at every window, however small.
/// Of the optimistic ones, "-tick" runs ahead by one tick, "-far" to the end, "-little" with no memory for it.
inline std::vector<std::string> names() {
  std::vector<std::string> all;
  for (std::string const& name : sim::executor_names()) {
    if (name == "distributed") continue;  // needs several processes: test_exec_distributed
    std::vector<std::string> threads{""};
    if (name == "conservative") threads = {"/1", "/2", "/3", "/4", "/8", "/2!", "/3!"};
    if (name == "optimistic") threads = {"/1", "/2", "/3", "/4", "/8", "/2!", "/3!", "/8!", "/2-tick", "/3-far", "/2-little"};
    for (std::string const& some : threads) all.push_back(name + some);
  }
  return all;
}
#endif

/// Options of an optimistic variant.
inline sim::OptimisticOptions optimistic_options(std::string const& variant) {
  sim::OptimisticOptions options;
  if (variant.find_first_of("!-") != std::string::npos) options.small_round = 0;
  if (variant.ends_with("-tick")) options.window = sim::tick;
  if (variant.ends_with("-far")) options.window = sim::year * 1000;
  if (variant.ends_with("-little")) options.memory_max = 1;
  return options;
}

inline std::unique_ptr<sim::Executor> make(std::string const& variant) {
  std::size_t const slash = variant.find('/');
  if (slash == std::string::npos) return sim::make_executor(variant);
  auto const threads = static_cast<unsigned>(std::stoul(variant.substr(slash + 1)));
  if (variant.starts_with("optimistic")) return sim::make_optimistic(threads, optimistic_options(variant));
  if (variant.ends_with('!')) return sim::make_conservative(threads, 0);
  return sim::make_executor(variant.substr(0, slash), threads);
}

}  // namespace variants
