// How many infrastructure assets a world has, how large they are, how they depend on each other and how often they fail.
#pragma once

#include <cstdint>
#include <vector>

namespace world {

/// Most assets of a world; their ids and those of their dependencies fit 32 bits.
inline constexpr int max_assets = 10'000'000;
/// Most providers of one asset; an asset remembers what it loses through each.
inline constexpr int max_providers = 8;

/// What [scenario] of a study says of assets.
struct AssetOptions {
  int per_sector = 3;
  double size_exponent = 1;       // size falls as rank^-exponent
  double dependencies = 0;        // mean number of providers of an asset; 0: sectors depend on sectors
  std::uint64_t graph_seed = 1;   // of the synthetic dependency graph
  double faults_per_year = 0;     // everyday failures of a working asset
  double crew_load = 0.7;         // share of their time that local crews are at work; fixes their number

  bool has_graph() const { return dependencies > 0; }
  bool has_faults() const { return faults_per_year > 0; }
};

/// Shares of a sector's service, largest first; they sum to 1.
std::vector<double> asset_sizes(AssetOptions const& options);

/// Everyday faults: median [d] and logarithmic standard deviation of the time that a crew works. Assumed: the order of the
/// average interruption of electricity customers in the United States without major events, about two hours (U.S. Energy
/// Information Administration, Electric Power Annual 2021, table 11.1), and as spread as outages of other networks.
inline constexpr double fault_work_days = 2. / 24, fault_work_log_sd = 1;
/// Share of the asset's service that an everyday fault takes: uniform between these; assumed: as deep as damage by campaigns
/// (equations 13.1).
inline constexpr double fault_depth_low = 0.3, fault_depth_high = 1;
/// Mean of the working time [d].
double mean_fault_work_days();

/// Local crews of one sector of one nation: so many depots with so many crews each; an asset belongs to depot index modulo
/// depots.
struct CrewPlan {
  int depots = 0, crews = 0;
};
inline constexpr int max_crews = 64;  // of a depot
CrewPlan crew_plan(AssetOptions const& options);

}  // namespace world
