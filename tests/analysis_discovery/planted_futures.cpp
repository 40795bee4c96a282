#include "tests/analysis_discovery/planted_futures.hpp"

#include "sim/rng/stream.hpp"

namespace planted {

Futures futures(std::size_t rows, std::size_t factors, std::uint64_t seed, std::function<double(double const*)> const& probability) {
  sim::RngStream rng({seed}, 1, 0, 0);
  std::vector<double> values(rows * factors);
  for (double& x : values) x = rng.uniform();
  analysis::Outcomes outcomes;
  for (std::size_t i = 0; i < rows; ++i)
    outcomes.push_back(rng.uniform() < probability(&values[i * factors]) ? analysis::Outcome::a_case : analysis::Outcome::other);
  return {analysis::FactorTable(values, rows, factors), outcomes};
}

}  // namespace planted
