// Random choices among futures: the same seed gives the same ones on every machine.
#pragma once

#include <utility>

#include "analysis/discovery/futures.hpp"
#include "sim/rng/stream.hpp"

namespace analysis {

/// What a stream of random numbers is for; part of its key.
enum class Purpose : std::uint32_t { shuffle, folds, resample };
sim::RngStream discovery_stream(std::uint64_t seed, Purpose purpose, std::uint64_t index);

/// Rows that are not left out.
std::vector<std::uint32_t> rows_of(Outcomes const& outcomes);

/// Fisher and Yates.
template <class T>
void shuffle(std::vector<T>& values, sim::RngStream& rng) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[rng.below(static_cast<std::uint32_t>(i))]);
}

/// Each fold as (seen, unseen): every row that is not left out is unseen in exactly one of them.
std::vector<std::pair<Outcomes, Outcomes>> folds_of(Outcomes const& outcomes, std::size_t folds, std::uint64_t seed);

}  // namespace analysis
