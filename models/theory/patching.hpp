// Patching in waves: machines apply a patch after Weibull times.
#pragma once

#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Applies a patch that comes out at the start.
struct Machine {
  static constexpr std::string_view name = "machine";

  struct Patch {};
  using Events = sim::EventList<Patch>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { delay, count_ };
  struct State {
    double patched_at = 0;  // [scales]
  };

  double shape = 1;
  double start = 0;  // before which nobody patches [scales]

  void init(State&, sim::Context<Machine>&) const;
  void on(Patch const&, State&, sim::Context<Machine>&) const;
};

Theory patching();

}  // namespace theory
