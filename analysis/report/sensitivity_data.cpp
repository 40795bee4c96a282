#include "analysis/report/sensitivity_data.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/report/columns.hpp"
#include "sim/base/campaign_shape.hpp"

namespace analysis {
namespace {

std::size_t position_of(sim::ResultSchema const& schema, std::string const& name) {
  auto const at = std::find_if(schema.factors.begin(), schema.factors.end(), [&](auto const& f) { return f.name == name; });
  return static_cast<std::size_t>(at - schema.factors.begin());
}

double value_of(sim::ResultSchema const& schema, std::size_t future, std::size_t factor) {
  return schema.factor_values[future * schema.factors.size() + factor];
}

bool varies(sim::ResultSchema const& schema, std::size_t factor) {
  for (std::size_t f = 1; f < schema.futures; ++f)
    if (value_of(schema, f, factor) != value_of(schema, 0, factor)) return true;
  return false;
}

// Those that the design names, in its order; of older files those whose values differ.
std::vector<std::size_t> varying_factors(sim::ResultSchema const& schema) {
  std::vector<std::size_t> all;
  if (schema.factor_values.size() < schema.factors.size() * schema.futures) return all;
  for (auto const& name : schema.sampling.factors)
    if (std::size_t const k = position_of(schema, name); k < schema.factors.size()) all.push_back(k);
  if (all.empty()) {
    all.resize(schema.factors.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
  }
  std::erase_if(all, [&](std::size_t k) { return !varies(schema, k); });
  return all;
}

// Correlated factors together, given as "a and b 0.6"; all of them where conditions or a table may make any two depend on each other.
std::vector<std::vector<std::size_t>> groups_of(sim::ResultSchema const& schema, std::vector<std::size_t> const& factors) {
  auto const& sampling = schema.sampling;
  bool const unknown = !sampling.where.empty() || sampling.type == "table" || sampling.type == "full_factorial" || sampling.type == "fractional_factorial";
  std::vector<std::size_t> leader(factors.size(), 0);
  if (!unknown) std::iota(leader.begin(), leader.end(), std::size_t{0});
  auto const place = [&](std::string const& name) {
    std::size_t const k = position_of(schema, name);
    return static_cast<std::size_t>(std::find(factors.begin(), factors.end(), k) - factors.begin());
  };
  for (auto const& text : sampling.correlations) {
    auto const middle = text.find(" and "), end = text.rfind(' ');
    if (middle == std::string::npos || end < middle + 5) continue;
    std::size_t const a = place(text.substr(0, middle)), b = place(text.substr(middle + 5, end - middle - 5));
    if (a >= leader.size() || b >= leader.size()) continue;
    std::replace(leader.begin(), leader.end(), std::max(leader[a], leader[b]), std::min(leader[a], leader[b]));
  }
  std::vector<std::vector<std::size_t>> by_leader(factors.size());
  for (std::size_t j = 0; j < factors.size(); ++j) by_leader[leader[j]].push_back(j);
  std::erase_if(by_leader, [](auto const& group) { return group.empty(); });
  return by_leader;
}

}  // namespace

bool is_independent_draw(sim::SamplingInfo const& sampling, std::size_t future) {
  if (!has_prior_draws(sampling)) return false;
  return future % sim::futures_together(sampling) == 0;
}

SensitivityData sensitivity_data(ResultsSource const& source, Histories const& histories, Analysis const& a) {
  SensitivityData data;
  data.schema = &a.schema;
  data.factors = varying_factors(a.schema);
  if (data.factors.empty()) return data;
  Subject const& s = *a.headline.subject;
  auto const columns = read_columns(source, histories, {s.response, {s.nation.value_or(0)}, {}});
  Arm const treatment = histories.arm(columns.nations.front(), s.treatment), reference = histories.arm(columns.nations.front(), a.reference);
  auto const differences = pair_differences(treatment, reference);
  data.pairs = future_moments(treatment.with(differences));
  data.difference.assign(a.schema.futures, undefined);
  for (std::size_t f = 0; f < data.pairs.size(); ++f) data.difference[f] = data.pairs[f].mean;
  for (std::size_t f = 0; f < data.difference.size(); ++f)
    if (!std::isnan(data.difference[f]) && is_independent_draw(a.schema.sampling, f)) data.sample.push_back(f);
  if (data.sample.size() > sample_most) {
    auto const order = Resampler(a.schema.seed, "sample").permutation(0, data.sample.size());
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < sample_most; ++i) kept.push_back(data.sample[order[i]]);
    std::sort(kept.begin(), kept.end());
    data.sample = std::move(kept);
  }
  data.groups = groups_of(a.schema, data.factors);
  return data;
}

bool are_trajectories(sim::SamplingInfo const& sampling, std::size_t futures) {
  return sampling.type == "morris" && sampling.moved.size() == futures && sampling.direction.size() == futures && sampling.levels >= 2 && sampling.levels % 2 == 0 &&
         futures % (sampling.factors.size() + 1) == 0;
}

std::vector<double> sampled(SensitivityData const& data, std::size_t factor) {
  std::vector<double> values;
  for (std::size_t const f : data.sample) values.push_back(data.value(factor, f));
  return values;
}

std::vector<double> sampled_differences(SensitivityData const& data) {
  std::vector<double> values;
  for (std::size_t const f : data.sample) values.push_back(data.difference[f]);
  return values;
}

}  // namespace analysis
