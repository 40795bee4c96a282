// League tables: what one treatment does to every nation, or what each nation's own treatment does to it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analysis/report/histories.hpp"

namespace analysis {

struct Subject;

/// One nation in a league table.
struct LeagueRow {
  std::size_t nation = 0, treatment = 0;
  Estimate change;                     // treatment minus reference
  double reference_mean = undefined;   // over the same pairs
  double relative = undefined;         // mean / |reference_mean|
  double exposure_years = undefined;   // in the response's window, on whose days the two hold different interventions
  Estimate per_year;                   // change / exposure
  Estimate log_ratio;                  // log(mean of treatment / reference mean)
  double p = undefined;                // two-sided t
  double holm_p = undefined;           // adjusted for all rows of the table
};

/// Rows in the order of the study's nations.
struct League {
  enum class Kind {
    effect,  // one treatment on every nation
    own,     // each nation its own treatment
  } kind = Kind::effect;
  std::size_t response = 0;
  std::optional<std::size_t> treatment;  // of `effect`
  std::size_t family = 0;                // tests that Holm's adjustment counts
  std::size_t left_out = 0;              // rows without a p-value
  std::vector<LeagueRow> rows;
};

/// Nations whose interventions are not the same in both treatments; "" stands for those that act on nobody in particular.
std::set<std::string> changing_nations(sim::Treatment const& a, sim::Treatment const& b);

/// A treatment that differs from the reference in the interventions of one nation only.
struct OwnTreatment {
  std::size_t nation = 0, treatment = 0;
};

/// Least treatments of a table of own ones.
inline constexpr std::size_t least_own_treatments = 3;

/// The treatments that act on one nation each, in the order of the nations; empty if fewer than least_own_treatments do, or two on one nation.
std::vector<OwnTreatment> own_treatments(sim::ResultSchema const& schema, std::size_t reference);

/// Years in the window of `response` on whose days the treatment holds other interventions than the reference; NaN if on none.
double exposure_years(sim::ResultSchema const& schema, sim::ResponseInfo const& response, std::size_t treatment, std::size_t reference);

/// The tables of the headline's response: its treatment on every nation, and the own treatments where the study has them; none for a response that is
/// not per nation.
std::vector<League> leagues(ResultsSource const& source, Histories const& histories, Subject const& headline, std::size_t reference);

}  // namespace analysis
