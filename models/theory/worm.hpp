// A random-scanning worm: infected hosts probe random addresses, the share infected follows the logistic curve.
#pragma once

#include <array>

#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Counts infections and notes when their share passed marks.
struct WormMonitor {
  static constexpr std::string_view name = "worm-monitor";

  struct Infected {};
  using Events = sim::EventList<Infected>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::uint32_t infected = 0;
    std::array<double, 2> passed_at{};  // each mark [units]; 0: not yet
  };

  std::uint32_t initial = 0;
  std::array<std::uint32_t, 2> marks{};  // hosts

  void init(State& state, sim::Context<WormMonitor>&) const { state.infected = initial; }
  void on(Infected const&, State&, sim::Context<WormMonitor>&) const;
};

struct WormHost {
  static constexpr std::string_view name = "worm-host";

  /// A probe from an infected host.
  struct Probe {};
  /// The next probe to send.
  struct Scan {};
  using Events = sim::EventList<Probe, Scan>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { gap, target, count_ };
  struct State {
    std::uint32_t infected = 0;
  };

  std::uint32_t hosts = 0;
  std::uint32_t initial = 0;  // hosts with a smaller index are infected at the start
  sim::LpRef<WormMonitor> monitor;
  std::uint32_t index = 0;  // LpId too

  void init(State&, sim::Context<WormHost>&) const;
  void on(Probe const&, State&, sim::Context<WormHost>&) const;
  void on(Scan const&, State&, sim::Context<WormHost>&) const;

 private:
  void scan_next(sim::Context<WormHost>&) const;
};

Theory worm();

}  // namespace theory
