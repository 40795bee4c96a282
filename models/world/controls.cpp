#include "models/world/controls.hpp"

#include <algorithm>

#include "models/world/infrastructure/hit_plan.hpp"
#include "models/world/objectives.hpp"

namespace world {
namespace {

std::size_t as_index(int i) { return static_cast<std::size_t>(i); }

// Step `i` of a cumulative distribution.
template <class Cdf>
double step(Cdf const& cdf, std::size_t i) { return cdf[i] - (i == 0 ? 0 : cdf[i - 1]); }

// Share of the accesses by a way in that stay open to the attempt; their mean over the ways is Setting::open_share().
double open_share(Vector vector) {
  switch (vector) {
    case Vector::known_flaw:
    case Vector::zero_day: return known_flaw_open_share;
    case Vector::trusted_partner: return partner_open_share;
    default: return 1;
  }
}

}  // namespace

LossExpectation::LossExpectation(Setting const& setting) : setting_(&setting) {
  std::size_t const sectors = setting.value_added_share.size();
  for (std::size_t k = 0; k < sectors; ++k) {
    double weight = setting.value_added_share[k];
    for (std::size_t d = 0; d < sectors; ++d) weight += setting.value_added_share[d] * setting.dependency[k * sectors + d];
    weight_.push_back(weight);
  }
  for (int actor = 0; actor < static_cast<int>(setting.atlas->actors.size()); ++actor) {
    bool const criminal = actor == setting.criminals;
    double const government = criminal ? 0 : setting.atlas->government_share;
    Mean& mean = mean_.emplace_back();
    for (std::size_t k = 0; k < objective_count; ++k)
      for (int s = 0; s < severity_count; ++s) {
        double const share = step(setting.severity_cdf[criminal ? 4 : k], as_index(s));
        for (bool const covert : {false, true}) {
          double days = government * of_effect(s, setting.government_sector, covert);
          for (std::size_t i = 0; i < setting.sector_cdf.size(); ++i)
            days += (1 - government) * step(setting.sector_cdf, i) * of_effect(s, static_cast<int>(i), covert);
          (covert ? mean.covert : mean.immediate)[k] += share * days;
        }
      }
  }
}

double LossExpectation::of_effect(int severity, int sector, bool needs_crew) const {
  return of_outage(sector, mean_share(severity), mean_repair_days(severity) + (needs_crew ? crew_wait_days : 0));
}

// Roughly that of taking effect before detection; of a fixed delay at a constant hazard it would be exp(-hazard x delay).
double LossExpectation::chance(Objective objective, int target, double day) const {
  if (!reveals(objective)) return 0;
  double const hazard = setting_->detection_hazard(target, day) * detection_factor(objective, objective == Objective::ransomware);
  return 1 / (1 + hazard * effect_delay(objective).median_days);
}

double LossExpectation::of_access(Operation const& operation, double day) const {
  if (operation.immediate != 0) return of_effect(operation.severity, operation.sector, false);
  double const happens = chance(static_cast<Objective>(operation.objective), operation.target, day);
  return happens == 0 ? 0 : happens * of_effect(operation.severity, operation.sector, true);
}

double LossExpectation::of_plan(Operation const& operation, Vector vector, double day) const {
  return of_access(operation, day) * (operation.immediate != 0 ? 1 : open_share(vector));
}

double LossExpectation::of_opening(int actor, int target, double day) const {
  Mean const& mean = mean_[as_index(actor)];
  auto const covert = [&](Objective objective) {
    return chance(objective, target, day) * setting_->open_share() * mean.covert[static_cast<std::size_t>(objective)];
  };
  if (actor == setting_->criminals) return ransomware_share(*setting_, day) * covert(Objective::ransomware);
  auto const& cdf = setting_->objective_cdf[as_index(actor)];
  auto const disruption = static_cast<std::size_t>(Objective::disruption), degradation = static_cast<std::size_t>(Objective::degradation);
  return step(cdf, disruption) * (immediate_share * mean.immediate[disruption] + (1 - immediate_share) * covert(Objective::disruption)) +
         step(cdf, degradation) * covert(Objective::degradation);
}

double effect_hazard(Objective objective, double days) {
  if (days <= 0) return 0;
  auto const [median_days, log_sd] = effect_delay(objective);
  return -sim::math::log(sim::math::normal_cdf(-sim::math::log(days / median_days) / log_sd));
}

double race_surprise(Race const& row, double day, double from, double to) {
  if (day >= to) return 0;
  auto const objective = static_cast<Objective>(row.objective);
  double const access = day - row.dwell_days;
  double const left = effect_hazard(objective, to - access) - effect_hazard(objective, std::max(from, day) - access);
  return row.ending == 0 ? -left : left + (row.ending == 2 && day >= from ? 1 : 0);
}

}  // namespace world
