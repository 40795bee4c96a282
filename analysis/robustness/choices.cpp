#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/selection.hpp"
#include "analysis/robustness/badness.hpp"
#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace analysis {
namespace {

// A criterion's values turned so that low is good. [criteria]
using Losses = std::array<double, criterion_count>;

double& at(Losses& losses, Criterion c) { return losses[static_cast<std::size_t>(c)]; }

// The criteria of one treatment over the futures of one resample.
Losses losses_of(Badness const& b, std::size_t t, std::vector<std::uint32_t> const& futures, std::vector<double>& scratch) {
  Losses losses{};
  auto const gather = [&](std::vector<double> const& from) {
    scratch.clear();
    for (auto const f : futures) scratch.push_back(from[f]);
  };
  gather(b.values[t]);
  Moments const m = moments(scratch);
  auto const [best, worst] = std::minmax_element(scratch.begin(), scratch.end());
  at(losses, Criterion::mean) = m.mean;
  at(losses, Criterion::maximin) = *worst;
  at(losses, Criterion::hurwicz) = *best / 2 + *worst / 2;
  at(losses, Criterion::mean_deviation) = m.mean + std::sqrt(m.variance);
  at(losses, Criterion::cvar95) = cvar95(scratch, Worse::higher);
  gather(b.regrets[t]);
  at(losses, Criterion::mean_regret) = moments(scratch).mean;
  at(losses, Criterion::minimax_regret) = *std::max_element(scratch.begin(), scratch.end());
  at(losses, Criterion::regret90) = Selection(scratch).quantile(0.9);
  gather(b.satisfies[t]);
  at(losses, Criterion::satisficing) = -moments(scratch).mean;
  return losses;
}

}  // namespace

std::vector<Choice> choices(Outcomes2d const& outcomes, RobustOptions const& options) {
  if (outcomes.treatments < 2 || outcomes.futures == 0) return {};
  Badness const badness(outcomes, options);
  std::vector<double> scratch;
  auto const all_losses = [&](std::vector<std::uint32_t> const& futures) {
    std::vector<Losses> all;
    for (std::size_t t = 0; t < outcomes.treatments; ++t) all.push_back(losses_of(badness, t, futures, scratch));
    return all;
  };
  auto const futures = static_cast<std::uint32_t>(outcomes.futures);
  std::vector<std::uint32_t> drawn(futures);
  for (std::uint32_t f = 0; f < futures; ++f) drawn[f] = f;
  auto const observed = all_losses(drawn);
  std::vector<std::vector<Losses>> resampled;
  auto const units = units_of(outcomes);
  std::uint32_t few = 0;  // units that resamples are drawn from
  for (std::size_t n = 0; few < units.size() && (few == 0 || n + units[few].size() <= most_resampled); ++few) n += units[few].size();
  for (std::size_t r = 0; r < options.resamples; ++r) {
    sim::RngStream rng({options.seed}, sim::stream_id("robustness"), 0, r);
    drawn.clear();
    for (std::uint32_t u = 0; u < few; ++u) {
      auto const& unit = units[rng.below(few)];
      drawn.insert(drawn.end(), unit.begin(), unit.end());
    }
    resampled.push_back(all_losses(drawn));
  }
  auto const numbers = robustness(outcomes, options);
  std::vector<Choice> result;
  for (std::size_t c = 0; c < criterion_count; ++c) {
    Choice choice{static_cast<Criterion>(c), 0, undefined, {}};
    if (std::isnan(observed[0][c])) continue;
    for (std::size_t t = 1; t < outcomes.treatments; ++t)
      if (observed[t][c] < observed[choice.treatment][c]) choice.treatment = t;
    choice.value = value_of(choice.criterion, numbers[choice.treatment], options.worse);
    for (std::size_t t = 0; t < outcomes.treatments; ++t) {
      if (t == choice.treatment) continue;
      std::vector<double> differences;
      for (auto const& losses : resampled) differences.push_back(losses[t][c] - losses[choice.treatment][c]);
      std::array<double, 1> constexpr low{0.025};
      bool const tied = units.size() < 2 || observed[t][c] == observed[choice.treatment][c] || (!differences.empty() && selected_quantiles(differences, low)[0] <= 0);
      if (tied) choice.tied_with.push_back(t);
    }
    result.push_back(std::move(choice));
  }
  return result;
}

}  // namespace analysis
