// The headline difference of every future, the factors that vary, and what the design of the futures allows.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/analysis.hpp"

namespace analysis {

/// Most futures of a sample; of more, so many are drawn at random.
inline constexpr std::size_t sample_most = 20'000;

/// Refers to the schema it was made from.
struct SensitivityData {
  std::vector<double> difference;             // [futures planned] NaN where there is no pair
  std::vector<Moments> pairs;                 // [futures] of the pairs of each
  std::vector<std::size_t> factors;           // that vary, in the schema, in the order of the design
  sim::ResultSchema const* schema = nullptr;
  double value(std::size_t factor, std::size_t future) const { return schema->factor_values[future * schema->factors.size() + factors[factor]]; }
  std::vector<std::size_t> sample;            // futures with a difference that are independent draws of the factors; none in Morris and one at a time; at most sample_most
  std::vector<std::vector<std::size_t>> groups;  // positions in `factors` that may depend on each other; they part all factors
};

/// The headline of `analysis` must have a subject.
SensitivityData sensitivity_data(ResultsSource const& source, Histories const& histories, Analysis const& analysis);

/// Whether this future is a draw of all factors and of all else that is independent of the other such futures: all of them but in Saltelli's
/// layout, where only A is (B shares the draws beside the factors with it), and in Morris's and one at a time, where none is.
bool is_independent_draw(sim::SamplingInfo const& sampling, std::size_t future);

/// Whether the futures are Morris's trajectories, whole and with what moved.
bool are_trajectories(sim::SamplingInfo const& sampling, std::size_t futures);

/// Values of one factor, and the differences, in the futures of the sample.
std::vector<double> sampled(SensitivityData const& data, std::size_t factor);
std::vector<double> sampled_differences(SensitivityData const& data);

/// Effect of an equal change of every factor, by what the design allows; says in `notes` what is not given.
void equal_changes(sim::ResultSchema const& schema, SensitivityData const& data, Sensitivity& all);

}  // namespace analysis
