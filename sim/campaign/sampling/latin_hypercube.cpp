#include "sim/campaign/sampling/latin_hypercube.hpp"

#include <algorithm>
#include <numeric>

namespace sim {

Strata random_strata(DesignRequest const& request) {
  Strata strata;
  for (auto const& name : request.factors) {
    auto& column = strata.emplace_back(request.points);
    std::iota(column.begin(), column.end(), 0u);
    auto stream = design_stream(request.seed, stream_id("latin_hypercube/" + name));
    for (std::uint32_t i = request.points; i > 1; --i) std::swap(column[i - 1], column[stream.below(i)]);
  }
  return strata;
}

std::vector<double> points_in(Strata const& strata, DesignRequest const& request) {
  std::size_t const width = strata.size();
  double const n = request.points;
  std::vector<double> u(std::size_t{request.points} * width);
  for (std::size_t d = 0; d < width; ++d) {
    auto stream = design_stream(request.seed, stream_id("latin_hypercube/" + request.factors[d]), 1);
    // 30 bits: stratum + place is exact and stays in its stratum after the division.
    for (std::size_t i = 0; i < request.points; ++i)
      u[i * width + d] = (strata[d][i] + (static_cast<double>(stream.bits() >> 34) + 0.5) * 0x1p-30) / n;
  }
  return u;
}

std::vector<double> latin_hypercube(DesignRequest const& request, Pairing pairing) {
  auto strata = random_strata(request);
  if (pairing == Pairing::maximin) spread_apart(strata, request.seed);
  if (pairing == Pairing::nearly_orthogonal) decorrelate(strata, request.seed);
  return points_in(strata, request);
}

}  // namespace sim
