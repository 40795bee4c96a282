// A snapshot as bytes for a file: the same for equal histories, and refused by any world but its own.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/kernel/snapshot.hpp"
#include "sim/kernel/world.hpp"

namespace sim {

/// `snapshot`, taken of `world` or of one like it (Error if not), as docs/formats/snapshot.md says. No address and no
/// byte without meaning is among them, so equal histories give equal bytes, whichever executor ran them.
std::vector<std::byte> to_bytes(World const& world, Snapshot const& snapshot);

/// Inverse of to_bytes, for Executor::resume of `world`, which has the same agents, types, lookahead and random streams
/// (but for the branch) as the one of the snapshot; the agents' parameters are the caller's care. Error if the bytes are
/// none of a snapshot, damaged, cut short, of a newer format, of another world or of a build that lays states out
/// otherwise; whatever the bytes, nothing worse happens.
Snapshot from_bytes(World const& world, std::span<std::byte const> bytes);

}  // namespace sim
