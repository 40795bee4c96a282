// The same study under several prior sets, side by side.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/report/source.hpp"

namespace analysis {

struct Analysis;
struct Subject;

/// Another campaign of the same study, and the name of its file for messages.
struct Beside {
  std::shared_ptr<ResultsSource const> source;
  std::string path;
};

/// One campaign of several.
struct PriorSet {
  std::string name;  // of its prior set; of its study where two have the same set
  std::string study;
  std::size_t futures = 0, replications = 0;
  std::uint64_t seed = 0;
};

/// A difference under one prior set.
struct SetEstimate {
  double mean = 0, lo = 0, hi = 0, predictive_lo = 0, predictive_hi = 0, share_better = 0;
  std::size_t futures = 0;
};

/// A difference that all campaigns have.
struct PriorSetRow {
  std::size_t response = 0;
  std::optional<std::size_t> nation;
  std::size_t treatment = 0;         // positions in the first campaign's schema
  std::vector<SetEstimate> by_set;   // [sets]
};

struct PriorSets {
  std::vector<PriorSet> sets;     // the analysed file first
  std::vector<PriorSetRow> rows;  // as the analysis has them
  std::vector<std::string> notes; // what only some of the campaigns have
};

/// Name of the prior set in the resolved study of a results file; empty if it has none.
std::string prior_set_of(sim::ResultSchema const& schema);

/// Compares the differences of `analysis` with those of `others`. Treatments and responses are matched by name, nations by code. Throws sim::Error for a
/// campaign of another study: another time span, reference, mechanisms or data, or a treatment or response of the same name that is something else.
PriorSets prior_sets(Analysis const& analysis, std::vector<Beside> const& others);

/// Whether the sign of the headline's mean is the same under all sets; empty without others.
std::string prior_sets_sentence(Analysis const& analysis, Subject const& subject);

/// A table for a terminal; empty without others.
std::string prior_sets_text(Analysis const& analysis);

}  // namespace analysis
