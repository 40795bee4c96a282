// Executors by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/kernel/executor.hpp"

namespace sim {

/// One of executor_names(); Error with a suggestion for any other name. `threads` >= 1: workers;
/// Error if there are several and the executor can use one only. An executor may run one world after the other and keeps its memory between them.
std::unique_ptr<Executor> make_executor(std::string_view name, unsigned threads = 1);

/// All names that make_executor knows.
std::vector<std::string> executor_names();

}  // namespace sim
