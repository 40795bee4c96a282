// A range of logical processes that one worker of the optimistic executor runs ahead of the others, and rolls back.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/exec/committed_rows.hpp"
#include "sim/exec/optimistic/instance_set.hpp"
#include "sim/exec/optimistic/state_log.hpp"
#include "sim/exec/pending_event_set.hpp"
#include "sim/kernel/execution.hpp"
#include "sim/kernel/handler_output.hpp"
#include "sim/kernel/world.hpp"

namespace sim {

/// Which logical processes a partition holds: those of `index` when all are divided into equal ranges.
struct PartitionRange {
  std::uint32_t index = 0, count = 1;  // partitions
  std::uint32_t first = 0, last = 0;   // LPs [first, last)
  std::uint32_t share = 1;             // LPs of a full partition
  bool holds(std::uint32_t lp) const { return lp - first < last - first; }
};

/// Runs its events in event order, so that only what other partitions send can be a straggler at first. Each send has
/// an instance, a word that is used once whatever is undone: after a rollback the same sender and number, thus the
/// same key, may be sent again with other content, and an anti-message must meet the one that it was made for.
/// Not thread-safe: at any time one worker owns it; workers meet at a barrier between rounds.
class TimeWarpPartition {
 public:
  void reset(World const& world, PartitionRange range, EventKey last);

  /// Adds an event that will not be cancelled.
  void insert(std::byte const* record) { insert(record, 0); }
  /// Takes over what another partition has sent: events and anti-messages.
  void receive(ByteBuffer& box, unsigned parity);

  /// Commits every processed event before `gvt`; their rows go to the rows of `parity`.
  void commit(Time gvt, unsigned parity);
  /// Processes pending events before `horizon`, those after the time `gvt` only while the log takes less than
  /// `memory_max` bytes. Stops at a handler that throws; that event stays pending.
  void speculate(Time gvt, Time horizon, std::size_t memory_max, unsigned parity);
  /// Rolls everything back that is not committed.
  void undo_all(unsigned parity);

  /// The least pending event that is not cancelled; null if there is none.
  EventHeader const* front();
  /// Runs the event that `front` has just returned for good: it is the least of all, and nothing here is uncommitted.
  /// Returns the events sent, to be inserted where they belong; throws what the handler throws.
  ByteBuffer const& run_front(RowSink& rows);

  /// Least time of anything pending here or sent away since the last call; end_of_time if there is none.
  Time earliest();
  /// Time of the event whose handler threw in the last round; end_of_time if none did.
  Time stuck() const { return stuck_; }
  void forget_stuck() { stuck_ = end_of_time; }

  ByteBuffer& outbox(unsigned parity, std::uint32_t to) { return outboxes_[parity][to]; }
  CommittedRows& rows(unsigned parity) { return rows_[parity]; }
  RunStatistics const& statistics() const { return statistics_; }
  ExecutionStatistics const& execution() const { return execution_; }
  EventKey last() const { return last_; }
  std::uint64_t uncommitted() const { return log_.live(); }
  /// Appends all pending events, in no order.
  void pending(std::vector<PendingEntry>& entries) const;

 private:
  struct Cancel {
    Time time;
    LpId to{};
    std::uint64_t instance = 0;
  };
  /// Set in the instance of an anti-message.
  static constexpr std::uint64_t anti = std::uint64_t{1} << 63;

  bool process(EventHeader const& event);
  void send(EventHeader const& from, std::byte const* record, std::uint64_t instance);
  void insert(std::byte const* record, std::uint64_t instance);
  void insert_instance(std::byte const* record);
  void undo_stragglers(EventHeader const& event);
  template <class Keep>
  void undo_back_to(std::uint32_t lp, std::uint64_t dropped, Keep keep);
  void undo(Processed& processed, std::uint64_t dropped);
  void cancel_all();
  void cancel(Cancel const& event);
  void send_anti(Cancel const& event);
  void put_instance(std::byte* record, std::uint64_t instance) const;
  std::uint64_t instance_of(std::byte const* record) const;
  void count(EventHeader const& event, Time sent, LpId to);
  void prefetch();

  Processed*& head(std::uint32_t lp) { return heads_[lp - range_.first]; }
  LpBlock& block(std::uint32_t lp) const { return table_->block(lp); }
  /// Bytes of the LP's block that roll back, rounded up to whole words.
  std::uint32_t state_bytes(std::uint32_t lp) const {
    AgentType const& type = table_->type(lp);
    return (type.state_offset + type.state_size - std::uint32_t{lp_constant_bytes} + 7) / 8 * 8;
  }
  /// Time of the event before at the same LP.
  static Time last_before(Processed& processed);

  World const* world_ = nullptr;
  WorldTable const* table_ = nullptr;
  PartitionRange range_;
  std::size_t stride_ = 0, record_bytes_ = 0;  // of the world, and with the instance
  unsigned parity_ = 0;                        // of the outboxes and rows at hand
  PendingEventSet pending_;                    // records with their instance
  InstanceSet cancelled_;                      // pending events that have been cancelled
  StateLog log_;
  std::vector<Processed*> heads_;              // [LPs]: the newest; live if the LP's last event is not before floor_
  Time floor_;                                 // everything before is committed
  Time processed_to_;                          // no event after it has been processed
  std::uint64_t next_instance_ = 1;
  std::vector<Cancel> to_cancel_;              // sent by events that were undone
  HandlerOutput output_;
  std::vector<std::byte> scratch_;             // [record_bytes_]
  std::array<std::vector<ByteBuffer>, 2> outboxes_;  // [partitions]
  Time earliest_sent_, stuck_;
  std::array<CommittedRows, 2> rows_;
  RunStatistics statistics_;                   // of what is committed
  ExecutionStatistics execution_;
  EventKey last_;                              // of the last committed event
  std::uint64_t prefetched_ = 0;
};

}  // namespace sim
