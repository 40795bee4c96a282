// Where a future stands in the design that sampled the factors: its group, its part of it, and which factor it moves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/base/results.hpp"

namespace app {

/// Fields are empty where the type of the design has no such thing.
struct SamplingPlace {
  std::optional<std::int64_t> group;  // saltelli: row of A; morris: trajectory
  std::string block;                  // saltelli: A, B, AB, BA; morris: start, step; one_at_a_time: base, low, high
  std::string moved;                  // name of the factor: taken from the other matrix, moved since the future before, or not at its median
  std::optional<std::int64_t> direction;  // morris, one_at_a_time: 1 up, -1 down
};

/// The place of future number `future`, below schema.futures.
SamplingPlace sampling_place(sim::ResultSchema const& schema, std::size_t future);

}  // namespace app
