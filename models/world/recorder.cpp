#include "models/world/recorder.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/hacktivists.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/economy.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/objectives.hpp"
#include "models/world/organisation/organisation.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

template <class R>
R read(std::byte const* bytes) {
  R row;
  std::memcpy(&row, bytes, sizeof row);
  return row;
}

constexpr std::int32_t severe = 4;  // on the DCID scale: widespread theft and worse

// Of the incident table that are read again, in the order of incident_columns().
constexpr std::size_t recorded_column = 9, incident_high_column = 10, incident_low_column = 11, attributed_column = 12, attribution_column = 13, column_count = 14;

// Halves of an incident id as the table holds them.
std::array<double, 2> halves(std::uint64_t incident) {
  return {static_cast<double>(static_cast<std::int32_t>(incident >> 32)), static_cast<double>(static_cast<std::int32_t>(incident & 0xffffffff))};
}

}  // namespace

template <class A, class R>
void Recorder::listen(sim::World const& world, Handler handler) {
  auto const type = world.agent_type_index<A>();
  auto const kind = sim::row_kind<A, R>();
  if (handlers_.size() <= type) handlers_.resize(type + std::size_t{1});
  if (handlers_[type].size() <= kind) handlers_[type].resize(kind + std::size_t{1}, nullptr);
  handlers_[type][kind] = handler;
}

void Recorder::listen_to(sim::World const& world) {
  listen<ThreatActor, ThreatActor::Decided>(world, &Recorder::on_decided);
  listen<IntrusionSet, IntrusionSet::Accessed>(world, &Recorder::on_accessed);
  listen<IntrusionSet, IntrusionSet::Discovery>(world, &Recorder::on_discovery);
  if (setting_.switches[Behaviour::hacktivists]) listen<Hacktivists, IntrusionSet::Discovery>(world, &Recorder::on_discovery);
  listen<IntrusionSet, IntrusionSet::Theft>(world, &Recorder::on_theft);
  listen<Nation, Nation::PoliticalAttribution>(world, &Recorder::on_named);
  listen<Nation, Nation::TechnicalAttribution>(world, &Recorder::on_attributed);
  listen<Nation, Nation::Recorded>(world, &Recorder::on_recorded);
  listen<Nation, Nation::LeverMoved>(world, &Recorder::on_lever);
  listen<Nation, Nation::Escalation>(world, &Recorder::on_escalation);
  listen<ResponseTeam, ResponseTeam::Started>(world, &Recorder::on_started);
  listen<ResponseTeam, ResponseTeam::Contained>(world, &Recorder::on_contained);
  listen<Sector, Sector::ServiceLevel>(world, &Recorder::on_service);
  listen<Sector, Sector::Restoring>(world, &Recorder::on_restoring);
  listen<Sector, Sector::Cascade>(world, &Recorder::on_cascade);
  listen<Sector, Sector::CascadeFromAbroad>(world, &Recorder::on_from_abroad);
  listen<InformationEnvironment, InformationEnvironment::Trust>(world, &Recorder::on_trust);
  listen<Economy, Economy::IndirectLoss>(world, &Recorder::on_indirect);
  listen<ThreatActor, Surprise>(world, &Recorder::on_surprise);
  listen<Arsenal, Surprise>(world, &Recorder::on_surprise);
  listen<IntrusionSet, Surprise>(world, &Recorder::on_surprise);
  listen<ResponseTeam, Surprise>(world, &Recorder::on_surprise);
  listen<Sector, Surprise>(world, &Recorder::on_surprise);
  listen<IntrusionSet, Race>(world, &Recorder::on_race);
}

