// One rank's part in a distributed run: its range of logical processes, window after window, in step with the other ranks.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/exec/conservative/distances.hpp"
#include "sim/exec/conservative/partition.hpp"
#include "sim/exec/distributed/rank_failures.hpp"
#include "sim/exec/distributed/ranks.hpp"

namespace sim {

/// What ranks have done since the start or resumption; each its own, or the sum.
struct RankTotals {
  RunStatistics statistics;
  ExecutionStatistics execution;  // waiting_s: wall time in meetings
  EventKey last;
};

/// All ranks make the same calls in the same order, but for those of `insert`.
class RankWindows {
 public:
  explicit RankWindows(Ranks& ranks);

  /// Begins with no events; windows count from `origin`. Keeps the ranges of the world before if they fit: what has been
  /// learnt of its load is likely to hold for the next one. `limit`: largest number of events, from here on.
  void reset(World const& world, Time origin, EventKey last, RowSink& rows, std::uint64_t limit);

  /// Adds a pending event, if it is one of this rank's range; each rank is given all of them.
  void insert(std::byte const* record);

  /// Commits every event before `end`, on all ranks. False if a handler threw, an event was in the past or the limit lies
  /// within the last windows: the states are then those of no history. What this rank could not do goes to `failure`.
  bool run_until(Time end, RankFailure& failure);

  /// Brings the states of all logical processes to all ranks.
  void share_blocks();
  /// Pending events of each rank.
  std::vector<ByteBuffer> gather_pending() const;
  /// Of all ranks, as of the last run_until.
  RankTotals const& totals() const { return total_; }

 private:
  static constexpr std::size_t rows_max = std::size_t{1} << 20;  // that a rank holds before all deliver [bytes]
  static constexpr std::uint64_t unsound = 1, failed = 2, many_rows = 4;  // marks of a meeting

  Meeting meet(RankFailure const& failure);
  void run(Meeting const& all, RankFailure& failure);
  void run_window(std::uint64_t window, RankFailure& failure);
  std::uint64_t reachable() const;
  void deliver(Time end, RankFailure& failure);
  void look(Meeting const& all, RankFailure& failure);
  LpRanges better_ranges(Meeting const& since);
  void change(LpRanges next, RankFailure& failure);
  void take_range(EventKey last);
  void add_up();
  bool has_many_rows() const { return log_.bytes() > rows_max; }
  RankTotals own() const;

  Ranks& ranks_;
  World const* world_ = nullptr;
  RowSink* rows_ = nullptr;
  std::optional<LpRanges> ranges_;
  Partition partition_;
  RankTotals before_, total_;           // own, of earlier ranges; all ranks'
  Time origin_, end_;
  std::uint64_t limit_ = 0;             // events of all ranks
  std::vector<std::uint64_t> due_;      // [ranks] first window in which each has events
  std::uint64_t agreed_ = 0;            // the first of these
  bool is_sound_ = true;
  unsigned parity_ = 0;
  Distances distances_{1};              // between the ranks
  std::array<Outboxes, 2> outboxes_;     // used in turn, because what is sent must stay for a while
  CommittedRows log_;                   // rows that are not delivered yet
  ByteBuffer received_;
  bool is_alone_ = false;               // the first rank has all logical processes
  Meeting looked_;                      // what had been done at the last look at the ranges
  std::uint64_t looked_own_ = 0;        // events of this rank
  std::uint64_t meetings_ = 0;          // since then
  std::uint64_t look_interval_ = 0;     // events
};

}  // namespace sim
