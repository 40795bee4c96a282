#include "analysis/report/convergence.hpp"

#include <algorithm>

#include "analysis/estimators/paired.hpp"
#include "analysis/report/analysis.hpp"
#include "analysis/report/columns.hpp"
#include "sim/base/math.hpp"

namespace analysis {

std::vector<std::size_t> log_spaced(std::size_t last, std::size_t wanted) {
  if (last == 0) return {};
  double const first = static_cast<double>(std::min<std::size_t>(2, last)), ratio = sim::math::log(static_cast<double>(last) / first);
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < wanted; ++i) {
    double const x = first * sim::math::exp(ratio * static_cast<double>(i) / static_cast<double>(wanted - 1));
    all.push_back(std::min(last, static_cast<std::size_t>(x + 0.5)));
  }
  all.back() = last;
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<Convergence> convergence(ResultsSource const& source, Histories const& histories, Subject const& headline, std::size_t reference) {
  auto const columns = read_columns(source, histories, {headline.response, {headline.nation.value_or(0)}, {}});
  Cube const& cube = columns.nations.front();
  std::size_t const together = unit_futures(source.schema()), units = (histories.futures() + together - 1) / together;
  auto const unit_counts = log_spaced(units);
  std::vector<std::size_t> counts;
  for (std::size_t const n : unit_counts) counts.push_back(std::min(n * together, histories.futures()));
  std::vector<Convergence> all;
  for (std::size_t t = 0; t < histories.points(); ++t) {
    if (t == reference) continue;
    Convergence c{headline.response, headline.nation, t, counts, {}, {}, {}};
    Arm const arm = histories.arm(cube, t);
    auto const differences = pair_differences(arm, histories.arm(cube, reference));
    auto const all_units = unit_moments(arm.with(differences));
    for (std::size_t const n : unit_counts) {
      Estimate const e = clustered_mean(std::span(all_units).first(n));
      c.mean.push_back(e.mean);
      c.lo.push_back(e.lo);
      c.hi.push_back(e.hi);
    }
    all.push_back(std::move(c));
  }
  return all;
}

}  // namespace analysis