Recorder::Recorder(sim::ResultSchema const& schema, Directory const& directory, sim::World const& world)
    : schema_(schema), setting_(*directory.setting), losses_(directory.losses), record_from_(sim::to_time(schema.record_from)), record_to_(sim::to_time(schema.end)) {
  listen_to(world);
  std::size_t const nations = schema.nations.size();
  for (sim::ResponseInfo const& response : schema.responses) {
    sim::Time const from = sim::to_time(response.window_from), to = sim::to_time(response.window_to);
    auto it = std::find_if(received_.windows.begin(), received_.windows.end(), [&](Window const& w) { return w.from == from && w.to == to; });
    if (it == received_.windows.end()) it = received_.windows.insert(received_.windows.end(), {from, to, std::vector<Tally>(nations)});
    window_of_.push_back(static_cast<std::size_t>(it - received_.windows.begin()));
  }
  if (schema.rare_event.is_set()) {
    while (level_names()[static_cast<std::size_t>(level_)].name != schema.rare_event.level) level_ = static_cast<Level>(static_cast<int>(level_) + 1);
    level_nation_ = static_cast<std::size_t>(setting_.atlas->nation(schema.rare_event.nation));
  }
  std::size_t const sectors = setting_.value_added_share.size();
  received_.services.assign(nations, {std::vector<double>(sectors, 1.0), std::vector<double>(sectors, 0.0), 1, 0, setting_.start});
  received_.trusts.assign(nations, {0, setting_.start});
  received_.away.assign(nations, {0, setting_.start});
  NationRecord const& reference = setting_.atlas->nations[static_cast<std::size_t>(setting_.atlas->income_reference)];
  for (NationRecord const& nation : setting_.atlas->nations)
    case_cost_musd_.push_back(4 * (nation.gdp_usd_bn / nation.population) / (reference.gdp_usd_bn / reference.population));
  focal_of_.assign(nations, -1);
  for (std::size_t i = 0; i < schema.focal.size(); ++i)
    focal_of_[static_cast<std::size_t>(setting_.atlas->nation(schema.focal[i]))] = static_cast<int>(i);
  series_of_.assign(series_names().size(), -1);
  for (std::size_t i = 0; i < schema.series.size(); ++i) series_of_[position(series_names(), schema.series[i].name)] = static_cast<int>(i);
  received_.focal_series.assign(schema.series.size() * schema.focal.size() * schema.focal_grid.size(), 0);
  received_.other_series.assign(schema.series.size() * nations * schema.other_grid.size(), 0);
}

// All responses of a study with a rare event have its window.
double Recorder::level() const { return level_of(level_, received_.windows.front().tallies[level_nation_]); }

void Recorder::row(sim::RowKey const& key, std::span<std::byte const> bytes) {
  if (key.agent_type >= handlers_.size() || key.row_kind >= handlers_[key.agent_type].size()) return;
  Handler const handler = handlers_[key.agent_type][key.row_kind];
  if (handler != nullptr) (this->*handler)(key, bytes.data());
}

template <class F>
void Recorder::count(sim::Time at, int nation, F change) {
  for (Window& window : received_.windows)
    if (window.from <= at && at < window.to) change(window.tallies[static_cast<std::size_t>(nation)]);
}

// Spreads `amount` (per day if `mean`, at `from` otherwise) over the intervals of both grids.
void Recorder::add_to_series(std::size_t series, int nation, sim::Time from, sim::Time to, double amount, bool mean) {
  if (series_of_[series] < 0) return;
  auto const s = static_cast<std::size_t>(series_of_[series]);
  auto spread = [&](std::vector<sim::Time> const& grid, double* values) {
    sim::Time begin = std::max(from, record_from_);
    auto it = std::upper_bound(grid.begin(), grid.end(), begin);
    for (; it != grid.end(); ++it) {
      auto const bin = static_cast<std::size_t>(it - grid.begin());
      sim::Time const bin_from = bin == 0 ? record_from_ : grid[bin - 1];
      if (!mean) {
        values[bin] += amount;
        return;
      }
      if (begin >= to) return;
      sim::Time const until = std::min(*it, to);
      values[bin] += amount * sim::in_days(until - begin) / sim::in_days(*it - bin_from);
      begin = until;
    }
  };
  if (!mean && from < record_from_) return;
  if (mean && (amount == 0 || to <= record_from_)) return;
  std::size_t const nations = schema_.nations.size();
  spread(schema_.other_grid, &received_.other_series[(s * nations + static_cast<std::size_t>(nation)) * schema_.other_grid.size()]);
  int const focal = focal_of_[static_cast<std::size_t>(nation)];
  if (focal >= 0) spread(schema_.focal_grid, &received_.focal_series[(s * schema_.focal.size() + static_cast<std::size_t>(focal)) * schema_.focal_grid.size()]);
}

