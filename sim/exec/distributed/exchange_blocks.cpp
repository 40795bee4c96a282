#include "sim/exec/distributed/exchange_blocks.hpp"

#include <algorithm>
#include <cstring>

#include "sim/kernel/agent.hpp"

namespace sim {

namespace {

constexpr std::size_t chunk_max = std::size_t{1} << 22;  // [bytes], stays in the cache on its way

std::size_t block_bytes(AgentType const& type) {
  std::size_t const used = type.state_offset + type.state_size;
  return (used + lp_block_alignment - 1) / lp_block_alignment * lp_block_alignment;
}

/// The LP after the last one of a chunk that begins with `lp`; at least one LP.
std::uint32_t chunk_end(WorldTable const& table, std::uint32_t lp, std::uint32_t last, std::size_t& bytes) {
  bytes = 0;
  do {
    bytes += block_bytes(table.type(lp++));
  } while (lp < last && bytes + block_bytes(table.type(lp)) <= chunk_max);
  return lp;
}

}  // namespace

void exchange_blocks(WorldTable const& table, LpRanges const& ranges, Ranks& ranks) {
  std::vector<std::byte> received;
  for (unsigned rank = 0; rank < ranks.count(); ++rank) {
    std::size_t bytes = 0;
    for (std::uint32_t lp = ranges.first(rank); lp < ranges.last(rank);) {
      std::uint32_t const end = chunk_end(table, lp, ranges.last(rank), bytes);
      auto* const own = reinterpret_cast<std::byte*>(&table.block(lp));
      if (rank == ranks.me()) {
        ranks.broadcast(rank, {own, bytes});
        lp = end;
        continue;
      }
      received.resize(std::max(received.size(), bytes));
      ranks.broadcast(rank, {received.data(), bytes});
      // The constants at the start of a block, an address among them, stay those of this process.
      for (std::byte const* from = received.data(); lp < end; ++lp) {
        std::size_t const size = block_bytes(table.type(lp));
        std::memcpy(table.block(lp).at(lp_constant_bytes), from + lp_constant_bytes, size - lp_constant_bytes);
        from += size;
      }
    }
  }
}

}  // namespace sim
