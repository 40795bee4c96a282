#include "sim/kernel/stream_id_set.hpp"

#include <algorithm>
#include <bit>

namespace sim {

StreamIdSet::Entry& StreamIdSet::find(std::uint64_t id) {
  std::size_t const mask = entries_.size() - 1;
  std::size_t at = static_cast<std::size_t>(id * 0x9e37'79b9'7f4a'7c15 >> 32) & mask;
  while (entries_[at].position != none && entries_[at].id != id) at = (at + 1) & mask;
  return entries_[at];
}

void StreamIdSet::rehash(std::size_t capacity) {
  std::vector<Entry> old(capacity);
  old.swap(entries_);
  for (Entry const& entry : old) {
    if (entry.position != none) find(entry.id) = entry;
  }
}

void StreamIdSet::reserve(std::size_t count) {
  if (entries_.size() < 2 * count) rehash(std::bit_ceil(std::max<std::size_t>(16, 2 * count)));
}

std::uint32_t StreamIdSet::add(std::uint64_t id, std::uint32_t position) {
  if (entries_.size() < 2 * (size_ + 1)) rehash(std::max<std::size_t>(16, 4 * entries_.size()));
  Entry& entry = find(id);
  if (entry.position != none) return entry.position;
  entry = {id, position};
  ++size_;
  return none;
}

}  // namespace sim
