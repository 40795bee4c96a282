// Which uncertain factors the headline difference depends on: the numbers for every factor, two rankings, and their words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/sensitivity/delta.hpp"
#include "analysis/sensitivity/equal_change.hpp"
#include "analysis/sensitivity/morris.hpp"
#include "analysis/sensitivity/noise_share.hpp"
#include "analysis/sensitivity/sobol.hpp"

namespace analysis {

struct Analysis;
class Histories;
class ResultsSource;

/// Futures below which a number is not given.
inline constexpr std::size_t delta_least_futures = 50, shapley_least_futures = 200, slope_least_futures = 20;

/// One factor that varies; what the design does not give is empty or undefined.
struct FactorSensitivity {
  std::size_t factor = 0;  // in the schema
  struct Sobol {
    Index first, total;
  };
  std::optional<Sobol> sobol;
  std::optional<MorrisIndex> morris;
  std::optional<Delta> delta;
  std::optional<Index> shapley;
  Index ten_percent;  // effect of the equal change on the difference
  EqualChange change;
};

/// Interaction of two factors, by their positions in `factors`.
struct Interaction {
  std::size_t a = 0, b = 0;
  Index index;
};

/// Of the headline difference, one number for each future: the mean over its pairs of treatment minus reference.
struct Sensitivity {
  std::string design;
  std::size_t futures = 0, used = 0;  // planned; with a difference, and not left out with the rest of their row
  std::string left_out_reason;        // empty if none is
  NoiseShare noise;
  std::vector<FactorSensitivity> factors;    // in the order of the design
  std::vector<Interaction> second_order;     // of a Saltelli layout with second order; largest first where there are many
  double shapley_explained = undefined;      // by the factors with Shapley effects together
  std::vector<std::size_t> by_ignorance;     // positions in `factors`: by Sobol total, else delta, else Morris's mu*; undefined ones left out
  std::vector<std::size_t> by_leverage;      // by the size of the effect of an equal change
  std::vector<std::string> notes;            // which numbers are not given, and why
};

/// Empty without a headline difference, and where no factor varies.
std::optional<Sensitivity> sensitivity(ResultsSource const& source, Histories const& histories, Analysis const& analysis);

/// Analyses and adds what there is to say to the headline's sentences and caveats.
void add_sensitivity(Analysis& analysis, ResultsSource const& source, Histories const& histories);

/// What is not known about which factors matters more than chance could make it seem; an equal change of which ones does.
std::string ignorance_sentence(Analysis const& analysis);
std::string leverage_sentence(Analysis const& analysis);
/// Where most of the spread over futures is Monte Carlo noise; else empty.
std::string noise_caveat(Analysis const& analysis);
/// A table of the first factors for a terminal; empty without a sensitivity analysis.
std::string sensitivity_text(Analysis const& analysis);

}  // namespace analysis
