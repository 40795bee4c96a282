// PRIM, the patient rule induction method (Friedman and Fisher 1999): peels a box towards a high share of cases.
#pragma once

#include <optional>

#include "analysis/discovery/box.hpp"

namespace analysis {

/// How a box is searched for.
struct PrimOptions {
  double alpha = 0.05;               // share of the box that one peel takes, at least
  std::size_t fewest_futures = 10;   // in a box
  double least_mass = 0.05;          // of all futures, in a box
  std::size_t most_limits = 4;       // in a chosen box: more, and nobody reads it
  double quasi_p_level = 0.05;       // of each limit in a chosen box; 1 / (2 x factors) where that is less, because each peel chooses from so many ends
};

/// One box of the peeling trajectory.
struct Peeled {
  Box box;
  Tally tally;
};

/// A box proposed for the reader.
struct ChosenBox {
  Box box;
  Tally tally;
  std::size_t step = 0;   // of the trajectory from which it was made
  double separation = 0;  // before pasting
};

/// What one search yields.
struct PrimSearch {
  std::vector<Peeled> trajectory;   // from everything to the smallest box
  std::optional<ChosenBox> chosen;  // none: no box has limits that are all worth their while
};

/// Peels and chooses. Each step takes from one end of one factor the fewest whole values that hold a share alpha of the box, there where the
/// share of cases rises most per future taken (Friedman and Fisher's second criterion, fair to peels of unequal size); equals:
/// the first factor, its lower end. Of each box of the trajectory the limits that are worth least (normal score of their quasi-p) are dropped
/// until at most `most_limits` are left and all have a quasi-p of at most the level; of what is left the one with the largest separation is
/// chosen, of equals the largest box.
PrimSearch prim(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& options = {});

/// The chosen box alone.
std::optional<ChosenBox> prim_choice(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& options = {});

/// Pastes: moves single limits of the box, outwards or inwards, by about a share alpha of it and then by less, while its separation grows. The
/// factors stay the same; a limit may open.
ChosenBox paste(FactorTable const& table, Outcomes const& outcomes, ChosenBox chosen, PrimOptions const& options = {});

/// Searches, chooses and pastes.
std::optional<ChosenBox> find_box(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& options = {});

}  // namespace analysis
