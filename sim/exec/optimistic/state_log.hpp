// Saved states and outputs of events that may still be rolled back: a worker's log, in slabs that are freed in bulk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/kernel/event.hpp"

namespace sim {

/// What a processed event has sent: enough to find it, or to tell its receiver's worker to.
struct SentNote {
  Time time;
  LpId to{};
};

/// One processed event. Behind it stand its record with the instance, the receiver's state before it, a SentNote for
/// each event sent, and its rows.
struct Processed {
  Processed* previous = nullptr;  // of the same LP; to be read only while that one is live
  std::uint64_t first_sent = 0;   // instance of the first event sent; those of the others follow
  std::uint32_t sent = 0;         // events
  std::uint32_t rows = 0;         // [bytes]
  std::uint32_t state = 0;        // [bytes]
  std::uint32_t slab = 0;
  std::uint32_t size = 0;         // of all, with what stands behind [bytes]
  std::uint32_t record = 0;       // [bytes]
  bool live = true;               // neither undone nor committed
  bool tied = false;              // at the time of the event before it at the same LP

  std::byte* record_bytes() { return reinterpret_cast<std::byte*>(this + 1); }
  EventHeader const& event() { return *reinterpret_cast<EventHeader const*>(record_bytes()); }
  std::byte* state_bytes() { return record_bytes() + record; }
  SentNote* notes() { return reinterpret_cast<SentNote*>(state_bytes() + state); }
  std::byte* row_bytes() { return reinterpret_cast<std::byte*>(notes() + sent); }
};
static_assert(sizeof(Processed) % 8 == 0 && sizeof(SentNote) % 8 == 0);

/// An append-only log in slabs. An entry dies when its event is undone or committed; a slab without live entries is
/// used again. Nothing is allocated once there are slabs enough.
class StateLog {
 public:
  /// Forgets everything; keeps the memory.
  void reset();

  /// Begins an entry of `record` and `state` bytes (multiples of 8); it lies in place once it is closed.
  Processed& open(std::uint32_t record, std::uint32_t state);
  /// Ends the entry with room for `sent` notes and `rows` bytes; the entry may move: use what is returned.
  Processed& close(Processed& entry, std::uint32_t sent, std::uint32_t rows);
  // An entry that is not closed leaves nothing behind.

  void kill(Processed& entry) {
    entry.live = false;
    --slabs_[entry.slab].live;
    --live_;
  }

  /// Calls f(entry) for every live entry, in order of processing within a slab; f may kill entries.
  template <class F>
  void walk(F&& f) {
    for (std::size_t at = 0; at < active_.size(); ++at) walk_slab(slabs_[active_[at]], f);
  }

  /// Commits: calls f(entry) for every live entry before `horizon` and kills it; then frees slabs in bulk.
  template <class F>
  void collect(Time horizon, F&& f) {
    for (std::size_t at = active_.size(); at-- > 0;) {
      Slab& slab = slabs_[active_[at]];
      if (slab.live != 0 && slab.earliest < horizon) collect_slab(slab, horizon, f);
      if (slab.live == 0) free_slab(at);
    }
  }

  std::uint64_t live() const { return live_; }
  /// Memory that the entries take, dead ones in slabs still in use included.
  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t slab_bytes = std::size_t{16} << 10;

  struct Slab {
    std::unique_ptr<std::byte[]> memory;
    std::size_t capacity = 0, used = 0;
    std::uint64_t live = 0;
    Time earliest = end_of_time;  // of the live entries, or before
  };

  template <class F>
  void walk_slab(Slab& slab, F&& f) {
    for (std::size_t at = 0; at < slab.used;) {
      auto& entry = *reinterpret_cast<Processed*>(slab.memory.get() + at);
      at += entry.size;
      if (entry.live) f(entry);
    }
  }
  template <class F>
  void collect_slab(Slab& slab, Time horizon, F&& f) {
    slab.earliest = end_of_time;
    walk_slab(slab, [&](Processed& entry) {
      Time const time = entry.event().key.time;
      if (time < horizon) {
        f(entry);
        kill(entry);
      } else if (time < slab.earliest) {
        slab.earliest = time;
      }
    });
  }
  void free_slab(std::size_t at);
  void take_slab(std::size_t bytes);
  std::size_t room() const {
    return active_.empty() ? 0 : slabs_[active_.back()].capacity - slabs_[active_.back()].used;
  }

  std::vector<Slab> slabs_;
  std::vector<std::uint32_t> active_;  // the last one is written to
  std::vector<std::uint32_t> free_;
  std::uint64_t live_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace sim
