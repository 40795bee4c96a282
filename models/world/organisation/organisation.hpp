// An organisation of nations: relays indicators to its members and runs its yearly exercise.
#pragma once

#include "models/world/directory.hpp"

namespace world {

/// Each member receives a relay with probability min(d(sender), d(receiver)): over organisations that multiplies to D2 (equations 7.1, 8.3).
struct Organisation {
  static constexpr std::string_view name = "organisation";

  struct Indicator { std::int32_t nation, actor; std::uint32_t tool; float detected_day; };
  struct ExerciseDay { std::int32_t year; };
  using Events = sim::EventList<Indicator, ExerciseDay, RelationChange>;

  /// A relay was sent; `absorbed` of the members act on it.
  struct Relayed { std::int32_t organisation, nation, absorbed; };
  using Rows = sim::RowList<Relayed>;
  enum class Draw : std::uint8_t { receipt, participation, count_ };

  struct State { Relations relations; };

  Directory const* directory;
  int index;

  void init(State&, sim::Context<Organisation>&) const;
  void on(Indicator const&, State&, sim::Context<Organisation>&) const;
  void on(ExerciseDay const&, State&, sim::Context<Organisation>&) const;
  void on(RelationChange const&, State&, sim::Context<Organisation>&) const;

 private:
  bool takes_part(int nation, int year, double day, State const&, sim::Context<Organisation>&) const;
};

}  // namespace world
