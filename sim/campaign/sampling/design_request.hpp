// What a design on the unit hypercube is made from: the seed, the number of points and the names of its columns.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace sim {

/// Every design is a pure function of these; the random numbers of a column are keyed by its name.
struct DesignRequest {
  std::uint64_t seed = 0;
  std::uint32_t points = 0;
  std::vector<std::string> factors;
};

/// Designs use the replication number that no replication has.
inline constexpr std::uint32_t outside_replications = 0xffffffff;

/// The random numbers of `owner`, as "sobol/cost", outside all futures; `part` tells its streams apart.
inline RngStream design_stream(std::uint64_t seed, std::uint64_t owner, std::uint32_t part = 0, std::uint64_t subkey = 0) {
  return {ReplicationStream{.seed = seed, .replication = outside_replications}, owner, part, subkey};
}

}  // namespace sim