void Recorder::integrate(int nation, sim::Time to) {
  Service& service = received_.services[static_cast<std::size_t>(nation)];
  double const loss = 1 - service.national;
  if (loss > 0) {
    for (Window& window : received_.windows) {
      sim::Time const from = std::max(service.since, window.from), until = std::min(to, window.to);
      if (from >= until) continue;
      Tally& tally = window.tallies[static_cast<std::size_t>(nation)];
      tally.loss_days += loss * sim::in_days(until - from);
      tally.inherited_days += service.national_inherited * sim::in_days(until - from);
      tally.lowest_level = std::min(tally.lowest_level, service.national);
    }
    add_to_series(static_cast<std::size_t>(Series::service_loss), nation, service.since, to, loss, true);
  }
  service.since = to;
}

// The deficit decays from `since` on: its integral over [a, b] is tau (deficit(a) - deficit(b)).
void Recorder::integrate_trust(int nation, sim::Time to) {
  Trust& trust = received_.trusts[static_cast<std::size_t>(nation)];
  double const tau = setting_.parameters.trust_recovery_days;
  auto const deficit_at = [&](sim::Time at) { return trust.deficit * sim::math::exp(-sim::in_days(at - trust.since) / tau); };
  if (trust.deficit > 0) {
    for (Window& window : received_.windows) {
      sim::Time const from = std::max(trust.since, window.from), until = std::min(to, window.to);
      if (from < until) window.tallies[static_cast<std::size_t>(nation)].trust_loss_days += tau * (deficit_at(from) - deficit_at(until));
    }
  }
  trust = {deficit_at(to), to};
}

// Servers of the year, of which the share of M9 is away while any flag is on.
void Recorder::integrate_away(int nation, sim::Time to) {
  Away& away = received_.away[static_cast<std::size_t>(nation)];
  double const share = partnership_cost(setting_, nation);
  for (Window& window : received_.windows) {
    sim::Time from = std::max(away.since, window.from), until = std::min(to, window.to);
    while (away.flags > 0 && share > 0 && from < until) {
      int const year = sim::to_date(from).year;
      sim::Time const next = std::min(until, sim::to_time({year + 1, 1, 1}));
      window.tallies[static_cast<std::size_t>(nation)].away_days += share * setting_.servers(nation, year) * sim::in_days(next - from);
      from = next;
    }
  }
  away.since = to;
}

void Recorder::on_lever(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Nation::LeverMoved>(bytes);
  if (row.flag == attribution_policy_flag || row.flag == withdrawal_flag || !setting_.doses.matters(row.organisation)) return;
  integrate_away(row.nation, key.event.time);
  received_.away[static_cast<std::size_t>(row.nation)].flags += row.on != 0 ? 1 : -1;
}

void Recorder::on_trust(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<InformationEnvironment::Trust>(bytes);
  integrate_trust(row.nation, key.event.time);
  received_.trusts[static_cast<std::size_t>(row.nation)].deficit = row.deficit;
}

void Recorder::on_decided(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<ThreatActor::Decided>(bytes);
  count(key.event.time, row.target, [&](Tally& t) {
    t.attempted += row.attempted;
    t.deterred += row.deterred;
    t.attracted += row.attracted;
  });
}

