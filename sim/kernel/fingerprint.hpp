// 64-bit fingerprints of bytes and of worlds, by which a snapshot knows where it belongs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sim {

class World;

/// Of bytes in their order: a chain of bijections, so no change of a single word goes unnoticed, and any other with a
/// chance of 2^-64.
std::uint64_t fingerprint(std::span<std::byte const> bytes);

/// Of what makes a world another one: agents by type and random stream, seed, future, replication, lookahead, tracing.
/// The branch is left out: a history may be split. Parameters of agents are not known to the kernel.
std::uint64_t world_fingerprint(World const& world);

/// Of what one build may lay out otherwise than another: states, draws, kinds of events and their sizes.
std::uint64_t layout_fingerprint(World const& world);

}  // namespace sim
