// The memory of one logical process: constants, then everything that rolls back.
#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/kernel/event.hpp"
#include "sim/kernel/regions.hpp"

namespace sim {

/// Start of an LP's block in the world's arena. Draw counters (32 bits each) and the state follow.
/// Everything from `digest` to the end of the block rolls back together.
struct LpBlock {
  void const* agent;
  std::uint64_t stream_id;
  std::uint64_t digest;       // of all committed events, see mix_event
  Time last;                  // of the last event handled, the start before the first
  std::uint32_t sends;        // events sent so far, init included
  std::uint32_t first_draw;   // counter of purpose 0, if there is one

  std::uint32_t& draws(std::size_t purpose) { return (&first_draw)[purpose]; }
  std::byte* at(std::size_t offset) { return reinterpret_cast<std::byte*>(this) + offset; }
  std::byte const* at(std::size_t offset) const { return reinterpret_cast<std::byte const*>(this) + offset; }
};

/// Bytes at the start of a block that never change in a run.
inline constexpr std::size_t lp_constant_bytes = offsetof(LpBlock, digest);

/// Where the draw counters begin.
inline constexpr std::size_t lp_draws_offset = offsetof(LpBlock, first_draw);

/// Blocks begin at multiples of a cache line.
inline constexpr std::size_t lp_block_alignment = 64;

/// Where to find an LP's block and how to read it.
struct LpSlot {
  std::uint32_t block = 0;  // offset in the arena [64 bytes]
  std::uint16_t type = 0;    // position among the world's agent types
  std::uint16_t region = 0;  // position among the world's regions, if it has any
};

struct AgentType;

/// What a running world offers to handlers and executors; constant during a run but for the blocks.
struct WorldTable {
  Duration lookahead;
  ReplicationStream stream;
  std::uint64_t salt = 0;
  RecordLayout layout;
  std::uint32_t lp_count = 0;
  LpSlot const* slots = nullptr;           // [lp_count]
  AgentType const* const* types = nullptr;
  std::byte* arena = nullptr;
  void const* only_tag = nullptr;  // tag of the only agent type; null if there are several
  Regions const* regions = nullptr;  // null if nothing more than the lookahead is known

  LpBlock& block(std::uint32_t lp) const {
    return *reinterpret_cast<LpBlock*>(arena + std::size_t{slots[lp].block} * lp_block_alignment);
  }
  AgentType const& type(std::uint32_t lp) const { return *types[slots[lp].type]; }
  /// Smallest delay from one logical process to another, which may be itself.
  Duration lookahead_between(std::uint32_t from, std::uint32_t to) const {
    return regions == nullptr ? lookahead : regions->between(slots[from].region, slots[to].region);
  }
};

}  // namespace sim
