// A theory beside its world: the closed form, and the mean over replications with a 99.9 % interval.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/theory/theory.hpp"

namespace theory {

/// Level of the intervals: closed forms are to lie inside them.
inline constexpr double interval_level = 0.999;

/// Half-width that is aimed at, as a share of the mean or, where that is more, of the quantity's natural scale: what
/// Theory::scales gives, or 1 where the law says 0.
inline constexpr double precision = 0.02;

/// Simulated time has a grain and sums are rounded: intervals reach this share of the mean or the natural scale (of
/// a millionth where both are less) further on either side.
inline constexpr double resolution = 1e-9;

/// Work after which no further replications are begun for the sake of precision: events, and an eighth for each agent
/// set up. Some 20 s.
inline constexpr std::uint64_t work_max = 200'000'000;

/// A simulated number: mean over replications, of a ratio the sums over replications divided, and its interval by
/// Student's t. Where events may be few the interval reaches 7 events further: who saw none in n, with a chance of 7 /
/// n of each, was luckier than once in a thousand.
struct Simulated {
  std::string name;
  double mean = 0;
  double lo = 0;
  double hi = 0;
  std::uint32_t replications = 0;
  double scale = 0;  // natural scale, 0 if it has none

  bool contains(double value) const { return lo <= value && value <= hi; }
  double half_width() const { return (hi - lo) / 2; }
  /// What the half-width is measured by.
  double size() const { return std::max(std::fabs(mean), scale); }
  bool is_precise() const { return half_width() <= precision * size() + 2e-6 * resolution; }
};

struct Comparison {
  Quantities closed_form;
  std::vector<Simulated> simulated;
  std::string note{};  // where the work ended before all were precise

  /// What the law says of a quantity; nothing where the law is silent and only agents have it.
  std::optional<double> known(std::string_view name) const;
  /// True for a quantity that agents have.
  bool has_simulated(std::string_view name) const;
  /// Both of one quantity; a name that is lacking is a broken contract.
  double closed(std::string_view name) const;
  Simulated const& of(std::string_view name) const;
};

struct CompareOptions {
  std::uint32_t replications = 0;  // 0: as many as precision takes; otherwise exactly these, at least 2
  std::uint64_t seed = 1;
  std::uint64_t work = work_max;
};

/// Runs one world per replication on `executor`: the theory's own number, doubled until every quantity is precise or
/// doubling would exceed the work. Quantities of which no replication observed anything are left out. A pure function
/// of theory, values and options.
Comparison compare(Theory const& theory, Values const& values, CompareOptions const& options, sim::Executor& executor);

}  // namespace theory
