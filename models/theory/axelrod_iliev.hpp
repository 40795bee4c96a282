// Use or hold an exploit (Axelrod and Iliev 2014): actors find their own threshold, and are paid for what they use.
#pragma once

#include "models/decision/use_or_hold.hpp"
#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Holds one resource after the other; on each occasion it draws stakes and decides.
struct StakesActor {
  static constexpr std::string_view name = "stakes-actor";

  /// An occasion to use the resource.
  struct Occasion {};
  using Events = sim::EventList<Occasion>;

  /// A decision: the stakes and whether the resource was used.
  struct Decision {
    double stakes;
    std::uint64_t used;
  };
  /// A resource is gone; the discounted sum of what it brought.
  struct Loss {
    double payoff;
  };
  using Rows = sim::RowList<Decision, Loss>;
  enum class Draw : std::uint8_t { stakes, survival, count_ };
  struct State {
    double threshold = 0;  // the rule it lives by
    double worth = 1;      // discount of the next payoff of this resource
    double payoff = 0;     // of this resource so far
    std::uint32_t occasions = 0;
    std::uint32_t resources = 0;  // lost so far
  };

  decision::UseOrHold rule;
  std::uint32_t resources = 0;  // to be lost after learning

  void init(State&, sim::Context<StakesActor>&) const;
  void on(Occasion const&, State&, sim::Context<StakesActor>&) const;
};

Theory axelrod_iliev();

}  // namespace theory
