// The red team: one plan of waves for all, and a cell per blue team that carries it out and decides when to use its tools.
#pragma once

#include <vector>

#include "models/exercise/camp.hpp"
#include "sim/kernel/context.hpp"

namespace exercise {

/// Attacks one team by the plan. High stakes are worth a tool: it is used if the stakes reach the threshold of Axelrod and
/// Iliev, and held back otherwise.
struct Cell {
  static constexpr std::string_view name = "cell";
  using Events = sim::EventList<Launch, Burned>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::uint64_t gone = 0;       // tools, by number
    std::uint32_t tool_uses = 0;
    std::uint32_t burned = 0;     // tools that the team has found out
  };

  Camp const* camp = nullptr;
  double threshold = 0;  // stakes from which a tool is used

  void init(State&, sim::Context<Cell>&) const {}
  void on(Launch const&, State&, sim::Context<Cell>&) const;
  void on(Burned const&, State&, sim::Context<Cell>&) const;
};

/// The threshold that the rules give.
double tool_threshold(Rules const& rules);

/// Orders every cell to the same attacks at the same times.
struct Red {
  static constexpr std::string_view name = "red";
  struct Wave {
    std::uint32_t number;
  };
  using Events = sim::EventList<Wave>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { mark, count_ };
  struct State {
    std::uint32_t launched = 0;  // attacks of the plan
  };

  Rules const* rules = nullptr;
  std::vector<sim::LpRef<Cell>> cells;

  void init(State&, sim::Context<Red>&) const;
  void on(Wave const&, State&, sim::Context<Red>&) const;

 private:
  double spacing_hours() const;
};

}  // namespace exercise