void Recorder::on_accessed(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<IntrusionSet::Accessed>(bytes);
  bool const theft = !reveals(static_cast<Objective>(row.objective));
  count(key.event.time, row.nation, [&](Tally& t) {
    ++t.accesses;
    if (theft) ++t.thefts;
    if (theft && row.severity >= severe) ++t.severe_thefts;
  });
}

void Recorder::on_discovery(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<IntrusionSet::Discovery>(bytes);
  bool const effect = row.cause == static_cast<std::int32_t>(Cause::effect);
  unsigned const back = recurrences(row.incident);
  bool const stole_throughout = !setting_.switches[Behaviour::footholds] && !reveals(static_cast<Objective>(row.objective));
  count(key.event.time, row.nation, [&](Tally& t) {
    if (effect) ++t.effects;
    if (stole_throughout) t.theft_days += row.dwell_days;
    if (back > 0) {
      ++t.recurrences;
      return;
    }
    ++t.incidents;
    if (row.actor <= setting_.criminals) ++t.intrusions, t.dwell_days += row.dwell_days;  // bursts of hacktivists get in nowhere
    if (row.actor < setting_.criminals) ++t.state_incidents;
    if (row.recorded != 0) ++t.recorded;
  });
  if (back > 0 || key.event.time < record_from_ || key.event.time >= record_to_) return;
  add_to_series(static_cast<std::size_t>(Series::incidents), row.nation, key.event.time, key.event.time, 1, false);
  if (focal_of_[static_cast<std::size_t>(row.nation)] < 0) return;
  auto const [high, low] = halves(row.incident);
  double const columns[column_count] = {sim::in_days(key.event.time - sim::Time{0}), static_cast<double>(row.nation), static_cast<double>(row.actor),
                            static_cast<double>(row.objective), static_cast<double>(row.severity), static_cast<double>(row.vector),
                            static_cast<double>(row.sector), static_cast<double>(row.cause), row.dwell_days, static_cast<double>(row.recorded), high, low, std::numeric_limits<double>::quiet_NaN(), 0};
  received_.incidents.insert(received_.incidents.end(), std::begin(columns), std::end(columns));
}

void Recorder::on_theft(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<IntrusionSet::Theft>(bytes);
  count(key.event.time, row.nation, [&](Tally& t) { t.theft_days += row.days; });
}

void Recorder::on_named(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Nation::PoliticalAttribution>(bytes);
  count(key.event.time, row.nation, [&](Tally& t) {
    ++t.named;
    t.lag_days += row.lag_days;
  });
  double* const incident = incident_row(row.incident);
  if (incident == nullptr) return;
  incident[attributed_column] = sim::in_days(key.event.time - sim::Time{0});
  incident[attribution_column] = row.cosigners > 0 ? 2 : 1;
}

// Of the incident table; null if it is not there.
double* Recorder::incident_row(std::uint64_t incident) {
  auto const [high, low] = halves(incident);
  auto& table = received_.incidents;
  for (std::size_t at = 0; at < table.size(); at += column_count)
    if (table[at + incident_high_column] == high && table[at + incident_low_column] == low) return &table[at];
  return nullptr;
}

void Recorder::on_attributed(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Nation::TechnicalAttribution>(bytes);
  count(key.event.time, row.nation, [&](Tally& t) {
    ++t.attributed;
    t.attribution_days += row.lag_days;
  });
}

// A campaign that entered public data late: it counts from now on, and its row says so.
void Recorder::on_recorded(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Nation::Recorded>(bytes);
  count(key.event.time, static_cast<int>(row.nation), [](Tally& t) { ++t.recorded; });
  if (double* const incident = incident_row(row.incident)) incident[recorded_column] = 1;
}

void Recorder::on_escalation(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Nation::Escalation>(bytes);
  count(key.event.time, row.nation, [&](Tally& t) { t.highest_level = std::max(t.highest_level, static_cast<double>(row.level)); });
}

void Recorder::on_started(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<ResponseTeam::Started>(bytes);
  count(key.event.time, row.nation, [&](Tally& t) {
    ++t.started;
    t.wait_days += row.wait_days;
  });
}

