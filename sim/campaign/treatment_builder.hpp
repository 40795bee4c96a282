// Collects the treatments of a design: drops what no treatment may be, and reports what cannot be run.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/campaign/condition.hpp"
#include "sim/campaign/study_parts.hpp"

namespace sim {

/// Treatments of one design at most.
inline constexpr std::size_t treatments_max = 4096;
/// Points that a design with conditions may have before they are applied.
inline constexpr std::size_t candidates_max = 65536;
/// Levers of a design that combines them.
inline constexpr std::size_t combined_levers_max = 64;

/// Names that conditions may use, and their values at a point: NAME 1 or 0, NAME.level from 0, NAME.from and NAME.to in days,
/// NaN where the lever is absent.
std::vector<std::string> condition_names(std::vector<StudyLever> const& levers);
std::vector<double> condition_values(std::vector<StudyLever> const& levers, std::vector<int> const& levels);

/// Product of (1 + levels) over the levers; the largest number if it does not fit.
std::uint64_t combinations(std::vector<StudyLever> const& levers);

/// Names a point after its levers: "none", "a", "a+b.2018-06-14"; the label with blanks.
std::pair<std::string, std::string> point_name(std::vector<StudyLever> const& levers, std::vector<int> const& levels);

/// What a design lists: the level of every lever, a name, and where it stands.
struct DesignPoint {
  std::vector<int> levels;
  std::string name, label;  // empty: after the levers
  Position where;
};

class TreatmentBuilder {
 public:
  /// `reference` is the name of the treatment that may not be dropped.
  TreatmentBuilder(StudyParts& parts, std::vector<Condition> conditions, std::string reference);

  /// Adds a treatment, unless a lever stands in it without the one it lies within, or it fails a condition.
  void add(DesignPoint point);
  /// Says that a lever is in use, though not in a treatment that could be added.
  void use(std::size_t lever) { used_.insert(lever); }
  /// Reports overlaps, levers in no treatment and a reference that was dropped; `where` is the place of the design.
  /// True if the reference was dropped.
  bool finish(Position where, Position where_reference);
  /// False once there are more treatments than may be.
  bool has_room() const { return !full_; }

 private:
  bool is_nested_well(std::vector<int> const& levels) const;
  Condition const* failed(std::vector<int> const& levels) const;
  bool drop(DesignPoint const& point);
  void check_overlap(std::size_t treatment);
  void check_used() const;
  void add_notes() const;

  StudyParts& parts_;
  std::vector<Condition> conditions_;
  std::string reference_, reference_fault_;
  std::vector<DesignPoint> points_;  // of the treatments, in their order
  std::set<std::string> names_;
  std::set<std::size_t> used_;
  std::set<std::pair<Position, std::string>> overlaps_;  // reported ones
  std::size_t nested_ = 0, failed_ = 0;                     // dropped
  bool full_ = false;
  bool sound_ = true;  // the levers have names, and different ones; else issues say so
};

}  // namespace sim
