#include "analysis/report/robustness.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/quantile.hpp"
#include "analysis/report/analysis.hpp"
#include "analysis/report/columns.hpp"

namespace analysis {
namespace {

// Mean of each treatment in each future, NaN where there is none.
Outcomes2d means_of(ResultsSource const& source, Histories const& histories, std::size_t response, std::optional<std::size_t> nation) {
  ColumnRequest request{response, {}, {}};
  if (nation) request.nations = {*nation};
  Cube const cube = read_columns(source, histories, request).nations.front();
  Outcomes2d all{histories.points(), histories.futures(), {}};
  std::size_t const together = unit_futures(source.schema());
  for (std::size_t f = 0; f < all.futures && together > 1; ++f) all.unit.push_back(f / together);
  for (std::size_t t = 0; t < all.treatments; ++t)
    for (auto const& m : future_moments(histories.arm(cube, t))) all.values.push_back(m.mean);
  return all;
}

// Only the futures that are wanted.
Outcomes2d kept(Outcomes2d const& all, std::vector<bool> const& wanted) {
  Outcomes2d some{all.treatments, 0, {}};
  for (std::size_t f = 0; f < all.futures && !all.unit.empty(); ++f)
    if (wanted[f]) some.unit.push_back(all.unit[f]);
  some.futures = static_cast<std::size_t>(std::count(wanted.begin(), wanted.end(), true));
  for (std::size_t t = 0; t < all.treatments; ++t)
    for (std::size_t f = 0; f < all.futures; ++f)
      if (wanted[f]) some.values.push_back(all.row(t)[f]);
  return some;
}

void require(Outcomes2d const& all, std::vector<bool>& wanted) {
  for (std::size_t t = 0; t < all.treatments; ++t)
    for (std::size_t f = 0; f < all.futures; ++f) wanted[f] = wanted[f] && !std::isnan(all.row(t)[f]);
}

std::optional<std::size_t> cost_response(sim::ResultSchema const& s, Subject const& subject) {
  for (std::size_t r = 0; r < s.responses.size(); ++r)
    if (s.responses[r].name == "partnership_cost" && r != subject.response && s.responses[r].per_nation == subject.nation.has_value()) return r;
  return std::nullopt;
}

}  // namespace

RobustnessTable headline_robustness(ResultsSource const& source, Histories const& histories, Analysis const& a, Options const& options) {
  RobustnessTable r;
  if (!a.headline.subject || histories.points() < 2) {
    r.note = "There is one treatment only, so there is nothing to choose from.";
    return r;
  }
  Subject const& s = *a.headline.subject;
  r.cost = cost_response(a.schema, s);
  auto const response = means_of(source, histories, s.response, s.nation);
  std::vector<bool> wanted(histories.futures(), true);
  require(response, wanted);
  Outcomes2d cost;
  if (r.cost) {
    cost = means_of(source, histories, *r.cost, s.nation);
    require(cost, wanted);
  }
  auto const values = kept(response, wanted);
  r.futures = values.futures;
  r.left_out = histories.futures() - r.futures;
  if (r.futures == 0) {
    r.note = "No future has a finished history under every treatment, so treatments cannot be compared over the same futures.";
    return r;
  }
  r.subject = s;
  RobustOptions wanted_options{worse_of(a.schema.responses[s.response]), options.threshold.value_or(quantile(sorted(values.row(a.reference)), 0.5)), a.schema.seed};
  r.threshold = wanted_options.threshold;
  r.threshold_words = options.threshold ? "as asked for" : "the median of the reference";
  r.numbers = robustness(values, wanted_options);
  r.choices = choices(values, wanted_options);
  for (std::size_t t = 0; t < values.treatments; ++t) r.changes.push_back(mean_change(values, t, a.reference));
  if (!r.cost) return r;
  auto const costs = kept(cost, wanted);
  for (std::size_t t = 0; t < costs.treatments; ++t) r.costs.push_back(clustered_mean(UnitArm(costs, costs.row(t)).arm()));
  r.dominated_by = dominated_by(values, wanted_options.worse, costs, worse_of(a.schema.responses[*r.cost]));
  return r;
}

}  // namespace analysis
