#include "models/world/builder.hpp"

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
#include "sim/rng/stream_id.hpp"

namespace world {
namespace {

int count(auto const& list) { return static_cast<int>(list.size()); }
std::size_t as_index(int i) { return static_cast<std::size_t>(i); }

// Hands out the roster's entries one after the other.
class Adder {
 public:
  Adder(sim::World& world, Roster const& roster) : world_(world), roster_(roster) {}
  template <class A>
  sim::LpRef<A> add(A agent) {
    std::size_t const i = next_++;
    return world_.add(std::move(agent), roster_.name(i), roster_.stream_id(i));
  }

 private:
  sim::World& world_;
  Roster const& roster_;
  std::size_t next_ = 0;
};

double acquisition_per_year(Setting const& setting, int actor) {
  Parameters const& p = setting.parameters;
  if (actor == setting.criminals) return p.acquisition_criminal;
  return setting.atlas->actors[as_index(actor)].top ? p.acquisition_top : p.acquisition_other;
}

void add_actors(Adder& adder, Directory& d) {
  Setting const& setting = *d.setting;
  std::size_t const nations = setting.atlas->nations.size();
  // Discovered campaigns that an actor remembers: three years' half-life is 4.3 years of them (equations 11.1).
  double const memory_years = 3 / 0.69314718055994531;
  auto remembered = [&](int a, int n) { return setting.rates(a, n).candidates * setting.access(n, 0) * setting.open_share() * memory_years; };
  double all = 0;
  for (int a = 0; a < setting.criminals; ++a)
    for (int n = 0; n < count(setting.atlas->nations); ++n) all += remembered(a, n);
  for (int a = 0; a < count(setting.atlas->actors); ++a) {
    ThreatActor actor{&d, a, {}, 0, {}, all};
    for (int n = 0; n < count(setting.atlas->nations); ++n) {
      actor.base.push_back(setting.rates(a, n).candidates);
      actor.reference_sum += actor.base.back();
      actor.expected_cases.push_back(remembered(a, n));
      actor.expected_others -= actor.expected_cases.back();
    }
    if (a == setting.criminals) actor.expected_others = all;
    d.actors.push_back(adder.add(std::move(actor)));
  }
  for (int a = 0; a < count(setting.atlas->actors); ++a)
    for (int p = 0; p < platform_count; ++p)
      d.arsenals.push_back(adder.add(Arsenal{&d, a, p, acquisition_per_year(setting, a) / platform_count}));
  d.shards_of_actor.resize(setting.atlas->actors.size());
  d.shards_of_dyad.resize(setting.atlas->actors.size() * nations);
  for (int s = 0; s < count(setting.shards); ++s) {
    ShardPlan const& plan = setting.shards[as_index(s)];
    d.shards.push_back(adder.add(IntrusionSet{&d, s, count(d.shards_of_actor[as_index(plan.actor)]), sim::stream_id("intrusions/" + setting.atlas->actors[as_index(plan.actor)].code)}));
    d.shards_of_actor[as_index(plan.actor)].push_back(s);
    for (int target : plan.targets) d.shards_of_dyad[as_index(plan.actor) * nations + as_index(target)].push_back(s);
  }
}

std::size_t all_assets(Setting const& setting) {
  return setting.atlas->nations.size() * setting.atlas->sectors.size() * as_index(setting.assets.per_sector);
}

}  // namespace

Roster make_roster(Setting const& setting) {
  Roster roster;
  roster.reserve(all_assets(setting));
  Atlas const& atlas = *setting.atlas;
  for (auto const& nation : atlas.nations) roster.enter<Nation>(nation.iso3);
  for (auto const& nation : atlas.nations) roster.enter<ResponseTeam>(nation.iso3);
  for (auto const& nation : atlas.nations) roster.enter<Budget>(nation.iso3);
  for (auto const& nation : atlas.nations) roster.enter<Economy>(nation.iso3);
  for (auto const& nation : atlas.nations) roster.enter<InformationEnvironment>(nation.iso3);
  for (auto const& organisation : atlas.organisations) roster.enter<Organisation>(organisation.code);
  for (auto const& actor : atlas.actors) roster.enter<ThreatActor>(actor.code);
  for (auto const& actor : atlas.actors)
    for (int p = 0; p < platform_count; ++p) roster.enter<Arsenal>(actor.code + "/" + std::to_string(p));
  for (ShardPlan const& plan : setting.shards)
    roster.enter<IntrusionSet>(atlas.actors[as_index(plan.actor)].code + "/" + atlas.nations[as_index(plan.targets.front())].iso3 + "/" + std::to_string(plan.part));
  for (auto const& nation : atlas.nations)
    for (auto const& sector : atlas.sectors) roster.enter<Sector>(nation.iso3 + "/" + sector.code);
  for (auto const& nation : atlas.nations)
    for (auto const& sector : atlas.sectors)
      for (int i = 0; i < setting.assets.per_sector; ++i) roster.enter<Asset>(nation.iso3 + "/" + sector.code + "/" + std::to_string(i));
  for (auto const& nation : atlas.nations)
    for (auto const& sector : atlas.sectors)
      for (int i = 0; i < crew_plan(setting.assets).depots; ++i) roster.enter<RepairCrews>(nation.iso3 + "/" + sector.code + "/" + std::to_string(i));
  if (setting.switches[Behaviour::hacktivists])
    for (auto const& nation : atlas.nations) roster.enter<Hacktivists>(nation.iso3);
  return roster;
}

void build_agents(sim::World& world, Directory& d, Roster const& roster, Inoperability const& economy) {
  Setting const& setting = *d.setting;
  int const nations = count(setting.atlas->nations), sectors = count(setting.atlas->sectors);
  world.reserve(static_cast<std::uint32_t>(roster.size()));
  Adder adder(world, roster);
  d.assets.reserve(all_assets(setting));
  for (int n = 0; n < nations; ++n) d.nations.push_back(adder.add(Nation{&d, n}));
  for (int n = 0; n < nations; ++n)
    d.teams.push_back(adder.add(ResponseTeam{&d, n, exercise_reach(setting.atlas->nations[as_index(n)].population, setting.parameters.exercise_reach), partnership_cost(setting, n)}));
  for (int n = 0; n < nations; ++n) d.budgets.push_back(adder.add(Budget{&d, n}));
  for (int n = 0; n < nations; ++n) d.economies.push_back(adder.add(Economy{&d, &economy, n}));
  for (int n = 0; n < nations; ++n) d.environments.push_back(adder.add(InformationEnvironment{&d, n}));
  for (int o = 0; o < count(setting.atlas->organisations); ++o) d.organisations.push_back(adder.add(Organisation{&d, o}));
  add_actors(adder, d);
  for (int n = 0; n < nations; ++n)
    for (int k = 0; k < sectors; ++k) d.sectors.push_back(adder.add(Sector{&d, n, k}));
  for (int n = 0; n < nations; ++n)
    for (int k = 0; k < sectors; ++k)
      for (int i = 0; i < setting.assets.per_sector; ++i) d.assets.push_back(adder.add(Asset{&d, n, k, i}));
  CrewPlan const plan = crew_plan(setting.assets);
  d.depots = plan.depots;
  for (int n = 0; n < nations; ++n)
    for (int k = 0; k < sectors; ++k)
      for (int i = 0; i < plan.depots; ++i) d.crews.push_back(adder.add(RepairCrews{&d, n, k, plan.crews}));
  if (setting.switches[Behaviour::hacktivists])
    for (int n = 0; n < nations; ++n) d.hacktivists.push_back(adder.add(Hacktivists{&d, n}));
}

}  // namespace world
