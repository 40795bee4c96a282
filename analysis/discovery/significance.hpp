// Whether a box is more than chance: the same search on shuffled outcomes, on resamples, and judged by futures it has not seen.
#pragma once

#include "analysis/discovery/prim.hpp"

namespace analysis {

/// How much is done to doubt a box. All random choices come from streams of `seed`: the same seed gives the same answer.
struct DoubtOptions {
  std::uint64_t seed = 0;
  std::size_t shuffles = 99;    // of the outcomes
  double level = 0.02;         // so that noise gives a box in at most 2 of 100 searches
  std::size_t resamples = 50;   // of four fifths of the futures
  std::size_t folds = 5;        // of the cross-validation
};

/// Share of searches that separate as well as `observed` when outcomes are shuffled over the same futures, which breaks every
/// link with the factors: (1 + as good ones) / (1 + shuffles), a permutation test of the whole search with all its choices (Phipson and Smyth
/// 2010). Stops as soon as the level cannot be met (Besag and Clifford 1991); then a lower bound of the share, above the level.
double chance_of_separation(FactorTable const& table, Outcomes const& outcomes, double observed, PrimOptions const& prim, DoubtOptions const& doubt);

/// Cross-validation: the search is repeated without each fold, and the futures of the fold that lie in the box found without
/// them are counted. A fold without a box adds nothing. `without_box` counts these.
struct HeldOut {
  Tally inside;
  std::size_t folds = 0;
  std::size_t without_box = 0;
};
HeldOut held_out(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& prim, DoubtOptions const& doubt);

/// How often the ends of the box's limits are found again in resamples of four fifths of the futures (Bryant and Lempert 2010,
/// reproducibility): the same factor, closed at the same end. NaN where the end is open, and without resamples. [limits]
struct FoundAgain {
  double lo = 0;
  double hi = 0;
};
struct Stability {
  std::size_t resamples = 0;
  double any_box = 0;               // share of resamples in which there is a box
  std::vector<FoundAgain> limits;
};
Stability stability(FactorTable const& table, Outcomes const& outcomes, Box const& box, PrimOptions const& prim, DoubtOptions const& doubt);

}  // namespace analysis
