// Dwell time of intrusions: found by their victim, told from outside, or revealed by their effect, whichever is first.
#pragma once

#include <array>

#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// One victim with one open intrusion.
struct Victim {
  static constexpr std::string_view name = "victim";

  enum class End : std::uint8_t { found, told, effect, open };
  /// The first of all that would end the intrusion.
  struct Ending {
    End by;
  };
  using Events = sim::EventList<Ending>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { found, told, effect, count_ };
  struct State {
    double dwell = 0;  // [median dwells]
    End end = End::open;
  };

  std::array<double, 3> rates{};  // of each ending [1/median dwell]; 0: never

  void init(State&, sim::Context<Victim>&) const;
  void on(Ending const&, State&, sim::Context<Victim>&) const;
};

Theory dwell();

}  // namespace theory
