// Every executor with every number of threads that the tests run it on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/exec/conservative.hpp"
#include "sim/exec/executors.hpp"

namespace variants {

#ifdef SIM_TEST_DISTRIBUTED
/// In the suite that several ranks run together.
inline std::vector<std::string> names() { return {"sequential", "conservative/2", "distributed"}; }
#else
/// "sequential", ..., "conservative/1", "conservative/2", ...; with "!" the workers meet at every window, however small.
inline std::vector<std::string> names() {
  std::vector<std::string> all;
  for (std::string const& name : sim::executor_names()) {
    if (name == "distributed") continue;  // needs several processes: test_exec_distributed
    if (name != "conservative") {
      all.push_back(name);
      continue;
    }
    for (char const* threads : {"1", "2", "4", "8", "2!", "3!"}) all.push_back(name + "/" + threads);
  }
  return all;
}
#endif

inline std::unique_ptr<sim::Executor> make(std::string const& variant) {
  std::size_t const slash = variant.find('/');
  if (slash == std::string::npos) return sim::make_executor(variant);
  auto const threads = static_cast<unsigned>(std::stoul(variant.substr(slash + 1)));
  if (variant.ends_with('!')) return sim::make_conservative(threads, 0);
  return sim::make_executor(variant.substr(0, slash), threads);
}

}  // namespace variants
