// The check that a tie-break is a bijection and fair; used on the kernel's own and on broken twins of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/kernel/event.hpp"

/// Empty if `tie(salt, origin)` is fit to order events of the same time, else what is wrong with it.
/// Fairness: over 4,096 salts, the smaller sender or number must win between 37.5 % and 62.5 % of the comparisons:
/// 16 standard deviations, p < 1e-50.
template <class Tie>
std::string tie_fault(Tie tie) {
  using sim::EventOrigin;
  using sim::LpId;
  std::vector<std::uint64_t> seen;
  for (std::uint32_t sender = 0; sender < 100; ++sender) {
    for (std::uint32_t number = 0; number < 100; ++number) seen.push_back(tie(7, EventOrigin{LpId{sender}, number}));
  }
  std::sort(seen.begin(), seen.end());
  if (std::adjacent_find(seen.begin(), seen.end()) != seen.end()) return "two origins share a tie";
  auto const unfair = [&](EventOrigin a, EventOrigin b) {
    int wins = 0;
    for (std::uint64_t replication = 0; replication < 4096; ++replication) {
      std::uint64_t const salt = sim::tie_salt({.seed = 5, .replication = static_cast<std::uint32_t>(replication)});
      wins += tie(salt, a) < tie(salt, b);
    }
    return wins < 1536 || wins > 2560;
  };
  for (std::uint32_t step = 1; step < 1000; step = step * 3 + 1) {
    if (unfair({LpId{0}, 1}, {LpId{step}, 1})) return "a sender wins too often";
    if (unfair({LpId{4}, 1}, {LpId{4}, 1 + step})) return "a send number wins too often";
  }
  return {};
}
