// FlipIt (van Dijk et al. 2013): two players take one resource from each other, unseen.
#pragma once

#include "models/decision/flip_rates.hpp"
#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Knows who holds it and for how long each has held it.
struct FlipResource {
  static constexpr std::string_view name = "flip-resource";

  struct Flip {
    std::uint32_t player;
  };
  /// Counting begins, ends.
  struct Open {};
  struct Close {};
  using Events = sim::EventList<Flip, Open, Close>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::array<double, 2> held{};          // since Open [units]
    std::array<std::uint32_t, 2> flips{};  // since Open
    std::uint32_t owner = 0;
    std::uint32_t is_open = 0;
    sim::Time last;
  };

  double warm_up = 0;  // [units]
  double window = 0;   // [units]

  void init(State&, sim::Context<FlipResource>&) const;
  void on(Flip const&, State&, sim::Context<FlipResource>&) const;
  void on(Open const&, State&, sim::Context<FlipResource>&) const;
  void on(Close const&, State&, sim::Context<FlipResource>&) const;

 private:
  void account(State&, sim::Time now) const;
};

/// Works out the stable rate of its side, then moves at that rate for ever.
struct FlipPlayer {
  static constexpr std::string_view name = "flip-player";

  struct Move {};
  using Events = sim::EventList<Move>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { phase, gap, count_ };
  struct State {
    double gap = 0;  // mean time between moves [units]
  };

  decision::FlipPlay play;
  std::array<double, 2> costs;
  std::uint32_t side;
  double unit;  // length of a unit in the time of the costs
  sim::LpRef<FlipResource> resource;

  void init(State&, sim::Context<FlipPlayer>&) const;
  void on(Move const&, State&, sim::Context<FlipPlayer>&) const;

 private:
  void plan(State const&, sim::Context<FlipPlayer>&) const;
};

Theory flipit();

}  // namespace theory
