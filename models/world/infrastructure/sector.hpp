// A sector of a nation: its assets' service, what it loses with its providers, whom it tells.
#pragma once

#include <span>

#include "models/world/controls.hpp"
#include "models/world/infrastructure/hit_plan.hpp"

namespace world {

/// Q = R min over providers of (1 - D (1 - Q_provider)) with buffers (equations 13 and 14.1), across borders with D x share.
struct Sector {
  static constexpr std::string_view name = "sector";

  /// A campaign takes effect; denial of service ends without a crew, after `days` where they are given and as its severity otherwise.
  struct Hit { std::uint64_t incident; std::uint32_t severity, self_ending; double days = 0; };
  /// The response team has sent a crew that works at `rate`.
  struct Crew { std::uint64_t incident; double rate; float found_day; std::uint32_t severity; };
  /// Share of the sector's service that one asset has won back (negative: a loss less).
  struct AssetLoss { double share; std::int64_t asset; };
  /// What an asset has lost beyond its campaigns [asset_unit], and how much of its loss is through its providers; changes of both.
  struct AssetChange { std::int64_t loss, inherited; };
  /// Service of a provider as felt from now on: a sector of the nation, or from max_sectors on one abroad by its slot.
  struct ProviderLevel { double level; std::int32_t provider, number; };
  using Events = sim::EventList<Hit, Crew, AssetLoss, ProviderLevel, AssetChange>;

  /// Service level of the sector from now on, and the share of its service that it lacks through providers.
  struct ServiceLevel { double level, inherited; std::int32_t nation, sector; };
  struct Damaged { double share; std::int32_t nation, sector, severity, reserved; };
  /// A crew arrived after `wait_days`; service comes back with time constant `tau_days`.
  struct Restoring { double wait_days, tau_days, share; std::int32_t nation, sector; };
  /// Providers took at least 5 % of this sector's service.
  struct Cascade { std::int32_t nation, sector; };
  /// Providers abroad took at least 1 % of this sector's service beyond what those at home took.
  struct CascadeFromAbroad { std::int32_t nation, sector; };
  using Rows = sim::RowList<ServiceLevel, Damaged, Restoring, Cascade, CascadeFromAbroad, Surprise>;
  enum class Draw : std::uint8_t { damage, assets, count_ };

  static constexpr int max_sectors = 16, max_felt = max_sectors + max_providers_abroad;
  struct State {
    double own_loss;                       // sum of the assets' losses to campaigns, share of the sector
    std::int64_t extra_loss;               // sum of what faults and providers of assets take beyond that [asset_unit]
    std::int64_t inherited_loss;           // of it, and of own_loss, through providers of assets [asset_unit]
    double provider_level[max_felt];       // as felt, at home and then abroad; 1 - D (1 - Q) is formed on reading
    std::int32_t provider_number[max_felt];
    double level;                          // Q as last observed
    double felt;                           // Q without everyday faults too small to be felt by others
    double told_level;                     // Q as last told to the economy
    double told_dependent[max_sectors];    // Q as last told to each dependent
    double told_abroad[max_nations_served];  // and to each nation abroad
    std::int32_t told_number, out_abroad;  // messages told; providers abroad that are felt to be out
    std::int32_t in_cascade, from_abroad;  // 1 while providers, or those abroad, take enough to be counted
    double outage_day;                     // since when felt is below 1
  };

  Directory const* directory;
  int nation;
  int index;

  void init(State&, sim::Context<Sector>&) const;
  void on(Hit const&, State&, sim::Context<Sector>&) const;
  void on(Crew const&, State&, sim::Context<Sector>&) const;
  void on(AssetLoss const&, State&, sim::Context<Sector>&) const;
  void on(ProviderLevel const&, State&, sim::Context<Sector>&) const;
  void on(AssetChange const&, State&, sim::Context<Sector>&) const;

 private:
  void refresh(State&, sim::Context<Sector>&) const;
  double through_abroad(State const&) const;
  HitPlan plan_of(std::uint64_t incident, std::uint32_t severity, sim::Context<Sector>&) const;
  sim::LpRef<Asset> asset(int i) const;
  void restore(HitPlan const&, std::uint64_t incident, double rate, sim::Context<Sector>&) const;
  void tell(State&, double day, sim::Context<Sector>&) const;
  void tell_sectors(State&, double day, sim::Context<Sector>&) const;
  void tell_abroad(std::span<Borders::Served const>, State&, double day, sim::Context<Sector>&) const;
  double delay_to(int dependent, State const&, double day) const;
};

}  // namespace world
