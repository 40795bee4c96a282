#include "analysis/robustness/robustness.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/estimators/proportion.hpp"
#include "analysis/estimators/quantile.hpp"
#include "analysis/robustness/badness.hpp"

namespace analysis {

std::vector<std::vector<std::uint32_t>> units_of(Outcomes2d const& outcomes) {
  std::vector<std::vector<std::uint32_t>> units;
  for (std::uint32_t f = 0; f < outcomes.futures; ++f) {
    if (f == 0 || outcomes.unit.empty() || outcomes.unit[f] != outcomes.unit[f - 1]) units.emplace_back();
    units.back().push_back(f);
  }
  return units;
}

UnitArm::UnitArm(Outcomes2d const& outcomes, std::span<double const> values) {
  auto const units = units_of(outcomes);
  std::size_t width = 1;
  for (auto const& unit : units) width = std::max(width, unit.size());
  for (auto const& unit : units) {
    for (auto const f : unit) values_.push_back(values[f]);
    values_.resize(values_.size() + width - unit.size(), undefined);
  }
  arm_ = {values_, units.size() * width, 1, 1, width};
}

std::vector<Robust> robustness(Outcomes2d const& outcomes, RobustOptions const& options) {
  std::vector<Robust> all(outcomes.treatments);
  if (outcomes.futures == 0) return all;
  double const sign = options.worse == Worse::higher ? 1 : -1;  // times a value: its badness
  Badness const badness(outcomes, options);
  for (std::size_t t = 0; t < outcomes.treatments; ++t) {
    Robust& r = all[t];
    Moments const m = moments(outcomes.row(t));
    r.mean = clustered_mean(UnitArm(outcomes, outcomes.row(t)).arm());
    r.sd = std::sqrt(m.variance);
    std::array<double, 1> constexpr bad{0.95}, ninth{0.9};
    auto const& b = badness.values[t];
    auto const [least, most] = std::minmax_element(b.begin(), b.end());
    r.best = sign * *least;
    r.worst = sign * *most;
    r.p95_bad = sign * selected_quantiles(b, bad)[0];
    r.cvar95 = cvar95(outcomes.row(t), options.worse);
    auto const& regret = badness.regrets[t];
    r.max_regret = *std::max_element(regret.begin(), regret.end());
    r.p90_regret = selected_quantiles(regret, ninth)[0];
    r.mean_regret = clustered_mean(UnitArm(outcomes, regret).arm());
    if (!std::isnan(options.threshold)) r.satisficing = proportion_interval(UnitArm(outcomes, badness.satisfies[t]).arm());
  }
  return all;
}

double value_of(Criterion criterion, Robust const& r, Worse worse) {
  switch (criterion) {
    case Criterion::mean: return r.mean.mean;
    case Criterion::maximin: return r.worst;
    case Criterion::hurwicz: return r.best / 2 + r.worst / 2;
    case Criterion::cvar95: return r.cvar95;
    case Criterion::minimax_regret: return r.max_regret;
    case Criterion::regret90: return r.p90_regret;
    case Criterion::mean_regret: return r.mean_regret.mean;
    case Criterion::satisficing: return r.satisficing.mean;
    case Criterion::mean_deviation: return worse == Worse::higher ? r.mean.mean + r.sd : r.mean.mean - r.sd;
  }
  return undefined;
}

bool prefers_large(Criterion criterion, Worse worse) {
  switch (criterion) {
    case Criterion::satisficing: return true;
    case Criterion::minimax_regret:
    case Criterion::regret90:
    case Criterion::mean_regret: return false;
    default: return worse == Worse::lower;
  }
}

std::string_view name_of(Criterion criterion) {
  switch (criterion) {
    case Criterion::mean: return "mean";
    case Criterion::maximin: return "maximin";
    case Criterion::hurwicz: return "hurwicz";
    case Criterion::cvar95: return "cvar95";
    case Criterion::minimax_regret: return "minimax_regret";
    case Criterion::regret90: return "regret90";
    case Criterion::mean_regret: return "mean_regret";
    case Criterion::satisficing: return "satisficing";
    case Criterion::mean_deviation: return "mean_deviation";
  }
  return "unknown";
}

}  // namespace analysis
