#include "tests/models_world/bench.hpp"

#include "models/world/infrastructure/sector.hpp"

namespace world::test {
namespace {

// The record without any attack; the receivers' shares stay, since actors divide by their sum.
Atlas quiet_atlas(BenchOptions const& options) {
  Atlas atlas = load_atlas();
  atlas.dyads = options.dyads;
  for (NationRecord& nation : atlas.nations) {
    nation.other_rate = 0;
    if (!options.average_nations) continue;
    nation.index.fill(0);
    nation.index_sd.fill(1e-12);
    nation.openness = options.openness;
  }
  return atlas;
}

Parameters without_growth(BenchOptions const& options) {
  Parameters parameters = options.parameters;
  if (options.average_nations) parameters.capability_growth = 0;
  parameters.other_targets_ratio = 1e-9;
  return parameters;
}

}  // namespace

Bench::Bench(BenchOptions const& options) : atlas_(quiet_atlas(options)), stream_{99, 0, options.replication, 0} {
  MechanismSwitches switches;
  for (Mechanism const m : options.mechanisms) switches.on[static_cast<std::size_t>(m)] = true;
  for (Behaviour const b : options.behaviours) switches.behaves[static_cast<std::size_t>(b)] = true;
  setting_ = std::make_unique<Setting>(atlas_, without_growth(options), switches, options.controlled, stream_,
                                       sim::to_time(options.start), sim::to_time(options.end), options.assets);
  if (options.assets.has_graph()) setting_->asset_graph = std::make_shared<AssetGraph const>(atlas_, options.assets);
  std::size_t const n = atlas_.sectors.size();
  economy_ = Inoperability(std::vector<double>(n * n, 0), std::vector<double>(n, .1));
}

void Bench::prepare() {
  if (world_ != nullptr) return;
  roster_ = make_roster(*setting_);
  directory_.setting = setting_.get();
  directory_.year_factor.assign(100, 1);
  world_ = std::make_unique<sim::World>(sim::WorldOptions{world_lookahead, stream_, false});
  build_agents(*world_, directory_, roster_, economy_);
  census_ = std::make_unique<Census>(*world_);
}

Directory const& Bench::directory() {
  prepare();
  return directory_;
}

void Bench::run(double day) {
  prepare();
  if (executor_ == nullptr) {
    executor_ = sim::make_executor("sequential");
    executor_->start(*world_, *census_, setting_->start);
  }
  executor_->run_until(setting_->start + sim::from_days(day));
}

sim::LpRef<Sector> Bench::sector(char const* nation_code, char const* sector_code) {
  return directory().sectors[static_cast<std::size_t>(nation(nation_code)) * atlas_.sectors.size() +
                             static_cast<std::size_t>(atlas_.sector(sector_code))];
}

sim::LpRef<IntrusionSet> Bench::shard(int actor, int target) {
  auto const& parts =
      directory()
          .shards_of_dyad[static_cast<std::size_t>(actor) * atlas_.nations.size() + static_cast<std::size_t>(target)];
  return directory().shards[static_cast<std::size_t>(parts.at(0))];
}

int actor_index(Atlas const& atlas, std::string const& code) {
  int i = 0;
  while (atlas.actors.at(static_cast<std::size_t>(i)).code != code) ++i;
  return i;
}

DyadRecord silent_dyad(Atlas const& atlas, char const* actor, char const* target) {
  return {actor_index(atlas, actor), atlas.nation(target), 1, 1e12};
}

Operation sure_operation(int actor, int target, Objective objective, std::uint32_t number) {
  Operation operation{};
  operation.incident = incident_id(actor, target, false, number);
  operation.access_mark = 0;
  operation.access_probability = 1;
  operation.target = static_cast<std::uint16_t>(target);
  operation.objective = static_cast<std::uint8_t>(objective);
  operation.severity = 3;
  return operation;
}

}  // namespace world::test
