#include "sim/exec/rerun.hpp"

#include <utility>

#include "sim/exec/sequential.hpp"

namespace sim {

void Rerun::reset(RowSink& rows, RunLimits limits, Time start) {
  sink_ = &rows;
  rows_ = std::make_unique<CountedRows>(rows);
  limits_ = limits;
  start_ = start;
  snapshot_.reset();
  executor_.reset();
}

void Rerun::reset(RowSink& rows, RunLimits limits, std::shared_ptr<Snapshot const> snapshot) {
  reset(rows, limits, snapshot->time);
  snapshot_ = std::move(snapshot);
}

void Rerun::run(World& world, Time end) {
  world.rewind();
  later_ = std::make_unique<LaterRows>(*sink_, rows_->rows, rows_->events);
  executor_ = make_sequential();
  if (snapshot_) executor_->resume(world, *later_, snapshot_, limits_);
  else executor_->start(world, *later_, start_, limits_);
  executor_->run_until(end);
}

}  // namespace sim
