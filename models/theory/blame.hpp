// Blame or tolerate (after Edwards et al. 2017): attackers who may be vulnerable to blame meet victims who may know
// them, and a third party that attacks in their name.
#pragma once

#include "models/decision/blame.hpp"
#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

struct BlameVictim {
  static constexpr std::string_view name = "blame-victim";

  /// An attack in the attacker's name, by one who is vulnerable to blame or not; the victim cannot tell.
  struct Attack {
    std::uint32_t vulnerable;
  };
  using Events = sim::EventList<Attack>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { knowledge, blame, count_ };
  struct State {
    std::uint32_t attacks = 0, by_vulnerable = 0, known = 0, blamed = 0, vulnerable_blamed = 0;
  };

  decision::BlameGame game;

  void init(State&, sim::Context<BlameVictim>&) const {}
  void on(Attack const&, State&, sim::Context<BlameVictim>&) const;
};

struct BlameAttacker {
  static constexpr std::string_view name = "blame-attacker";

  struct Round {};
  using Events = sim::EventList<Round>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { type, attack, count_ };
  struct State {
    std::uint32_t rounds = 0, vulnerable = 0, attacked = 0;  // attacked: while vulnerable
  };

  decision::BlameGame game;
  std::uint32_t rounds;
  sim::LpRef<BlameVictim> victim;

  void init(State&, sim::Context<BlameAttacker>&) const;
  void on(Round const&, State&, sim::Context<BlameAttacker>&) const;
};

/// Attacks the victim in the attacker's name, to have the two fall out.
struct ThirdParty {
  static constexpr std::string_view name = "third-party";

  struct Round {};
  using Events = sim::EventList<Round>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { attack, count_ };
  struct State {
    std::uint32_t rounds = 0;
  };

  double mischief = 0;  // chance of an attack in a round
  std::uint32_t rounds;
  sim::LpRef<BlameVictim> victim;

  void init(State&, sim::Context<ThirdParty>&) const;
  void on(Round const&, State&, sim::Context<ThirdParty>&) const;
};

Theory blame();

}  // namespace theory
