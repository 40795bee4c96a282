// Epidemic threshold of a network (Wang et al. 2003): where each infection brings just one more, 1 / lambda_1.
#pragma once

#include <vector>

#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// A node: a site with many hosts, of which few are infected; hosts infect others at neighbouring sites, recover, and
/// may be infected again.
struct Site {
  static constexpr std::string_view name = "site";

  /// A host gets infected.
  struct Infection {};
  /// An infected host infects another or recovers.
  struct Act {};
  using Events = sim::EventList<Infection, Act>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { gap, act, target, count_ };
  struct State {
    std::uint64_t infections = 0;  // sent in the time counted
    std::uint64_t recoveries = 0;  // in the time counted
  };

  std::vector<std::uint32_t> const* neighbours = nullptr;  // LpIds
  double infection_rate = 0;                               // along each edge, in units of the rate of recovery
  std::uint32_t initial = 0;                               // infected hosts at the start

  void init(State&, sim::Context<Site>&) const;
  void on(Infection const&, State&, sim::Context<Site>&) const;
  void on(Act const&, State&, sim::Context<Site>&) const;

 private:
  void act_next(sim::Context<Site>&) const;
  double rate() const { return infection_rate * static_cast<double>(neighbours->size()) + 1; }
};

Theory sis_threshold();

}  // namespace theory
