// An organisation of nations: relays indicators to its members, runs its yearly exercise, finds servers for those who wait.
#pragma once

#include "models/world/directory.hpp"

namespace world {

/// Each member receives a relay with probability min(d(sender), d(receiver)): over organisations that multiplies to D2 (equations 7.1, 8.3).
struct Organisation {
  static constexpr std::string_view name = "organisation";

  struct Indicator { std::int32_t nation, actor; std::uint32_t tool; float detected_day; };
  struct ExerciseDay { std::int32_t year; };
  /// A member's case waits: the organisation asks one member after the other, the `attempt`th now.
  struct AidSought { std::uint64_t incident; std::int32_t nation, attempt; };
  /// A server that it has found is free again.
  struct AidEnded { std::uint64_t incident; };
  /// An intervention of the study ends the organisation.
  struct Dissolved { std::int32_t organisation; };
  using Events = sim::EventList<Indicator, ExerciseDay, RelationChange, AidSought, AidEnded, Dissolved>;

  /// A relay was sent; `absorbed` of the members act on it.
  struct Relayed { std::int32_t organisation, nation, absorbed; };
  using Rows = sim::RowList<Relayed>;
  enum class Draw : std::uint8_t { receipt, participation, helper, leak, count_ };

  struct State {
    Relations relations;
    std::int32_t lent;            // servers found or being looked for
    std::int32_t pooled_quarter;  // for which `pooled` holds, counted from 1
    float pooled[max_nations];    // servers by dose, summed over the nations up to this one
  };

  Directory const* directory;
  int index;

  void init(State&, sim::Context<Organisation>&) const;
  void on(Indicator const&, State&, sim::Context<Organisation>&) const;
  void on(ExerciseDay const&, State&, sim::Context<Organisation>&) const;
  void on(RelationChange const&, State&, sim::Context<Organisation>&) const;
  void on(AidSought const&, State&, sim::Context<Organisation>&) const;
  void on(AidEnded const&, State&, sim::Context<Organisation>&) const;
  void on(Dissolved const&, State&, sim::Context<Organisation>&) const;

 private:
  void gather_pool(State&, double day) const;
  bool takes_part(int nation, int year, double day, State const&, sim::Context<Organisation>&) const;
};

}  // namespace world
