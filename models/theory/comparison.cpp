#include "models/theory/comparison.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"

namespace theory {

namespace {

Simulated interval(std::string const& name, std::vector<double> const& values) {
  analysis::Moments const m = analysis::moments(values);
  double half = resolution * std::max(std::fabs(m.mean), 1e-3);
  if (m.n > 1 && m.variance > 0) {
    half += std::sqrt(m.variance / static_cast<double>(m.n)) *
            analysis::student_quantile(0.5 + interval_level / 2, m.n - 1);
  }
  return {name, m.mean, m.mean - half, m.mean + half, static_cast<std::uint32_t>(m.n)};
}

}  // namespace

std::optional<double> Comparison::known(std::string_view name) const {
  auto const at =
      std::find_if(closed_form.begin(), closed_form.end(), [&](Quantity const& q) { return q.name == name; });
  return at == closed_form.end() ? std::nullopt : std::optional(at->value);
}

double Comparison::closed(std::string_view name) const {
  auto const value = known(name);
  SIM_CHECK(value.has_value());
  return *value;
}

bool Comparison::has_simulated(std::string_view name) const {
  return std::any_of(simulated.begin(), simulated.end(), [&](Simulated const& s) { return s.name == name; });
}

Simulated const& Comparison::of(std::string_view name) const {
  auto const at = std::find_if(simulated.begin(), simulated.end(), [&](Simulated const& s) { return s.name == name; });
  SIM_CHECK(at != simulated.end());
  return *at;
}

Comparison compare(Theory const& theory, Values const& values, CompareOptions const& options, sim::Executor& executor) {
  Comparison comparison{theory.closed_form(values), {}};
  std::uint32_t const replications = options.replications == 0 ? theory.replications : options.replications;
  SIM_CHECK(replications >= 2);
  std::vector<std::vector<double>> measured;
  std::vector<std::string> names;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    Quantities const found = theory.simulate(values, {.seed = options.seed, .replication = replication}, executor);
    if (names.empty()) {
      for (Quantity const& quantity : found) names.push_back(quantity.name);
      measured.resize(found.size());
    }
    SIM_CHECK(found.size() == names.size());
    for (std::size_t i = 0; i < found.size(); ++i) measured[i].push_back(found[i].value);
  }
  for (std::size_t i = 0; i < measured.size(); ++i) {
    comparison.simulated.push_back(interval(names[i], measured[i]));
  }
  return comparison;
}

}  // namespace theory
