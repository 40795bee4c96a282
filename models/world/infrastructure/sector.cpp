#include "models/world/infrastructure/sector.hpp"

#include <algorithm>
#include <cmath>

#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/economy.hpp"

namespace world {
namespace {

constexpr double recovery_step = 0.005;  // recoveries are told more finely: what dependents do not hear of them is lost service
constexpr double cascade_share = 0.05;   // lost through providers: counts as a cascade
constexpr double abroad_share = 0.01;    // lost through providers abroad: counts as a cascade from there

// Whether one who depends that much is to hear of the level: a change that moves it by the step, or the end of an outage it has heard
// of. What dependents do not hear of a recovery could hold both down for ever: where all own damage is repaired, the largest loss X is
// at most D X plus what was not told, so with less than step (1 - D) of that no loss of a step can last.
bool worth_telling(double dependence, double level, double told) {
  double const least = level > told ? std::min(recovery_step, told_step * (1 - dependence)) : told_step;
  return dependence * std::fabs(level - told) >= least || (level == 1 && told != 1);
}

}  // namespace

void Sector::init(State& state, sim::Context<Sector>&) const {
  for (double& level : state.provider_level) level = 1;
  for (double& level : state.told_dependent) level = 1;
  for (double& level : state.told_abroad) level = 1;
  state.level = state.felt = state.told_level = 1;
}

void Sector::on(Hit const& hit, State& state, sim::Context<Sector>& context) const {
  context.set_incident(hit.incident);
  HitPlan plan = plan_of(hit.incident, hit.severity, context.branch(), context);
  if (context.branch() != 0 && hit.self_ending == 0) state.split_hits.insert({hit.incident, context.branch()});
  if (hit.days > 0) plan.tau_days = hit.days;
  context.observe(Damaged{plan.share, nation, index, static_cast<std::int32_t>(hit.severity), 0});
  if (directory->losses != nullptr && hit.days == 0) {
    auto const severity = static_cast<int>(hit.severity);
    double const excess = plan.share * (plan.tau_days + crew_wait_days) - mean_share(severity) * (mean_repair_days(severity) + crew_wait_days);
    context.observe(Surprise{directory->losses->of_outage(index, 1, excess), nation, Control::damages});
  }
  for (HitPlan::Part const& part : plan.parts) state.own_loss += part.loss;
  refresh(state, context);
  if (directory->setting->follows_assets())
    for (HitPlan::Part const& part : plan.parts) context.send(asset(part.asset), world_lookahead, Asset::Damage{hit.incident, part.loss});
  // Denial of service ends by itself; everything else waits for a crew.
  if (hit.self_ending != 0) restore(plan, hit.incident, 1, context);
}

// Of a hit that waits for its crew, which has now come.
std::uint32_t Sector::branch_of(std::uint64_t incident, State& state) const {
  for (auto hit = state.split_hits.begin(); hit != state.split_hits.end(); ++hit) {
    if (hit->incident != incident) continue;
    auto const branch = static_cast<std::uint32_t>(hit->branch);
    state.split_hits.erase(hit.slot());
    return branch;
  }
  return 0;
}

void Sector::on(Crew const& crew, State& state, sim::Context<Sector>& context) const {
  context.set_incident(crew.incident);
  HitPlan const plan = plan_of(crew.incident, crew.severity, branch_of(crew.incident, state), context);
  double const wait = std::max(0.0, directory->day(context.now()) - static_cast<double>(crew.found_day));
  context.observe(Restoring{wait, plan.tau_days / crew.rate, plan.share, nation, index});
  restore(plan, crew.incident, crew.rate, context);
}

void Sector::restore(HitPlan const& plan, std::uint64_t incident, double rate, sim::Context<Sector>& context) const {
  for (HitPlan::Part const& part : plan.parts)
    context.send(asset(part.asset), world_lookahead, Asset::Crew{incident, part.loss, plan.tau_days / rate});
}

HitPlan Sector::plan_of(std::uint64_t incident, std::uint32_t severity, std::uint32_t branch, sim::Context<Sector>& context) const {
  return plan_hit(directory->setting->asset_share, static_cast<int>(severity), context.rng_in(branch, Draw::damage, incident), context.rng_in(branch, Draw::assets, incident));
}

sim::LpRef<Asset> Sector::asset(int i) const {
  std::size_t const sectors = directory->setting->atlas->sectors.size(), assets = directory->setting->asset_share.size();
  return directory->assets[(static_cast<std::size_t>(nation) * sectors + static_cast<std::size_t>(index)) * assets + static_cast<std::size_t>(i)];
}

void Sector::on(AssetLoss const& loss, State& state, sim::Context<Sector>& context) const {
  state.own_loss += loss.share;
  if (std::fabs(state.own_loss) < 1e-13) state.own_loss = 0;
  refresh(state, context);
}

void Sector::on(AssetChange const& change, State& state, sim::Context<Sector>& context) const {
  state.extra_loss += change.loss;
  state.inherited_loss += change.inherited;
  refresh(state, context);
}

void Sector::on(ProviderLevel const& message, State& state, sim::Context<Sector>& context) const {
  auto const p = static_cast<std::size_t>(message.provider);
  if (message.number <= state.provider_number[p]) return;  // an older outage that ended within the buffer
  state.provider_number[p] = message.number;
  if (message.provider >= max_sectors) state.out_abroad += (message.level < 1 ? 1 : 0) - (state.provider_level[p] < 1 ? 1 : 0);
  state.provider_level[p] = message.level;
  refresh(state, context);
}

double Sector::through_abroad(State const& state) const {
  double through = 1;
  std::span<double const> const dependence = directory->setting->borders.dependence(nation, index);
  for (std::size_t slot = 0; slot < dependence.size(); ++slot)
    through = std::min(through, 1 - dependence[slot] * (1 - state.provider_level[max_sectors + slot]));
  return through;
}

void Sector::refresh(State& state, sim::Context<Sector>& context) const {
  Setting const& setting = *directory->setting;
  std::size_t const sectors = setting.atlas->sectors.size();
  double at_home = 1;
  for (std::size_t p = 0; p < sectors; ++p)
    at_home = std::min(at_home, 1 - setting.dependency[p * sectors + static_cast<std::size_t>(index)] * (1 - state.provider_level[p]));
  double const through = state.out_abroad == 0 ? at_home : std::min(at_home, through_abroad(state));
  double const own = std::clamp(1 - state.own_loss - static_cast<double>(state.extra_loss) * asset_unit, 0.0, 1.0);
  double level = own * through, inherited = own * (1 - through) + static_cast<double>(state.inherited_loss) * asset_unit;
  // Less than the step is not felt through providers: sectors that hold each other down come free together.
  if (own == 1 && level > 1 - told_step) level = 1, inherited = 0;
  if (level == state.level) return;
  state.level = level;
  context.observe(ServiceLevel{level, inherited, nation, index});
  bool const cascades = inherited >= cascade_share;
  if (cascades && state.in_cascade == 0) context.observe(Cascade{nation, index});
  state.in_cascade = cascades ? 1 : 0;
  bool const from_abroad = own * (at_home - through) >= abroad_share;
  if (from_abroad && state.from_abroad == 0) context.observe(CascadeFromAbroad{nation, index});
  state.from_abroad = from_abroad ? 1 : 0;
  // Everyday faults never all end: where there are some, what is within the step of full service is full service to others.
  double const felt = setting.assets.has_faults() && level > 1 - told_step ? 1 : level;
  if (felt == state.felt) return;
  double const day = directory->day(context.now());
  if (state.felt == 1) state.outage_day = day;
  state.felt = felt;
  tell(state, day, context);
}

// Others hear of changes that move them by the step or more, and of the end of every outage they have heard of.
void Sector::tell(State& state, double day, sim::Context<Sector>& context) const {
  Setting const& setting = *directory->setting;
  double const level = state.felt;
  if (std::fabs(level - state.told_level) >= told_step || (level == 1 && state.told_level != 1)) {
    state.told_level = level;
    context.send(directory->economies[static_cast<std::size_t>(nation)], world_lookahead, Economy::SectorLevel{level, index});
  }
  ++state.told_number;
  // Inside the nation assets tell assets where they depend on each other: sectors that told as well would count all twice.
  if (!setting.assets.has_graph()) tell_sectors(state, day, context);
  if (auto const served = setting.borders.served_by(nation, index); !served.empty()) tell_abroad(served, state, day, context);
}

void Sector::tell_sectors(State& state, double day, sim::Context<Sector>& context) const {
  Setting const& setting = *directory->setting;
  std::size_t const sectors = setting.atlas->sectors.size();
  double const level = state.felt;
  double const* const dependency = &setting.dependency[static_cast<std::size_t>(index) * sectors];
  for (std::size_t k = 0; k < sectors; ++k) {
    if (!worth_telling(dependency[k], level, state.told_dependent[k])) continue;
    state.told_dependent[k] = level;
    context.send(directory->sectors[static_cast<std::size_t>(nation) * sectors + k], after_days(delay_to(static_cast<int>(k), state, day)),
                 ProviderLevel{level, index, state.told_number});
  }
}

// A nation hears what moves the most dependent of its sectors; of them those whom the level, or the one told before, takes the step.
void Sector::tell_abroad(std::span<Borders::Served const> all, State& state, double day, sim::Context<Sector>& context) const {
  Borders const& borders = directory->setting->borders;
  int const sectors = static_cast<int>(directory->setting->atlas->sectors.size());
  double* told = state.told_abroad;
  for (Borders::Served const& served : all) {
    double& told_nation = *told++;
    if (!worth_telling(served.largest, state.felt, told_nation)) continue;
    double const most_lost = 1 - std::min(state.felt, told_nation);
    told_nation = state.felt;
    for (int k = 0; k < sectors; ++k) {
      double const dependence = borders.dependence(served.nation, k)[static_cast<std::size_t>(served.slot)];
      bool const ends = state.felt == 1 && dependence > 0;
      if (dependence * most_lost < told_step && !ends) continue;
      context.send(directory->sectors[static_cast<std::size_t>(served.nation * sectors + k)], after_days(delay_to(k, state, day)),
                   ProviderLevel{state.felt, max_sectors + served.slot, state.told_number});
    }
  }
}

// Within the buffer nobody feels the outage; a full recovery is felt at once.
double Sector::delay_to(int dependent, State const& state, double day) const {
  Setting const& setting = *directory->setting;
  std::size_t const pair = static_cast<std::size_t>(index) * setting.atlas->sectors.size() + static_cast<std::size_t>(dependent);
  return state.felt == 1 ? 0 : std::max(0.0, state.outage_day + setting.buffer_days[pair] - day);
}

}  // namespace world
