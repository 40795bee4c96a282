#include "sim/exec/optimistic/state_log.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace sim {

void StateLog::reset() {
  for (std::size_t at = active_.size(); at-- > 0;) free_slab(at);
  live_ = 0;
}

Processed& StateLog::open(std::uint32_t record, std::uint32_t state) {
  std::size_t const size = sizeof(Processed) + record + state;
  if (room() < size) take_slab(size);
  Slab& slab = slabs_[active_.back()];
  auto& entry = *::new (static_cast<void*>(slab.memory.get() + slab.used)) Processed;
  entry.record = record;
  entry.state = state;
  return entry;
}

Processed& StateLog::close(Processed& entry, std::uint32_t sent, std::uint32_t rows) {
  std::size_t const begun = sizeof(Processed) + entry.record + entry.state;
  std::size_t const size = begun + sent * sizeof(SentNote) + rows;
  Processed* place = &entry;
  if (room() < size) {
    take_slab(size);
    place = reinterpret_cast<Processed*>(slabs_[active_.back()].memory.get());
    std::memcpy(static_cast<void*>(place), &entry, begun);
  }
  Slab& slab = slabs_[active_.back()];
  slab.used += size;
  bytes_ += size;
  ++slab.live;
  ++live_;
  slab.earliest = std::min(slab.earliest, place->event().key.time);
  place->sent = sent;
  place->rows = rows;
  place->slab = active_.back();
  place->size = static_cast<std::uint32_t>(size);
  return *place;
}

void StateLog::take_slab(std::size_t bytes) {
  auto const fits = [&](std::uint32_t at) { return slabs_[at].capacity >= bytes; };
  auto const found = std::find_if(free_.rbegin(), free_.rend(), fits);
  if (found != free_.rend()) {
    active_.push_back(*found);
    free_.erase(std::next(found).base());
    return;
  }
  // Several at once, so that allocations become rare; memory that is not written to costs nothing.
  std::size_t const capacity = std::max(bytes, slab_bytes);
  for (std::size_t more = 1 + slabs_.size() / 2; more > 0; --more) {
    if (more > 1 && bytes > slab_bytes) continue;
    slabs_.push_back({std::make_unique_for_overwrite<std::byte[]>(capacity), capacity, 0, 0, end_of_time});
    free_.push_back(static_cast<std::uint32_t>(slabs_.size() - 1));
  }
  free_.reserve(slabs_.size());
  active_.reserve(slabs_.size());
  active_.push_back(free_.back());
  free_.pop_back();
}

void StateLog::free_slab(std::size_t at) {
  std::uint32_t const index = active_[at];
  bytes_ -= slabs_[index].used;
  slabs_[index].used = slabs_[index].live = 0;
  slabs_[index].earliest = end_of_time;
  active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(at));
  free_.push_back(index);
}

}  // namespace sim
