#include <utility>

#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/rank.hpp"
#include "analysis/report/columns.hpp"
#include "analysis/report/report_parts.hpp"

namespace analysis {

std::vector<double> distribution_probabilities() {
  std::vector<double> all{0.01};
  for (int i = 1; i < 40; ++i) all.push_back(i / 40.0);
  all.push_back(0.99);
  return all;
}

Distributions distributions(ResultsSource const& source, Histories const& histories, Analysis const& a) {
  Distributions d;
  auto const probabilities = distribution_probabilities();
  for (std::size_t const r : a.responses) {
    bool const per_nation = a.schema.responses[r].per_nation;
    auto const columns = read_columns(source, histories, {r, a.nations, {}});
    for (std::size_t i = 0; i < columns.nations.size(); ++i) {
      Cube const& cube = columns.nations[i];
      Subject s{r, per_nation ? std::optional(a.nations[i]) : std::nullopt, 0};
      for (s.treatment = 0; s.treatment < histories.points(); ++s.treatment) {
        Arm const arm = histories.arm(cube, s.treatment);
        d.values.push_back({s, quantiles(sorted(arm.values), probabilities), {}});
        if (s.treatment == a.reference) continue;
        auto means = sorted(future_differences(arm, histories.arm(cube, a.reference)));
        auto curve = quantiles(means, probabilities);
        if (means.size() > most_single_values) means.clear();
        d.differences.push_back({s, std::move(curve), std::move(means)});
      }
    }
  }
  return d;
}

std::vector<double> factor_correlations(ResultsSource const& source, Histories const& histories, Analysis const& a) {
  std::size_t const factors = a.schema.factors.size();
  std::vector<double> all(factors, undefined);
  if (!a.headline.subject || a.schema.factor_values.size() < factors * histories.futures()) return all;
  Subject const& s = *a.headline.subject;
  auto const columns = read_columns(source, histories, {s.response, {s.nation.value_or(0)}, {}});
  Cube const& cube = columns.nations.front();
  auto const means = future_differences(histories.arm(cube, s.treatment), histories.arm(cube, a.reference));
  std::vector<double> values(histories.futures());
  for (std::size_t k = 0; k < factors; ++k) {
    for (std::size_t f = 0; f < values.size(); ++f) values[f] = a.schema.factor_values[f * factors + k];
    all[k] = spearman(values, means);
  }
  return all;
}

}  // namespace analysis
