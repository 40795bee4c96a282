// Finds two agents with the same stream id while a world is being built.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sim {

/// Open-addressing set of 64-bit ids with the position each was first added at.
class StreamIdSet {
 public:
  static constexpr std::uint32_t none = 0xffff'ffff;

  /// Adds `id`; `none` if it is new, else the position of the one that is already there.
  std::uint32_t add(std::uint64_t id, std::uint32_t position);
  /// Makes room for `count` ids.
  void reserve(std::size_t count);

 private:
  struct Entry {
    std::uint64_t id = 0;
    std::uint32_t position = none;
  };
  Entry& find(std::uint64_t id);
  void rehash(std::size_t capacity);

  std::vector<Entry> entries_;  // capacity is a power of two, at most half full
  std::size_t size_ = 0;
};

}  // namespace sim
