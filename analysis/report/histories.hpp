// Puts rows in their places: (treatment, future, replication), so that pairs are found by key and never by position.
#pragma once

#include <algorithm>
#include <vector>

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/tail.hpp"
#include "analysis/report/source.hpp"
#include "sim/base/campaign_shape.hpp"

namespace analysis {

/// How many replications there are of each kind.
struct Counts {
  std::size_t planned = 0;
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t censored = 0;
  std::size_t missing = 0;  // planned, but without a row
  std::size_t unpaired = 0;  // done, but the other half of its antithetic pair is not
};

/// One response of one nation (or of the world) in every planned history, NaN where there is no finished one.
/// [treatments x futures x replications]
using Cube = std::vector<double>;

/// Which end of the response is the bad one.
inline Worse worse_of(sim::ResponseInfo const& r) { return r.higher_is_worse ? Worse::higher : Worse::lower; }

/// Whether each future is for itself a draw of the priors, so that means and shares over futures estimate those of the priors: not in Morris's
/// design and one at a time, whose points lie on a grid.
bool has_prior_draws(sim::SamplingInfo const& sampling);

/// The replication table by key.
class Histories {
 public:
  /// Throws sim::Error for a key outside the study or one that occurs twice.
  Histories(sim::ResultSchema const& schema, std::vector<ReplicationRow> rows);

  std::size_t points() const { return points_; }
  std::size_t futures() const { return futures_; }
  std::size_t replications() const { return replications_; }
  /// Places of all treatments, those included that a stopping rule has left empty.
  std::size_t size() const { return points_ * futures_ * replications_; }
  /// Of the places in which treatment or reference could have a history, those that a stopping rule found needless.
  std::size_t needless_pairs(std::size_t treatment, std::size_t reference) const { return std::max(needless_[treatment], needless_[reference]); }
  Counts const& counts() const { return counts_; }
  /// The same of one treatment.
  Counts const& counts(std::size_t point) const { return counts_of_[point]; }
  std::vector<ReplicationRow> const& rows() const { return rows_; }
  /// Place of row `row` in a Cube, or `nowhere` if it is not done.
  std::size_t place_of(std::size_t row) const { return places_[row]; }
  /// Row of the finished history at place `place`, or `nowhere`.
  std::size_t row_at(std::size_t place) const { return found_[place]; }
  /// A cube of NaN.
  Cube empty_cube() const { return Cube(size(), undefined); }
  /// The part of `cube` that belongs to treatment `point`; a view.
  Arm arm(Cube const& cube, std::size_t point) const;

  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

 private:
  std::size_t points_, futures_, replications_, unit_, unit_futures_;
  std::vector<std::size_t> needless_;  // [points]
  std::vector<ReplicationRow> rows_;
  std::vector<std::size_t> places_;  // [rows]
  std::vector<std::size_t> found_;   // [size]
  Counts counts_;
  std::vector<Counts> counts_of_;  // [points]
};

/// Position of treatment `name`; throws sim::Error with the known names.
std::size_t treatment_index(sim::ResultSchema const& schema, std::string const& name);
/// Position of response `name`; throws sim::Error with the known names.
std::size_t response_index(sim::ResultSchema const& schema, std::string const& name);
/// Position of nation `iso3`; throws sim::Error.
std::size_t nation_index(sim::ResultSchema const& schema, std::string const& iso3);

}  // namespace analysis
