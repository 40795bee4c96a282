// A fixed number of slots in an agent's state: queues, stockpiles, incidents; plain data that rolls back with the state.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "sim/base/contracts.hpp"
#include "sim/base/type_name.hpp"

namespace sim {

/// A full pool was asked for one more slot; the replication fails with the pool's name.
class PoolOverflow : public std::runtime_error {
 public:
  PoolOverflow(std::string_view pool, std::size_t capacity)
      : std::runtime_error("pool of " + std::string(pool) + " is full (capacity " + std::to_string(capacity) + ")") {}
};

/// Up to N items of T with stable slot indices; all-zero bytes are an empty pool, free slots hold T{}.
template <class T, std::size_t N>
class Pool {
  static_assert(std::is_trivially_copyable_v<T> && N > 0);
  static constexpr std::size_t words = (N + 63) / 64;

 public:
  using value_type = T;

  static constexpr std::size_t capacity() { return N; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool full() const { return size_ == N; }

  /// Puts `item` into the lowest free slot and returns the slot; throws PoolOverflow if there is none.
  std::uint32_t insert(T const& item) {
    std::size_t word = 0;
    while (word < words && used_[word] == ~std::uint64_t{0}) ++word;
    std::size_t const slot = word * 64 + (word < words ? std::countr_one(used_[word]) : 0);
    if (slot >= N) throw PoolOverflow(type_name<T>(), N);
    used_[word] |= bit(slot);
    ++size_;
    items_[slot] = item;
    return static_cast<std::uint32_t>(slot);
  }

  /// Frees a slot in use.
  void erase(std::size_t slot) {
    SIM_CHECK(contains(slot));
    used_[slot / 64] &= ~bit(slot);
    --size_;
    items_[slot] = T{};
  }

  /// Frees all slots.
  void clear() { *this = Pool{}; }

  /// True if the slot is in use.
  bool contains(std::size_t slot) const { return slot < N && (used_[slot / 64] & bit(slot)) != 0; }

  /// Item of a slot in use.
  T& operator[](std::size_t slot) {
    SIM_CHECK(contains(slot));
    return items_[slot];
  }
  T const& operator[](std::size_t slot) const {
    SIM_CHECK(contains(slot));
    return items_[slot];
  }

  /// Walks the slots in use in slot order; erasing the current slot is allowed.
  template <class Owner, class Item>
  class Iterator {
   public:
    Iterator(Owner* pool, std::size_t slot) : pool_(pool), slot_(slot) {}
    Item& operator*() const { return pool_->items_[slot_]; }
    Item* operator->() const { return &pool_->items_[slot_]; }
    /// Slot of the current item.
    std::uint32_t slot() const { return static_cast<std::uint32_t>(slot_); }
    Iterator& operator++() {
      slot_ = pool_->next(slot_ + 1);
      return *this;
    }
    friend bool operator==(Iterator const& a, Iterator const& b) { return a.slot_ == b.slot_; }

   private:
    Owner* pool_;
    std::size_t slot_;
  };

  auto begin() { return Iterator<Pool, T>(this, next(0)); }
  auto end() { return Iterator<Pool, T>(this, N); }
  auto begin() const { return Iterator<Pool const, T const>(this, next(0)); }
  auto end() const { return Iterator<Pool const, T const>(this, N); }

 private:
  static constexpr std::uint64_t bit(std::size_t slot) { return std::uint64_t{1} << slot % 64; }

  /// First slot in use at or after `slot`, or N.
  std::size_t next(std::size_t slot) const {
    for (; slot < N; slot = (slot / 64 + 1) * 64) {
      std::uint64_t const rest = used_[slot / 64] >> slot % 64;
      if (rest != 0) return slot + static_cast<std::size_t>(std::countr_zero(rest));
    }
    return N;
  }

  T items_[N]{};
  std::uint64_t used_[words]{};
  std::uint64_t size_ = 0;
};

}  // namespace sim
