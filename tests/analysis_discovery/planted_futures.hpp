// Invented futures whose cases lie where the test wants them.
#pragma once

#include <functional>

#include "analysis/discovery/discover.hpp"

namespace planted {

struct Futures {
  analysis::FactorTable table;
  analysis::Outcomes outcomes;
};

/// Uniform factors on [0, 1] from `seed`; a future is a case with the probability that its factors give.
Futures futures(std::size_t rows, std::size_t factors, std::uint64_t seed, std::function<double(double const*)> const& probability);

}  // namespace planted
