#include "sim/exec/make_snapshot.hpp"

#include "sim/base/error.hpp"

namespace sim {

std::shared_ptr<Snapshot const> make_snapshot(World const& world, Time time, EventKey last,
                                              RunStatistics const& statistics, std::vector<PendingEntry> const& pending) {
  RecordLayout const& layout = world.table().layout;
  auto snapshot = std::make_shared<Snapshot>(Snapshot{time, last, statistics, layout.stride, world.blocks(), {}});
  snapshot->events.reserve(pending.size() * layout.stride);
  for (PendingEntry const& entry : pending) {
    if (world.origin(entry.event().key.tie).sender == external_sender) continue;
    std::size_t const used = layout.payload_offset + (entry.event().size + 7u) / 8 * 8;
    snapshot->events.insert(snapshot->events.end(), entry.record, entry.record + used);
    snapshot->events.resize(snapshot->events.size() + layout.stride - used);  // zeros, whatever was there
  }
  return snapshot;
}

void refuse_snapshot() {
  throw Error("nothing to take a snapshot of (the run has not started, has failed or was censored) start a new one");
}

}  // namespace sim
