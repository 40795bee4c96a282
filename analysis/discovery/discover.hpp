// Scenario discovery (Bryant and Lempert 2010): in which futures is the outcome a case? Boxes that survive doubt, and a tree.
#pragma once

#include "analysis/discovery/cart.hpp"
#include "analysis/discovery/significance.hpp"

namespace analysis {

struct DiscoverOptions {
  PrimOptions prim;
  DoubtOptions doubt;
  CartOptions cart;
  std::size_t most_boxes = 2;
  std::size_t fewest_futures = 50;      // below, no search: see docs/methods/discovery.md for what would be found
  std::size_t fewest_of_a_kind = 10;    // cases, and others
  std::size_t most_searched = 2000;     // futures, the first ones; boxes are counted on all
  double least_coverage = 0.1;          // of a second box
};

/// A box that chance hardly makes.
struct FoundBox {
  Box box;
  Tally tally;                  // over all futures
  std::vector<double> quasi_p;  // [limits]
  double chance = 1;            // permutation test of the search
  HeldOut held_out;
  Stability stability;
};

/// Why there was no search.
enum class Hindrance { none, no_case, all_cases, too_few, no_factor };

struct Discovery {
  Hindrance hindrance = Hindrance::none;
  Tally all;
  std::size_t searched = 0;          // futures
  std::vector<FoundBox> boxes;       // the second one in what the first one leaves
  std::vector<Peeled> trajectory;    // of the first search
  std::optional<std::size_t> chosen; // step of it that became the first box
  Tree tree;
};

/// Searches, tests, and searches again outside the first box. A second box must be denser than all futures together and cover a
/// tenth of all cases. Deterministic for a seed.
Discovery discover(FactorTable const& table, Outcomes const& outcomes, DiscoverOptions const& options = {});

}  // namespace analysis
