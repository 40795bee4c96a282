#include "models/world/actor/hacktivists.hpp"

#include <algorithm>
#include <array>

#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/response_team.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double mean_attacks = 20;                                      // of a burst (equations 3.10)
constexpr double attack_minutes = 8.2, attack_log_sd = 1.92;             // mean 52 min, 75 % below 30 min (NSFOCUS 2019)

}  // namespace

double unprovoked_share(Setting const& setting, double state_accesses) {
  double const from = setting.day(sim::to_time({2010, 1, 1})), to = setting.day(sim::to_time({2019, 1, 1}));
  double crises = 0, whole = 0;  // a year
  for (Crises::Outbreak const& crisis : setting.crises.outbreaks()) crises += crisis.of_record && from <= crisis.day && crisis.day < to ? 1. / 9 : 0;
  for (double const rate : setting.hacktivist_rate) whole += rate;
  if (whole == 0) return 1;
  Parameters const& p = setting.parameters;
  double const provoked = crises * p.hacktivists_by_crisis + namings_per_access * state_accesses * p.hacktivists_by_naming;
  return std::max(0.0, 1 - provoked / (1 - p.hacktivist_branching) / whole);
}

Burst draw_burst(sim::RngStream& marks) {
  Burst burst;
  burst.attacks = 1 + static_cast<int>(math::log(1 - marks.uniform()) / math::log(1 - 1 / mean_attacks));
  for (int i = 0; i < burst.attacks; ++i) burst.days += marks.lognormal(attack_minutes / 1440, attack_log_sd);
  return burst;
}

void Hacktivists::init(State&, sim::Context<Hacktivists>& context) const {
  Setting const& setting = *directory->setting;
  schedule_next(0, 0, context);
  std::uint32_t number = 0;
  for (Crises::Outbreak const& crisis : setting.crises.outbreaks()) {
    if (crisis.target == nation && crisis.day >= 0)
      spread(incident_id(actor(), nation, true, number), setting.parameters.hacktivists_by_crisis, crisis.day, context);
    ++number;
  }
}

// Inverts the integrated rate, which is constant within a year. What is called forth is not in it.
void Hacktivists::schedule_next(std::uint32_t number, double day, sim::Context<Hacktivists>& context) const {
  Setting const& setting = *directory->setting;
  double const horizon = directory->day(setting.end), now = directory->day(context.now());
  double const yearly = setting.hacktivist_rate[static_cast<std::size_t>(nation)] * setting.hacktivists_unprovoked * (1 - setting.parameters.hacktivist_branching);
  double mark = context.rng(Draw::gap, number).exponential(1);
  for (int year = setting.year(day); day < horizon; ++year) {
    double const per_day = yearly * setting.trend(true, year) / 365.25, end = setting.year_end(year);
    if (mark < per_day * (end - day)) {
      context.schedule(sim::from_days(day + mark / per_day - now) + sim::tick, Rising{number});
      return;
    }
    mark -= per_day * (end - day);
    day = end;
  }
}

// All that a cause calls forth, generation after generation; draws go by the one that is followed.
void Hacktivists::spread(std::uint64_t cause, double mean, double day, sim::Context<Hacktivists>& context) const {
  Parameters const& p = directory->setting->parameters;
  double const now = directory->day(context.now());
  std::array<double, cluster_max + 1> days;
  days[0] = day;
  std::uint32_t count = 1;
  for (std::uint32_t member = 0; member < count; ++member) {
    auto marks = context.rng(Draw::followers, cluster_member(cause, member));
    std::uint32_t const followers = marks.poisson(member == 0 ? mean : p.hacktivist_branching);
    for (std::uint32_t i = 0; i < followers; ++i, ++count) {
      SIM_CHECK(count <= cluster_max);
      days[count] = days[member] + marks.exponential(p.hacktivist_memory_days);
      context.schedule(sim::from_days(days[count] - now) + sim::tick, Campaign{cluster_member(cause, count)});
    }
  }
}

// One outage as long as all attacks together, so that the service lost is that of the attacks; each does the damage of severity 2.
void Hacktivists::attack(std::uint64_t incident, sim::Context<Hacktivists>& context) const {
  Setting const& setting = *directory->setting;
  context.set_incident(incident);
  auto marks = context.rng(Draw::burst, incident);
  int const sector = setting.target_sector(marks.uniform(), setting.atlas->government_share);
  bool const recorded = marks.bernoulli(setting.recorded_probability(nation, hacktivist_severity, {true, false}));
  Burst const burst = draw_burst(marks);
  auto const n = static_cast<std::size_t>(nation), k = static_cast<std::size_t>(sector);
  auto const day = static_cast<float>(directory->day(context.now()));
  context.observe(IntrusionSet::Discovery{incident, 0, actor(), nation, static_cast<std::int32_t>(Objective::disruption), hacktivist_severity, vector_count,
                                          sector, static_cast<std::int32_t>(Cause::effect), recorded ? 1 : 0});
  context.send(directory->teams[n], world_lookahead,
               ResponseTeam::Case{incident, day, hacktivist_severity, static_cast<std::uint8_t>(sector), 0, static_cast<std::uint8_t>(Objective::disruption)});
  context.send(directory->sectors[n * setting.atlas->sectors.size() + k], world_lookahead, Sector::Hit{incident, hacktivist_severity, 1, burst.days});
  context.send(directory->environments[n], world_lookahead, InformationEnvironment::Shock{incident, hacktivist_severity});
}

void Hacktivists::on(Rising const& rising, State&, sim::Context<Hacktivists>& context) const {
  auto const number = static_cast<std::uint32_t>(rising.number);
  double const day = directory->day(context.now());
  std::uint64_t const incident = incident_id(actor(), nation, false, number);
  schedule_next(number + 1, day, context);
  attack(incident, context);
  spread(incident, directory->setting->parameters.hacktivist_branching, day, context);
}

void Hacktivists::on(Provocation const& naming, State&, sim::Context<Hacktivists>& context) const {
  Setting const& setting = *directory->setting;
  spread(naming_cause(naming.incident, setting.atlas->actors.size()), setting.parameters.hacktivists_by_naming, directory->day(context.now()), context);
}

void Hacktivists::on(Campaign const& campaign, State&, sim::Context<Hacktivists>& context) const { attack(campaign.incident, context); }

}  // namespace world
