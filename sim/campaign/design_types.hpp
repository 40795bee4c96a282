// The types of designs: for each the function that reads its keys and adds its treatments.
#pragma once

#include "sim/campaign/treatment_builder.hpp"

namespace sim {

/// What a type of design reads from and adds to.
struct DesignReader {
  TableReader& root;
  TableReader& design;
  StudyParts& parts;
  TreatmentBuilder& builder;
  Position where;  // of the design, for issues
};

struct DesignType {
  std::string name, title;
  void (*read)(DesignReader const& reader);
};
/// All types, with the names used in files.
std::vector<DesignType> const& design_types();

/// Every combination of the levels of all levers.
void read_full_factorial(DesignReader const& reader);
/// No lever, and each level of each lever alone.
void read_one_at_a_time(DesignReader const& reader);
/// All levers, none, and all but each one; the reference is `all`.
void read_leave_one_out(DesignReader const& reader);
/// The k-th levels of some levers together, crossed with the others.
void read_paired(DesignReader const& reader);
/// A regular fraction of a two-level factorial.
void read_fraction(DesignReader const& reader);
/// [[treatments]]
void read_explicit(DesignReader const& reader);
/// `points`, arrays of level numbers.
void read_points(DesignReader const& reader);
/// `file`, a table of comma-separated values.
void read_point_file(DesignReader const& reader);

/// Reports a design without levers, or with too many to combine; true if it can go on.
bool check_lever_count(DesignReader const& reader);
/// Reports points of the wrong number of levers or with levels that do not exist, and adds the others.
void add_points(DesignReader const& reader, std::vector<Located<std::vector<int>>> const& rows);

}  // namespace sim
