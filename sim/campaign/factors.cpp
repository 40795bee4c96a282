#include "sim/campaign/factors.hpp"

#include <algorithm>

#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace sim {

namespace {

// A future's own draws use the replication number that no replication has.
constexpr std::uint32_t outside_replications = 0xffffffff;

}  // namespace

std::vector<double> draw_factors(std::uint64_t seed, std::uint32_t futures, std::vector<ParameterInfo> const& factors) {
  std::vector<std::uint64_t> streams;
  for (ParameterInfo const& factor : factors) streams.push_back(stream_id("factor/" + factor.name));
  std::vector<double> values;
  values.reserve(futures * factors.size());
  for (std::uint32_t future = 0; future < futures; ++future) {
    ReplicationStream const stream{.seed = seed, .future = future, .replication = outside_replications};
    for (std::size_t i = 0; i < factors.size(); ++i) {
      double const value = RngStream(stream, streams[i], 0, 0).draw(factors[i].prior);
      values.push_back(std::clamp(value, factors[i].minimum, factors[i].maximum));
    }
  }
  return values;
}

}  // namespace sim
