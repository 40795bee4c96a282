#include "models/world/world_size.hpp"

#include <algorithm>
#include <bit>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/hacktivists.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/economy.hpp"
#include "models/world/infrastructure/repair_crews.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/budget.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/organisation/organisation.hpp"
#include "models/world/scenario.hpp"

namespace world {
namespace {

// Measured with 3 assets a sector (`berylia bench world STUDY --futures 60`, studies japan_ccdcoe and berylia): agents of a nation without
// sectors and assets (11 to 16), events for each incident in the public record (118 and 152), and memory of the program with its tables
// and of those agents in a history.
constexpr double other_agents_per_nation = 13.4, events_per_recorded_incident = 133, program_bytes = 15e6, other_agents_bytes = 10e6, other_snapshot_bytes = 4e6;
// What hits on large assets set going where assets depend on assets: rare and uneven, 0.02 with one provider, 0.1 to 1 with two (measured).
constexpr double cascade_events_per_asset_year = 0.05;
// Fault, request and repair, and a change of the sector at both ends; each provider brings 1.3 to 1.6 more (measured).
constexpr double events_per_fault = 5, events_per_fault_and_provider = 1.4;

template <class... As>
double largest_record() {
  std::size_t largest = 0;
  for (auto const& events : {std::span<sim::EventKind const>(sim::agent_type<As>.events)...})
    for (sim::EventKind const& kind : events) largest = std::max<std::size_t>(largest, kind.size);
  return static_cast<double>(sizeof(sim::EventHeader) + (largest + 7) / 8 * 8);
}

double block_bytes(sim::AgentType const& type) {
  std::size_t const used = type.state_offset + type.state_size;
  return static_cast<double>((used + sim::lp_block_alignment - 1) / sim::lp_block_alignment * sim::lp_block_alignment);
}

// Incidents that enter a public data set, all nations.
double recorded_per_year(Atlas const& atlas) {
  double rate = 0;
  for (NationRecord const& nation : atlas.nations) rate += nation.state_rate + nation.other_rate;
  return rate;
}

// "JPN/energy/123".
double mean_name_bytes(Atlas const& atlas, int assets) {
  double codes = 0;
  for (SectorRecord const& sector : atlas.sectors) codes += static_cast<double>(sector.code.size()) / static_cast<double>(atlas.sectors.size());
  return 5 + codes + static_cast<double>(std::to_string(assets).size());
}

}  // namespace

WorldSize expected_size(sim::Study const& study) {
  Atlas const atlas = load_atlas(study.world);
  AssetOptions const options = asset_options(study);
  auto const sectors = static_cast<double>(atlas.nations.size() * atlas.sectors.size());
  double const assets = sectors * options.per_sector, years = sim::in_days(sim::to_time(study.end) - sim::to_time(study.start)) / 365.25;
  double const depots = sectors * crew_plan(options).depots;
  WorldSize size;
  size.agents = assets + depots + sectors + other_agents_per_nation * static_cast<double>(atlas.nations.size());
  // What is being repaired does not fail.
  double const faults = options.faults_per_year / (1 + options.faults_per_year * mean_fault_work_days() / 365.25);
  double const of_asset = faults * (events_per_fault + events_per_fault_and_provider * options.dependencies) +
                          cascade_events_per_asset_year * options.dependencies * options.dependencies;
  size.events = years * (events_per_recorded_incident * recorded_per_year(atlas) + assets * of_asset);

  double const name = mean_name_bytes(atlas, options.per_sector);
  double const edges = options.dependencies * assets;
  // Roster: text, end and stream id. Graph: where each asset's dependents begin, and the dependents.
  size.shared_bytes = program_bytes + assets * (name + 16) + (options.has_graph() ? 4 * (assets + edges) : 0);
  double const blocks = assets * block_bytes(sim::agent_type<Asset>) + depots * block_bytes(sim::agent_type<RepairCrews>);
  double const record = largest_record<ThreatActor, Arsenal, IntrusionSet, Hacktivists, Asset, Budget, Economy, RepairCrews, Sector, InformationEnvironment, Nation, ResponseTeam, Organisation>();
  // One event an asset, in chunks of which a quarter is empty (measured).
  double const pending = options.has_faults() ? 1.25 * assets * record : 0;
  // While agents are added their ids are kept apart in a table at most half full; pending events come after that.
  double const ids = 16 * static_cast<double>(std::bit_ceil(static_cast<std::uint64_t>(2 * size.agents)));
  double const slot = sizeof(sim::LpSlot) + 2 * sizeof(void*) + sizeof(std::uint32_t), reference = sizeof(std::uint32_t);
  size.history_bytes = other_agents_bytes + assets * (sizeof(Asset) + slot + reference + name + 6) + std::max(ids, blocks + pending);
  size.snapshot_bytes = blocks + pending;
  size.whole_snapshot_bytes = size.snapshot_bytes + other_snapshot_bytes;
  return size;
}

}  // namespace world
