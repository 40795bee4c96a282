// The inoperability input-output model (Haimes and Jiang 2001, Lian and Haimes 2006): sectors hand on what they lack.
#pragma once

#include <array>

#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Hears how inoperable its suppliers are, and tells those who depend on it.
struct InoperableSector {
  static constexpr std::string_view name = "inoperable-sector";
  static constexpr std::uint32_t sectors_max = 16;

  /// A supplier's inoperability.
  struct Level {
    double inoperability;
    std::uint64_t sector;
  };
  /// Time to move a step towards what suppliers and shock ask for.
  struct Step {};
  using Events = sim::EventList<Level, Step>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { delay, gap, count_ };
  struct State {
    std::array<double, sectors_max> known{};  // inoperability of all, one's own included
  };

  std::array<double, sectors_max> dependence{};  // on each sector: a row of A*
  double shock = 0;                              // c*
  std::uint32_t sectors = 0;
  std::uint32_t index = 0;  // LpId too
  std::uint32_t is_dynamic = 0;
  double step_rate = 0;                             // dynamic: mean steps in a unit of time
  double step = 0;                                  // dynamic: share of the gap that a step closes
  std::array<std::uint8_t, sectors_max> is_told{};  // who depends on this sector

  void init(State&, sim::Context<InoperableSector>&) const;
  void on(Level const&, State&, sim::Context<InoperableSector>&) const;
  void on(Step const&, State&, sim::Context<InoperableSector>&) const;

 private:
  double demanded(State const&) const;
  void settle(State&, sim::Context<InoperableSector>&) const;
  void tell(State const&, sim::Duration delay, sim::Context<InoperableSector>&) const;
};

Theory inoperability();

}  // namespace theory
