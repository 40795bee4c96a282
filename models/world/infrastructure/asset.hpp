// An infrastructure asset: a share of its sector's service, brought back by crews after damage.
#pragma once

#include "models/world/directory.hpp"
#include "sim/base/pool.hpp"

namespace world {

/// The sector loses an asset's service at the hit; here it comes back as a staircase under 1 - exp(-t / tau) whose
/// integral is exact, so that the loss is loss x (wait + tau) (equations 13.3).
struct Asset {
  static constexpr std::string_view name = "asset";

  /// A crew begins to restore `loss` of the sector's service with time constant `tau_days`.
  struct Crew { std::uint64_t incident; double loss, tau_days; };
  struct Step { std::uint64_t incident; std::uint32_t slot, step; };
  using Events = sim::EventList<Crew, Step>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };

  struct Repair { std::uint64_t incident; double loss, tau_days; };
  struct State { sim::Pool<Repair, 48> repairs; };

  Directory const* directory;
  int nation, sector, index;

  void init(State&, sim::Context<Asset>&) const {}
  void on(Crew const&, State&, sim::Context<Asset>&) const;
  void on(Step const&, State&, sim::Context<Asset>&) const;
};

/// Number of equal steps in which a loss of this share comes back.
int recovery_steps(double loss);
/// Time of step k = 1 ... n in units of tau: the mean of -ln(1 - x) over the k-th of n equal parts, so the sum over n is n.
double step_time(int k, int n);

}  // namespace world
