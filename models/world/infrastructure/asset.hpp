// An infrastructure asset: a share of its sector's service, lost to campaigns, everyday faults and providers, and brought back.
#pragma once

#include "models/world/directory.hpp"

namespace world {

/// Service is R (1 - max over providers of what is lost through them), R the own level after campaigns and faults
/// (equations 14.1). The sector loses an asset's service to a campaign at the hit; here it comes back as a staircase under
/// 1 - exp(-t / tau) whose integral is exact, so that the loss is loss x (wait + tau) (equations 13.3). Without faults and
/// dependencies between assets that is all an asset does.
struct Asset {
  static constexpr std::string_view name = "asset";

  /// A crew begins to restore `loss` of the sector's service with time constant `tau_days`.
  struct Crew { std::uint64_t incident; double loss, tau_days; };
  struct Step { std::uint64_t incident; double loss, tau_days; std::int64_t step; };
  /// A campaign takes `loss` of the sector's service from this asset.
  struct Damage { std::uint64_t incident; double loss; };
  /// An everyday fault begins; local crews have ended it.
  struct Fault {};
  struct Repaired {};
  /// An outage has lasted as long as some dependents can bridge.
  struct BufferSpent { float buffer_days; std::uint32_t outage; };
  /// Share of the service that is lost through one provider from now on.
  struct ProviderLoss { float lost; std::uint32_t slot; };
  using Events = sim::EventList<Crew, Step, Damage, Fault, Repaired, BufferSpent, ProviderLoss>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { fault, count_ };

  /// 10^7 of them are in memory at once.
  struct State {
    double campaign_loss;             // shares of the asset's own service
    std::int64_t extra, inherited;    // as told to the sector, see Sector::AssetChange
    sim::Time told_at;                // when the last message arrives at dependents
    float fault_loss;
    float told;                       // loss that dependents whose buffer is spent have been told
    float spent_days;                 // dependents with buffers up to this feel the outage; below 0: none
    std::uint32_t outage;             // counts beginnings and ends: odd while out
    float lost[max_providers];        // through each provider
  };

  Directory const* directory;
  int nation, sector, index;

  void init(State&, sim::Context<Asset>&) const;
  void on(Crew const&, State&, sim::Context<Asset>&) const;
  void on(Step const&, State&, sim::Context<Asset>&) const;
  void on(Damage const&, State&, sim::Context<Asset>&) const;
  void on(Fault const&, State&, sim::Context<Asset>&) const;
  void on(Repaired const&, State&, sim::Context<Asset>&) const;
  void on(BufferSpent const&, State&, sim::Context<Asset>&) const;
  void on(ProviderLoss const&, State&, sim::Context<Asset>&) const;

 private:
  struct Level { double own, service; };
  Level level(State const&) const;
  double size() const;
  std::size_t position() const;
  float buffer_days(std::uint32_t dependent) const;
  void wait_for_fault(sim::Context<Asset>&) const;
  void refresh(State&, sim::Context<Asset>&) const;
  void follow_outage(State&, float loss, sim::Context<Asset>&) const;
  void wait_for_buffer(State&, sim::Context<Asset>&) const;
  void tell(State&, float after_days, float up_to_days, sim::Context<Asset>&) const;
};

/// Smallest change of an asset's service that its dependents are told, and largest loss that they do not feel (equations 14.1).
inline constexpr float asset_step = 0.01F;
/// Losses of assets are counted in these parts of a sector's service, so that what was lost and won back cancels exactly.
inline constexpr double asset_unit = 0x1p-50;

/// Number of equal steps in which a loss of this share comes back.
int recovery_steps(double loss);
/// Time of step k = 1 ... n in units of tau: the mean of -ln(1 - x) over the k-th of n equal parts, so the sum over n is n.
double step_time(int k, int n);

}  // namespace world
