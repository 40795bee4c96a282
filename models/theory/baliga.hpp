// Deterrence with imperfect attribution (Baliga et al. 2020): attackers weigh gains, a defender retaliates on belief.
#pragma once

#include "models/decision/deterrence.hpp"
#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Sees a signal in every round and retaliates against whom it believes to have attacked. Stands for a hundred of them,
/// who see the same signals and whose likings for retaliation lie evenly on [0, 1].
struct Defender {
  static constexpr std::string_view name = "defender";
  static constexpr std::uint32_t nobody = ~std::uint32_t{0};

  /// The round is over; who attacked, which the defender does not see.
  struct RoundEnd {
    std::uint32_t attacker;
  };
  using Events = sim::EventList<RoundEnd>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { signal, other, liking, count_ };
  struct State {
    double cutoff = 0.5;  // that it supposes attackers to have
    std::uint64_t rounds = 0, attacks = 0;
    std::uint64_t signals = 0, right_signals = 0;  // that point at somebody; at who did it
    double retaliations = 0;                       // against who attacked, by how many of the likings
    double false_retaliations = 0;                 // against attackers in quiet rounds, likewise
  };

  decision::Deterrence rule;
  std::uint32_t thoughts;  // improvements of its rule before the first round

  void init(State&, sim::Context<Defender>&) const;
  void on(RoundEnd const&, State&, sim::Context<Defender>&) const;

 private:
  static constexpr double likings = 100;

  std::uint32_t signal_of(std::uint32_t attacker, sim::Context<Defender>&) const;
};

struct Attacker {
  static constexpr std::string_view name = "attacker";

  struct Opportunity {};
  using Events = sim::EventList<Opportunity>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { gain, count_ };
  struct State {
    double cutoff = 0.5;
    double refrained = 0;     // highest gain that did not make it attack
    double attacked = 1e300;  // lowest gain that did
  };

  decision::Deterrence rule;
  std::uint32_t thoughts;
  std::uint32_t index;
  sim::LpRef<Defender> defender;

  void init(State&, sim::Context<Attacker>&) const;
  void on(Opportunity const&, State&, sim::Context<Attacker>&) const;
};

/// Gives at most one attacker an opportunity in every round.
struct Chance {
  static constexpr std::string_view name = "chance";

  struct Round {};
  using Events = sim::EventList<Round>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { opportunity, who, count_ };
  struct State {
    std::uint64_t rounds = 0;
  };

  decision::Deterrence rule;
  std::uint64_t rounds;
  std::uint32_t first_attacker;  // LpId; the others follow
  sim::LpRef<Defender> defender;

  void init(State&, sim::Context<Chance>&) const;
  void on(Round const&, State&, sim::Context<Chance>&) const;
};

Theory baliga();

}  // namespace theory