void Recorder::on_contained(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<ResponseTeam::Contained>(bytes);
  double const cost = case_cost_musd_[static_cast<std::size_t>(row.nation)] * static_cast<double>(1 << row.severity) / 8;
  count(key.event.time, row.nation, [&](Tally& t) {
    ++t.contained;
    t.contain_days += row.days;
    t.case_cost_musd += cost;
  });
}

void Recorder::on_service(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Sector::ServiceLevel>(bytes);
  integrate(row.nation, key.event.time);
  Service& service = received_.services[static_cast<std::size_t>(row.nation)];
  service.levels[static_cast<std::size_t>(row.sector)] = row.level;
  service.inherited[static_cast<std::size_t>(row.sector)] = row.inherited;
  double lost = 0, inherited = 0;
  for (std::size_t k = 0; k < service.levels.size(); ++k) {
    lost += setting_.value_added_share[k] * (1 - service.levels[k]);
    inherited += setting_.value_added_share[k] * service.inherited[k];
  }
  service.national = 1 - lost;
  service.national_inherited = inherited;
  count(key.event.time, row.nation, [&](Tally& t) { t.lowest_level = std::min(t.lowest_level, service.national); });
}

void Recorder::on_restoring(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Sector::Restoring>(bytes);
  double const days = row.share > 0.1 ? row.wait_days + row.tau_days * sim::math::log(row.share / 0.1) : 0;
  count(key.event.time, row.nation, [&](Tally& t) {
    ++t.recoveries;
    t.recovery_days += days;
    t.restore_days += row.wait_days + row.tau_days;
  });
}

void Recorder::on_cascade(sim::RowKey const& key, std::byte const* bytes) {
  count(key.event.time, read<Sector::Cascade>(bytes).nation, [](Tally& t) { ++t.cascades; });
}

void Recorder::on_from_abroad(sim::RowKey const& key, std::byte const* bytes) {
  count(key.event.time, read<Sector::CascadeFromAbroad>(bytes).nation, [](Tally& t) { ++t.from_abroad; });
}

void Recorder::on_indirect(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Economy::IndirectLoss>(bytes);
  count(key.event.time, static_cast<int>(row.nation), [&](Tally& t) { t.indirect_days += row.days; });
}

void Recorder::on_surprise(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Surprise>(bytes);
  count(key.event.time, row.nation, [&](Tally& t) { t.surprises[static_cast<std::size_t>(row.control)] += row.days; });
}

void Recorder::on_race(sim::RowKey const& key, std::byte const* bytes) {
  auto const row = read<Race>(bytes);
  double const day = setting_.day(key.event.time);
  for (Window& window : received_.windows)
    window.tallies[static_cast<std::size_t>(row.nation)].surprises[static_cast<std::size_t>(Control::campaigns)] +=
        race_surprise(row, day, setting_.day(window.from), setting_.day(window.to)) * losses_->of_effect(row.severity, row.sector, true);
}

void Recorder::measure(sim::ReplicationRecord& record) {
  std::size_t const nations = schema_.nations.size();
  for (std::size_t n = 0; n < nations; ++n) {
    integrate(static_cast<int>(n), record_to_);
    integrate_trust(static_cast<int>(n), record_to_);
    integrate_away(static_cast<int>(n), record_to_);
  }
  record.responses.clear();
  for (std::size_t r = 0; r < schema_.responses.size(); ++r) {
    auto const response = static_cast<Response>(position(response_names(), schema_.responses[r].name));
    for (std::size_t n = 0; n < nations; ++n)
      record.responses.push_back(value_of(response, received_.windows[window_of_[r]].tallies[n], setting_, static_cast<int>(n)));
  }
  record.focal_series.assign(received_.focal_series.begin(), received_.focal_series.end());
  record.other_series.assign(received_.other_series.begin(), received_.other_series.end());
  record.incidents = received_.incidents;
}

}  // namespace world
