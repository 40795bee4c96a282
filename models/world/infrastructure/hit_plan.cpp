#include "models/world/infrastructure/hit_plan.hpp"

#include <algorithm>
#include <bit>

namespace world {
namespace {

constexpr double hit_log_sd = 1.2, least_depth = 0.3, repair_log_sd = 0.8;

// Draws assets by size without putting them back: partial sums in a tree (P. M. Fenwick, Softw. Pract. Exper. 24(3), 1994).
class Urn {
 public:
  explicit Urn(std::vector<double> const& sizes) : sizes_(sizes), taken_(sizes.size(), false), sums_(sizes.size() + 1, 0) {
    for (std::size_t i = 1; i < sums_.size(); ++i) {
      sums_[i] += sizes[i - 1];
      std::size_t const parent = i + (i & -i);
      if (parent < sums_.size()) sums_[parent] += sums_[i];
    }
  }

  /// The asset at which the sizes left reach `mark` of their sum.
  std::size_t draw(double mark) {
    mark *= left_;
    std::size_t at = 0;
    for (std::size_t step = std::bit_floor(sizes_.size()); step > 0; step /= 2) {
      if (at + step >= sums_.size() || sums_[at + step] > mark) continue;
      at += step;
      mark -= sums_[at];
    }
    // Rounding may point behind the last, or at one that is gone.
    if (at == sizes_.size()) --at;
    while (taken_[at]) at = (at == 0 ? sizes_.size() : at) - 1;
    remove(at);
    return at;
  }

 private:
  void remove(std::size_t asset) {
    taken_[asset] = true;
    left_ -= sizes_[asset];
    for (std::size_t i = asset + 1; i < sums_.size(); i += i & -i) sums_[i] -= sizes_[asset];
  }

  std::vector<double> const& sizes_;
  std::vector<bool> taken_;
  std::vector<double> sums_;  // from 1; [i]: of the last i & -i sizes up to i
  double left_ = 1;
};

}  // namespace

double hit_share(int severity) {
  constexpr double median[] = {0, 0.001, 0.002, 0.005, 0.02, 0.10, 0.30, 0.60};
  return median[std::clamp(severity, 1, 7)];
}

double repair_days(int severity) {
  constexpr double median[] = {0, 0.05, 0.1, 3, 10, 30, 90, 180};
  return median[std::clamp(severity, 1, 7)];
}

// E min(1, X) of a lognormal X, times the mean depth.
double mean_share(int severity) {
  double const m = sim::math::log(hit_share(severity));
  double const below = sim::math::exp(m + hit_log_sd * hit_log_sd / 2) * sim::math::normal_cdf(-m / hit_log_sd - hit_log_sd);
  return (below + sim::math::normal_cdf(m / hit_log_sd)) * (least_depth + 1) / 2;
}

double mean_repair_days(int severity) { return repair_days(severity) * sim::math::exp(repair_log_sd * repair_log_sd / 2); }

HitPlan plan_hit(std::vector<double> const& sizes, int severity, sim::RngStream damage, sim::RngStream assets) {
  double const hit = std::min(1.0, damage.lognormal(hit_share(severity), hit_log_sd));
  double const depth = damage.uniform(least_depth, 1);
  HitPlan plan{hit * depth, damage.lognormal(repair_days(severity), repair_log_sd), {}};
  Urn urn(sizes);
  for (double left = hit; left > 1e-12 && plan.parts.size() < sizes.size();) {
    std::size_t const chosen = urn.draw(assets.uniform());
    plan.parts.push_back({static_cast<int>(chosen), std::min(sizes[chosen], left) * depth});
    left -= std::min(sizes[chosen], left);
  }
  return plan;
}

}  // namespace world
