// A history run again, one event after the other, because a failure or the limit of events lies within a window.
#pragma once

#include <memory>

#include "sim/exec/later_rows.hpp"
#include "sim/kernel/executor.hpp"

namespace sim {

/// Executors whose windows have gone past the exact place come to it this way: the same error, statistics and rows as
/// the sequential executor gives, without saving state for the rare case. Rows that have been handed on are left out.
class Rerun {
 public:
  /// A run from the start of a history.
  void reset(RowSink& rows, RunLimits limits, Time start);
  /// A run that goes on from `snapshot`.
  void reset(RowSink& rows, RunLimits limits, std::shared_ptr<Snapshot const> snapshot);

  /// Where the windows hand their rows on.
  CountedRows& rows() { return *rows_; }
  /// Runs it again up to `end`, and from then on; throws what the handler throws.
  void run(World& world, Time end);
  /// Who runs it since `run`; null before.
  Executor* executor() const { return executor_.get(); }

 private:
  RowSink* sink_ = nullptr;
  std::unique_ptr<CountedRows> rows_;
  std::unique_ptr<LaterRows> later_;
  RunLimits limits_;
  Time start_;
  std::shared_ptr<Snapshot const> snapshot_;  // null for a run from the start
  std::unique_ptr<Executor> executor_;
};

}  // namespace sim
