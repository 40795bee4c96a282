// Work handed out over MPI, point to point: the first rank answers whoever asks, so that fast ranks do more.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/base/results.hpp"

namespace sim {

/// What a rank has finished since it began, told whenever it asks for more.
struct BatchReport {
  std::uint64_t done = 0, failed = 0, censored = 0;
  std::uint64_t is_last = 0;  // 1: it asks for nothing more
};

/// On another rank: says how far it is and waits for the next replications; none if nothing is left or all shall stop.
std::vector<ReplicationKey> ask_for_batch(BatchReport const& report);
/// On another rank: says that it has kept everything and asks for nothing more.
void report_last(BatchReport report);

/// On the first rank: answers with what `give` returns until every other rank has sent its last report, or `abandoned`
/// is set. A last report is handed to `give` too; what it returns is dropped. No other thread of this rank may use MPI meanwhile.
void serve_batches(std::function<std::vector<ReplicationKey>(unsigned rank, BatchReport const&)> const& give,
                   std::atomic<bool> const& abandoned);

}  // namespace sim
