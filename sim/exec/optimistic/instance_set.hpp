// A set of event instances that have been cancelled before they ran.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/rng/stream_id.hpp"

namespace sim {

/// Words other than 0; open addressing with linear probing, deletion by moving back (D. E. Knuth, The Art of Computer
/// Programming 3, 6.4, algorithm R). Grows by doubling, never shrinks.
class InstanceSet {
 public:
  InstanceSet() : slots_(1024, 0) {}

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  void clear() {
    std::fill(slots_.begin(), slots_.end(), 0);
    size_ = 0;
  }

  bool contains(std::uint64_t instance) const { return size_ != 0 && slots_[find(instance)] != 0; }
  /// `instance` must not be in the set.
  void insert(std::uint64_t instance) {
    if (2 * ++size_ > slots_.size()) grow();
    slots_[find(instance)] = instance;
  }
  /// True if it was in the set.
  bool erase(std::uint64_t instance) {
    if (size_ == 0) return false;
    std::size_t hole = find(instance);
    if (slots_[hole] == 0) return false;
    --size_;
    for (std::size_t at = next(hole); slots_[at] != 0; at = next(at)) {
      std::size_t const wanted = home(slots_[at]);
      if (((at - wanted) & mask()) >= ((at - hole) & mask())) slots_[std::exchange(hole, at)] = slots_[at];
    }
    slots_[hole] = 0;
    return true;
  }

 private:
  std::size_t mask() const { return slots_.size() - 1; }
  std::size_t home(std::uint64_t instance) const { return mix64(instance) & mask(); }
  std::size_t next(std::size_t at) const { return (at + 1) & mask(); }
  /// Where `instance` is, or the free slot where it would go.
  std::size_t find(std::uint64_t instance) const {
    std::size_t at = home(instance);
    while (slots_[at] != 0 && slots_[at] != instance) at = next(at);
    return at;
  }
  void grow() {
    std::vector<std::uint64_t> old(2 * slots_.size(), 0);
    old.swap(slots_);
    for (std::uint64_t const instance : old) {
      if (instance != 0) slots_[find(instance)] = instance;
    }
  }

  std::vector<std::uint64_t> slots_;  // 0 is free
  std::size_t size_ = 0;
};

}  // namespace sim
