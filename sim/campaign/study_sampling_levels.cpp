#include "sim/campaign/study_sampling.hpp"

namespace sim {
namespace {

/// Two quantiles between which a factor should move.
struct Step {
  double low = 0, high = 0;
};

/// The first step of a grid of so many levels that leaves the factor where it is.
std::optional<Step> still_step(ParameterInfo const& factor, std::uint32_t levels) {
  for (std::uint32_t k = 0; k < levels / 2; ++k) {
    Step const step{(k + 0.5) / levels, (k + levels / 2 + 0.5) / levels};
    if (factor_value(factor, step.low) == factor_value(factor, step.high)) return step;
  }
  return {};
}

/// A number of levels with which every step moves the factor; 0 if none of the small ones does.
std::uint32_t moving_levels(ParameterInfo const& factor) {
  for (std::uint32_t levels = 2; levels <= 20; levels += 2)
    if (!still_step(factor, levels)) return levels;
  return 0;
}

void check_steps(ParameterInfo const& factor, TableReader& sampling, StudyParts& parts) {
  auto const step = still_step(factor, parts.study.sampling.levels);
  if (!step) return;
  auto const other = moving_levels(factor);
  parts.issues.add(sampling.where(sampling.has("levels") ? "levels" : "type"), "a step of Morris's leaves factor " + shown(factor.name) + " where it is",
                   to_string(factor.prior) + " is " + shown(factor_value(factor, step->low)) + " at the quantiles " + shown(step->low) + " and " + shown(step->high),
                   other ? "write levels = " + std::to_string(other) + ", or leave it out of factors" : "leave it out of factors, or make its weights more even");
}

void check_two_levels(ParameterInfo const& factor, TableReader& sampling, StudyParts& parts) {
  auto const& s = parts.study.sampling;
  if (factor_value(factor, s.low) != factor_value(factor, s.high)) return;
  parts.issues.add(sampling.where(sampling.has("quantiles") ? "quantiles" : "type"), "factor " + shown(factor.name) + " is the same at both quantiles",
                   to_string(factor.prior) + " at " + shown(s.low) + " and " + shown(s.high), "move the quantiles outwards, or leave it out of factors");
}

}  // namespace

void check_levels_differ(TableReader& sampling, StudyParts& parts) {
  auto const& s = parts.study.sampling;
  bool const two_levels = s.type == SamplingType::fractional_factorial || s.type == SamplingType::one_at_a_time;
  if (!two_levels && s.type != SamplingType::morris) return;
  for (auto const& factor : parts.study.factors) {
    if (std::find(s.factors.begin(), s.factors.end(), factor.info.name) == s.factors.end()) continue;
    (two_levels ? check_two_levels : check_steps)(factor.info, sampling, parts);
  }
}

void check_still_varying(TableReader& sampling, FactorDesign const& design, StudyParts& parts) {
  auto const& study = parts.study;
  if (study.sampling.type != SamplingType::full_factorial) return;
  std::size_t const width = study.factors.size();
  for (std::size_t column = 0; column < width; ++column) {
    auto const& name = study.factors[column].info.name;
    if (std::find(study.sampling.factors.begin(), study.sampling.factors.end(), name) == study.sampling.factors.end()) continue;
    bool varies = false;
    for (std::size_t i = 1; i < design.futures; ++i) varies = varies || design.values[i * width + column] != design.values[column];
    if (varies) continue;
    parts.issues.add(sampling.where("where"), "factor " + shown(name) + " is the same in all futures", "the conditions leave it one value",
                     "leave it out of factors, or loosen the conditions");
  }
}

}  // namespace sim
