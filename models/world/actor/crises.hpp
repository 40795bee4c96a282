// Dated crises between states, and how much more often campaigns come while one lasts.
#pragma once

#include <vector>

#include "models/world/data/atlas.hpp"
#include "sim/rng/stream.hpp"

namespace world {

/// Factor on a dyad's rate: the exponential of jumps that decay by half-lives, one for each crisis (equations 3.8). Exogenous:
/// the same in every treatment. Divided by its mean over the record's window, which contains the record's crises of that time; those that a
/// study adds come on top. However many add up, the factor stays below exp(3).
class Crises {
 public:
  /// Constant `factor` from the day asked for until `end` [d since the start].
  struct Step { double factor = 1, end = 1e18; };

  Crises() = default;
  /// Draws the jump of each crisis of the record; `half_life_days` as that of tension.
  Crises(Atlas const& atlas, double half_life_days, sim::Time start, sim::ReplicationStream stream);

  Step step(int actor, int target, double day) const;
  /// Largest factor of the dyad at any time, at least 1.
  double peak(int actor, int target) const;
  /// Days on which crises of `target` with any actor begin.
  struct Outbreak { double day; int actor, target; bool of_record; };
  std::vector<Outbreak> const& outbreaks() const { return outbreaks_; }

 private:
  struct Dyad { int actor, target; std::vector<double> days, jumps; std::vector<bool> of_record; double normal = 1; };
  double level(Dyad const&, double day, bool record_alone = false) const;

  std::vector<Dyad> dyads_;
  std::vector<int> dyad_of_;  // [actor x nation], -1 for none
  std::vector<Outbreak> outbreaks_;
  std::size_t nations_ = 0;
  double half_life_days_ = 90;
};

}  // namespace world
