// Where a job hops next: one rule for the agents and for the yardstick, whatever their random numbers.
#pragma once

#include <cstdint>

#include "models/phold/phold.hpp"

namespace phold {

/// A hop: how long it takes and to whom.
struct Hop {
  sim::Duration delay;
  std::uint32_t to = 0;
};

/// The time of a hop that begins at `now`; `uniform` on (0, 1).
inline sim::Duration increment(Parameters const& parameters, sim::Time now, double uniform) {
  double const mean = static_cast<double>(parameters.mean.ticks - parameters.lookahead.ticks);
  sim::Duration const delay = parameters.lookahead + sim::Duration{static_cast<std::int64_t>(-mean * sim::math::log(1 - uniform))};
  if (parameters.load != Load::bursts) return delay;
  // Arrivals gather behind the whole multiples of the mean.
  std::int64_t const at = (now + delay).ticks, grid = parameters.mean.ticks;
  auto const jitter = static_cast<std::int64_t>(uniform * 1e3);
  return sim::Duration{(at + grid - 1) / grid * grid - now.ticks + jitter};
}

/// One of 0 ... n - 1.
inline std::uint32_t below(std::uint64_t word, std::uint32_t n) {
  __extension__ using Product = unsigned __int128;
  return static_cast<std::uint32_t>(Product{word} * n >> 64);
}

/// One of the first lps / share processes, or one of the others; any if there are too few to tell apart.
inline std::uint32_t in_part(std::uint32_t lps, std::uint32_t share, bool in_first, std::uint64_t word) {
  std::uint32_t const first = lps / share;
  if (first == 0) return below(word, lps);
  return in_first ? below(word, first) : first + below(word, lps - first);
}

/// `Rng` has uniform() on (0, 1) and bits(), 64 of them.
template <class Rng>
Hop next_hop(Parameters const& parameters, sim::Time now, std::uint32_t self, Rng& rng) {
  sim::Duration const delay = increment(parameters, now, rng.uniform());
  bool const remote = rng.uniform() < parameters.remote;
  std::uint64_t const word = rng.bits();
  if (!remote) return {delay, self};
  switch (parameters.load) {
    case Load::hot_spot: return {delay, in_part(parameters.lps, 10, rng.uniform() < 0.9, word)};
    case Load::regions: {
      bool const crosses = rng.uniform() < 0.1;
      bool const is_in_first = self < parameters.lps / 2;
      return {crosses ? delay + parameters.mean : delay, in_part(parameters.lps, 2, is_in_first != crosses, word)};
    }
    default: return {delay, below(word, parameters.lps)};
  }
}

/// What an event costs beside the hop: nothing, or under `uneven` at every tenth process about a hundred times a hop.
inline std::uint64_t burn(Parameters const& parameters, std::uint32_t self, std::uint64_t word) {
  if (parameters.load != Load::uneven || self % 10 != 0) return word;
  for (int i = 0; i < 2000; ++i) word = sim::mix64(word + 1);
  return word;
}

}  // namespace phold
