// A theory beside its world: the closed form, and the mean over replications with a 99.9 % interval.
#pragma once

#include <optional>

#include "models/theory/theory.hpp"

namespace theory {

/// Level of the intervals: closed forms are to lie inside them.
inline constexpr double interval_level = 0.999;

/// Simulated time has a grain and sums are rounded: intervals reach this share of the mean (of 1 near 0) further on
/// either side.
inline constexpr double resolution = 1e-9;

/// A simulated number: mean over replications and its interval by Student's t.
struct Simulated {
  std::string name;
  double mean = 0;
  double lo = 0;
  double hi = 0;
  std::uint32_t replications = 0;

  bool contains(double value) const { return lo <= value && value <= hi; }
  double half_width() const { return (hi - lo) / 2; }
};

struct Comparison {
  Quantities closed_form;
  std::vector<Simulated> simulated;

  /// What the law says of a quantity; nothing where the law is silent and only agents have it.
  std::optional<double> known(std::string_view name) const;
  /// True for a quantity that agents have.
  bool has_simulated(std::string_view name) const;
  /// Both of one quantity; a name that is lacking is a broken contract.
  double closed(std::string_view name) const;
  Simulated const& of(std::string_view name) const;
};

struct CompareOptions {
  std::uint32_t replications = 0;  // 0: as many as the theory takes itself; otherwise at least 2
  std::uint64_t seed = 1;
};

/// Runs one world per replication on `executor`. A pure function of theory, values, replications and seed.
Comparison compare(Theory const& theory, Values const& values, CompareOptions const& options, sim::Executor& executor);

}  // namespace theory
