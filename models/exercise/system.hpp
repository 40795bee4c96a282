// A system of a team: hardened, breached, found out, cleaned, and sometimes taken again.
#pragma once

#include "models/exercise/camp.hpp"
#include "sim/kernel/context.hpp"

namespace exercise {

/// One system. An attack inside races for its effect against the team: it is lost once an analyst begins to work.
struct System {
  static constexpr std::string_view name = "system";

  /// The team finds the intruder. `epoch` tells whether the intrusion is still the same.
  struct Detect {
    std::uint32_t epoch;
  };
  struct Effect {
    std::uint32_t epoch;
  };
  /// The analyst is done.
  struct Clean {};
  /// Red comes back through a foothold that was overlooked.
  struct Return {
    double effect;
    std::uint32_t incident;
    std::uint32_t technique;
    std::uint32_t disrupts;
    std::uint32_t reserved = 0;
  };
  using Events = sim::EventList<Breach, Treat, Detect, Effect, Clean, Return>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { detect, work, persistence, return_time, return_effect, count_ };
  struct State {
    sim::Time since;             // access, while breached
    sim::Time down_since;
    std::int64_t breached_ticks = 0;  // of intrusions that are over
    std::int64_t down_ticks = 0;      // of outages that are over
    std::uint32_t breaches = 0;  // intrusions, returns included
    std::uint32_t outages = 0;
    std::uint32_t hurt = 0;      // attacks that had their effect
    std::uint32_t riding = 0;    // attacks inside whose effect is still to come
    std::uint32_t incident = 0;  // attack number x returns_max + return: names the random numbers
    std::uint32_t technique = 0;
    std::uint32_t epoch = 0;
    std::uint8_t is_breached = 0, is_reported = 0, is_contained = 0, had_effect = 0, is_down = 0, disrupts = 0;
  };
  static constexpr std::uint32_t returns_max = 16;  // assumed: .95^16 is rarer than anything scored here

  Camp const* camp = nullptr;
  std::uint32_t index = 0;

  void init(State&, sim::Context<System>&) const {}
  void on(Breach const&, State&, sim::Context<System>&) const;
  void on(Treat const&, State&, sim::Context<System>&) const;
  void on(Detect const&, State&, sim::Context<System>&) const;
  void on(Effect const&, State&, sim::Context<System>&) const;
  void on(Clean const&, State&, sim::Context<System>&) const;
  void on(Return const&, State&, sim::Context<System>&) const;

 private:
  void enter(State&, sim::Context<System>&, Return const&) const;
  void report(State&, sim::Context<System>&) const;
};

}  // namespace exercise
