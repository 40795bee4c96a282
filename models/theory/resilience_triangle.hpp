// The resilience triangle (Bruneau et al. 2003): service drops, its parts come back one by one, the area is the loss.
#pragma once

#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Restores one part of the service at a time.
struct ServiceLevel {
  static constexpr std::string_view name = "service-level";

  /// A part is back.
  struct Restored {};
  using Events = sim::EventList<Restored>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::uint32_t restored = 0;
    double level = 0;     // [percent]
    double lowest = 100;  // [percent]
    double loss = 0;      // integral of 100 - level [percent x units]
    double ninety = 0;    // when service was back at 90 percent of full service [units]
    sim::Time last;
  };

  double drop = 0;  // [percent]
  std::uint32_t parts = 1;

  void init(State&, sim::Context<ServiceLevel>&) const;
  void on(Restored const&, State&, sim::Context<ServiceLevel>&) const;
};

/// A part of the service that was lost at the start.
struct LostPart {
  static constexpr std::string_view name = "lost-part";

  struct Repaired {};
  using Events = sim::EventList<Repaired>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { repair, count_ };
  struct State {};

  bool is_linear = true;
  sim::LpRef<ServiceLevel> service;

  void init(State&, sim::Context<LostPart>&) const;
  void on(Repaired const&, State&, sim::Context<LostPart>&) const;
};

Theory resilience_triangle();

}  // namespace theory
