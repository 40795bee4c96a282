// A sector of a nation: its assets' service, what it loses with its providers, whom it tells.
#pragma once

#include "models/world/directory.hpp"

namespace world {

/// Q = R min over providers of (1 - D (1 - Q_provider)) with buffers (equations 13 and 14.1).
struct Sector {
  static constexpr std::string_view name = "sector";

  /// A campaign takes effect; denial of service ends without a crew.
  struct Hit { std::uint64_t incident; std::uint32_t severity, self_ending; };
  /// The response team has sent a crew that works at `rate`.
  struct Crew { std::uint64_t incident; double rate; float found_day; std::uint32_t severity; };
  /// Share of the sector's service that one asset has won back (negative: a loss less).
  struct AssetLoss { double share; std::int64_t asset; };
  struct ProviderLevel { double level; std::int32_t provider, number; };
  using Events = sim::EventList<Hit, Crew, AssetLoss, ProviderLevel>;

  /// Service level of the sector from now on.
  struct ServiceLevel { double level; std::int32_t nation, sector; };
  struct Damaged { double share; std::int32_t nation, sector, severity, reserved; };
  /// A crew arrived after `wait_days`; service comes back with time constant `tau_days`.
  struct Restoring { double wait_days, tau_days, share; std::int32_t nation, sector; };
  /// Providers took at least 5 % of this sector's service.
  struct Cascade { std::int32_t nation, sector; };
  using Rows = sim::RowList<ServiceLevel, Damaged, Restoring, Cascade>;
  enum class Draw : std::uint8_t { damage, assets, count_ };

  static constexpr int max_sectors = 16;
  struct State {
    double own_loss;                       // sum of the assets' losses, share of the sector
    double provider_level[max_sectors];    // as felt; 1 - D (1 - Q) is formed on reading
    std::int32_t provider_number[max_sectors];
    double level;                          // Q as last observed
    double told_level;                     // Q as last told to the economy
    double told_dependent[max_sectors];    // Q as last told to each dependent
    std::int32_t told_number, in_cascade;
    double outage_day;                     // since when Q is below 1
  };

  /// The assets a campaign hits: drawn by size until their sizes sum to the share hit, the last one partly (equations 13.1).
  struct HitPlan {
    double share;     // of the sector's service lost: share hit x depth
    double tau_days;  // at rate 1
    int count;
    struct Part { int asset; double loss; } parts[64];
  };

  Directory const* directory;
  int nation;
  int index;

  void init(State&, sim::Context<Sector>&) const;
  void on(Hit const&, State&, sim::Context<Sector>&) const;
  void on(Crew const&, State&, sim::Context<Sector>&) const;
  void on(AssetLoss const&, State&, sim::Context<Sector>&) const;
  void on(ProviderLevel const&, State&, sim::Context<Sector>&) const;

 private:
  void refresh(State&, sim::Context<Sector>&) const;
  void restore(HitPlan const&, std::uint64_t incident, double rate, sim::Context<Sector>&) const;
  void tell(State&, double day, sim::Context<Sector>&) const;
};

/// Median share of a sector's output that a campaign of this severity hits, and median time constant of its repair [d] (equations 13.1, 13.3).
double hit_share(int severity);
double repair_days(int severity);

}  // namespace world
