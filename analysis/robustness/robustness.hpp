// Robustness over treatments x futures: regret, satisficing and the other criteria of choice, with ties; trade-off against cost.
#pragma once

#include <cstdint>
#include <string_view>

#include "analysis/estimators/tail.hpp"

namespace analysis {

/// The mean response of every treatment in every future. Futures that some treatment lacks are left out by the caller.
struct Outcomes2d {
  std::size_t treatments = 0;
  std::size_t futures = 0;
  std::vector<double> values;  // [treatments x futures], no NaN
  std::vector<std::size_t> unit{};  // [futures] number of the independent unit of each, ascending; empty: every future is one
  std::span<double const> row(std::size_t treatment) const { return std::span(values).subspan(treatment * futures, futures); }
};

/// The futures of each independent unit. [units]
std::vector<std::vector<std::uint32_t>> units_of(Outcomes2d const& outcomes);

/// One number of every future [futures] as an arm whose units are those of `outcomes`.
class UnitArm {
 public:
  UnitArm(Outcomes2d const& outcomes, std::span<double const> values);
  UnitArm(UnitArm const&) = delete;
  UnitArm& operator=(UnitArm const&) = delete;
  Arm const& arm() const { return arm_; }

 private:
  std::vector<double> values_;  // NaN where a unit has fewer futures than the widest
  Arm arm_;
};

/// One treatment's numbers, in the response's unit; bad is high or low as `Worse` says.
struct Robust {
  Estimate mean;                    // over futures, interval over their independent units
  double sd = undefined;            // over futures
  double best = undefined;          // future
  double worst = undefined;         // future
  double p95_bad = undefined;       // 19 of 20 futures are no worse
  double cvar95 = undefined;        // mean of the worst 5 % of futures
  double max_regret = undefined;    // what the best treatment of the same future would have spared, at most
  double p90_regret = undefined;
  Estimate mean_regret;
  Estimate satisficing;             // share of futures that are at least as good as the threshold
};

/// How to choose among treatments under uncertainty without, or with equal, probabilities (McPhail et al. 2018; Herman et al. 2015).
enum class Criterion { mean, maximin, hurwicz, cvar95, minimax_regret, regret90, mean_regret, satisficing, mean_deviation };
inline constexpr std::size_t criterion_count = 9;

/// The treatment that a criterion chooses; of equals the first.
struct Choice {
  Criterion criterion = Criterion::mean;
  std::size_t treatment = 0;
  double value = undefined;              // of the criterion
  std::vector<std::size_t> tied_with;    // treatments that it cannot be told from
};

/// Futures from which resamples are drawn, in whole units: the first ones, so that ties cost no more in a campaign of a million histories.
inline constexpr std::size_t most_resampled = 2000;

struct RobustOptions {
  Worse worse = Worse::higher;
  double threshold = undefined;
  std::uint64_t seed = 0;
  std::size_t resamples = 200;   // of the first most_resampled futures, for ties
};

/// The numbers of every treatment. [treatments]
std::vector<Robust> robustness(Outcomes2d const& outcomes, RobustOptions const& options);

/// The choice of every criterion. Two treatments are tied if they have the same value, or if over resampled units, the same for both, the 95 %
/// percentile interval of the difference of their values holds 0 (Efron and Tibshirani 1993, ch. 13): means and shares as well as extremes,
/// whose intervals are rough. Not adjusted for the number of treatments. With one unit all are tied. One treatment or no future: no choices.
std::vector<Choice> choices(Outcomes2d const& outcomes, RobustOptions const& options);

/// Value of a criterion from a treatment's numbers: Hurwicz half of best and worst; mean_deviation the mean moved by one standard
/// deviation to the bad side.
double value_of(Criterion criterion, Robust const& numbers, Worse worse);
/// Whether large values of the criterion are good.
bool prefers_large(Criterion criterion, Worse worse);
/// "maximin", ...
std::string_view name_of(Criterion criterion);

}  // namespace analysis
