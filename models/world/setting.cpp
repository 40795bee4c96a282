#include "models/world/setting.hpp"

#include <algorithm>

#include "models/world/future_draws.hpp"
#include "models/world/nation/budget.hpp"
#include "models/world/objectives.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
std::size_t as_index(int i) { return static_cast<std::size_t>(i); }

// Dirichlet draw through gammas, as cumulative shares.
template <std::size_t N>
void draw_cdf(sim::RngStream& rng, std::array<double, N> const& counts, std::size_t used, double* cdf, std::size_t width) {
  double sum = 0;
  std::array<double, N> share{};
  for (std::size_t i = 0; i < used; ++i) {
    share[i] = counts[i] > 0 ? rng.gamma(counts[i], counts[i]) : 0;
    sum += share[i];
  }
  double total = 0;
  for (std::size_t i = 0; i < width; ++i) {
    total += i < used ? share[i] / sum : 0;
    cdf[i] = total;
  }
}

}  // namespace

Setting::Setting(Atlas const& a, Parameters const& p, MechanismSwitches const& s, std::vector<Relation> const& c,
                 sim::ReplicationStream stream, sim::Time from, sim::Time to, AssetOptions const& options, Endings ends)
    : atlas(&a), parameters(p), switches(s), controlled(c), endings(std::move(ends)), start(from), end(to), first_year(sim::to_date(from).year),
      start_offset(sim::in_days(from - sim::to_time({first_year, 1, 1}))),
      assets(options), criminals(static_cast<int>(a.actors.size()) - 1), government_sector(a.sector("government")) {
  apply_switches(switches, parameters);
  log_targeting_ratio = math::log(parameters.targeting_ratio);
  doses = Doses(a, parameters, controlled, start, end, endings);
  if (switches[Behaviour::crises]) crises = Crises(a, parameters.tension_half_life_days, start, stream);
  prepare_trends();
  draw_capabilities(stream);
  prepare_quarters();
  prepare_recording();
  draw_mixes(stream);
  draw_rates(stream);
  plan_staff();
  plan_shards();
  prepare_sectors(stream);
  prepare_exercises();
  if (switches[Behaviour::signal_doctrine]) signals = TargetSignals(*this);
}

double Setting::at_year(std::vector<double> const& values, int year) {
  return values[as_index(std::clamp(year, 0, static_cast<int>(values.size()) - 1))];
}

double Setting::years_since_indices(double at) const { return (at - sim::in_days(sim::to_time({2020, 7, 1}) - start)) / 365.25; }

double Setting::capability(int nation, Capability c, double at) const {
  std::size_t const i = as_index(nation);
  return capability_[i * capability_count + static_cast<std::size_t>(c)] + growth_[i] * years_since_indices(at);
}

double Setting::communication(int nation, double at) const {
  return communication_[as_index(nation)] + growth_[as_index(nation)] * years_since_indices(at);
}

double Setting::access_at(int nation, double at) const {
  return math::logistic(parameters.access_intercept - parameters.access_slope * capability(nation, Capability::prevent, at));
}

double Setting::access_at_effort(double reference, int level) const {
  if (level == 0) return reference;
  double const odds = effort_odds_[as_index(level + effort_levels)];
  return reference * odds / (1 - reference + reference * odds);
}

double Setting::expected_cost(int nation, double at) const {
  auto const& of_nation = expected_cost_[as_index(nation)];
  return of_nation[as_index(std::clamp(year(at) - first_year, 0, static_cast<int>(of_nation.size()) - 1))];
}

void Setting::prepare_quarters() {
  for (int level = -effort_levels; level <= effort_levels; ++level)
    effort_odds_.push_back(math::exp(-parameters.access_slope * prevention_gain(level)));
  for (int n = 0; n < static_cast<int>(atlas->nations.size()); ++n)
    for (int q = 0; q < doses.quarters(); ++q) {
      double const at = (q + 0.5) * 91.3125;
      access_.push_back(access_at(n, at));
      access_bound_.push_back(access_at_effort(access_.back(), switches[Behaviour::investment] ? -effort_levels : 0));
      double const share = own_share(year(at));
      double const own = share * math::exp(parameters.detect_slope * capability(n, Capability::detect, at));
      detection_.push_back(hazard(year(at) - first_year) * (own + 1 - share));
    }
}

double Setting::own_part(int nation, double at) const {
  double const share = own_share(year(at));
  double const own = share * math::exp(parameters.detect_slope * capability(nation, Capability::detect, at));
  return own / (own + 1 - share);
}

void Setting::draw_capabilities(sim::ReplicationStream stream) {
  for (NationRecord const& nation : atlas->nations) {
    auto rng = draws(stream, "nation/" + nation.iso3);
    for (std::size_t c = 0; c < capability_count; ++c)
      capability_.push_back(nation.index[c] + rng.normal(0, nation.index_sd[c]));
    growth_.push_back(rng.normal(parameters.capability_growth, 0.04));
    // As the nation's other abilities on average, give or take (assumed).
    double mean = 0;
    for (double const index : nation.index) mean += index / capability_count;
    communication_.push_back(mean + draws(stream, "communication/" + nation.iso3).normal(0, 0.8));
  }
}

double Setting::recurrence(int nation, double at) const {
  return std::min(0.7, parameters.recurrence_probability * math::exp(-0.3 * capability(nation, Capability::respond, at)));
}

int Setting::target_sector(double mark, double government) const {
  if (mark < government) return government_sector;
  double const within = (mark - government) / (1 - government);
  return static_cast<int>(std::upper_bound(sector_cdf.begin(), sector_cdf.end() - 1, within) - sector_cdf.begin());
}

void Setting::draw_mixes(sim::ReplicationStream stream) {
  for (ActorRecord const& actor : atlas->actors) {
    objective_cdf.emplace_back();
    if (actor.nation < 0) {
      objective_cdf.back() = {0, 1, 1, 1, 1};  // criminals: theft or ransomware, by the year's share
      continue;
    }
    auto rng = draws(stream, "objectives/" + actor.code);
    draw_cdf(rng, actor.objective_counts, 4, objective_cdf.back().data(), objective_count);
  }
  for (std::size_t k = 0; k < 4; ++k) {
    auto rng = draws(stream, "severity/" + std::to_string(k));
    auto counts = atlas->severity_counts[k];
    double const high = k == 3 ? rng.beta(0.5, 284) : (rng.uniform(), 0);
    // Undo selection: severe campaigns enter the public record more often (equations 3.7).
    draw_cdf(rng, counts, severity_count, severity_cdf[k].data(), severity_count);
    double total = 0, previous = 0;
    std::array<double, severity_count> weight{};
    for (std::size_t s = 0; s < severity_count; ++s) {
      double const share = severity_cdf[k][s] - previous;
      previous = severity_cdf[k][s];
      weight[s] = share / math::logistic(parameters.recording_logit + recording_slope * (static_cast<double>(s) - 3));
      total += weight[s];
    }
    double sum = 0;
    for (std::size_t s = 0; s < severity_count; ++s) {
      sum += weight[s] / total * (1 - high) + (s == 7 ? high : 0);
      severity_cdf[k][s] = sum;
    }
  }
  severity_cdf[4] = {0, 0, 0.50, 0.85, 0.97, 1, 1, 1};  // criminals (equations 3.9)
  auto rng = draws(stream, "vectors");
  // Where partners open no way in, what is recorded of them counts as phishing or stolen credentials.
  std::size_t const vectors = switches[Mechanism::trusted_partners] ? 5 : 4;
  std::array<double, vector_count> const counts{20 * (vectors == 5 ? 0.42 : 0.47), 20 * 0.20, 20 * 0.05, 20 * 0.28, 20 * 0.05};
  std::array<double, vector_count> cdf{};
  draw_cdf(rng, counts, vectors, cdf.data(), vectors);
  for (std::size_t v = 0; v < vectors; ++v) vector_share[v] = cdf[v] - (v == 0 ? 0 : cdf[v - 1]);
}

void Setting::prepare_trends() {
  int const last = sim::to_date(end).year + 1;
  // Growth from the middle of the record's window, of which the level is the mean.
  auto const growth = [&](int year) { return math::exp(math::log(parameters.criminal_growth_to_2024) * std::clamp(year - 2014, 0, 10) / 10); };
  double window = 0;
  for (int year = 2010; year <= 2018; ++year) window += growth(year) / 9;
  for (int year = first_year; year <= last; ++year) {
    // Beyond the table the published median falls on, down to the floor (equations 6.1).
    int const beyond = std::max(0, year - atlas->median_dwell_days.last());
    double published = atlas->median_dwell_days.at(year);
    if (beyond > 0) published = std::max(published * math::exp(-parameters.dwell_fall_per_year * beyond), parameters.dwell_floor_days);
    hazard_.push_back(0.69314718055994531 / (published * (year > 2018 ? parameters.dwell_ratio_after_2018 : 1)));
    criminal_trend_.push_back(growth(year) / window);
    double const to_2016 = 0.07 * (std::min(year, 2016) - 2011.5);
    state_trend_.push_back(math::exp(to_2016 + parameters.state_trend_after_2016 * std::max(0, year - 2016)));
  }
}

// Mean cost of one of an actor's cases in cases of severity 3.
double Setting::mean_cost(int actor) const {
  double mean = 0;
  for (std::size_t k = 0; k < objective_count; ++k) {
    double const share = actor == criminals ? (k == 4 ? 1 : 0) : objective_cdf[as_index(actor)][k] - (k == 0 ? 0 : objective_cdf[as_index(actor)][k - 1]);
    for (std::size_t s = 0; s < severity_count; ++s)
      mean += share * (severity_cdf[k][s] - (s == 0 ? 0 : severity_cdf[k][s - 1])) * static_cast<double>(1 << s) / 8;
  }
  return mean;
}

void Setting::plan_staff() {
  int const years = sim::to_date(end).year - first_year + 1;
  double const open = open_share();
  // Mean work of a case [d] over the severities seen, in units of an average nation's rate (equations 9.1).
  double const work_days = 63.5;
  servers_.assign(atlas->nations.size(), {});
  expected_cost_.assign(atlas->nations.size(), {});
  std::vector<double> cost_of_case;  // [actor]: mean of 2^(severity - 3)
  for (int actor = 0; actor <= criminals; ++actor) cost_of_case.push_back(mean_cost(actor));
  for (int n = 0; n < static_cast<int>(atlas->nations.size()); ++n) {
    double before = 0;
    for (int y = 0; y < years; ++y) {
      double const middle = (y + 0.5) * 365.25 - start_offset;
      double found = 0, cost = 0;
      for (int actor = 0; actor <= criminals; ++actor) {
        // Of a state's campaigns that were eradicated some come back, and of these some again.
        double const back = actor == criminals ? 0 : recurrence(n, middle);
        double const of_actor = rates(actor, n).candidates * trend(actor == criminals, first_year + y) * access(n, middle) * open / (1 - back);
        found += of_actor;
        cost += of_actor * cost_of_case[as_index(actor)];
      }
      double const of_hacktivists = hacktivist_rate[as_index(n)] * trend(true, first_year + y);
      found += of_hacktivists;
      cost += of_hacktivists * static_cast<double>(1 << hacktivist_severity) / 8;
      double const arrivals = found / 365.25;
      expected_cost_[as_index(n)].push_back(cost / 365.25);
      double const speed = math::exp(parameters.respond_slope * capability(n, Capability::respond, middle));
      // Teams are never cut: staffing follows the highest load so far.
      before = std::max(before, arrivals * work_days / (parameters.response_load * speed));
      servers_[as_index(n)].push_back(std::max(1, static_cast<int>(before) + (before > static_cast<int>(before) ? 1 : 0)));
    }
  }
}

int Setting::servers(int nation, int year) const {
  auto const& of_nation = servers_[as_index(nation)];
  return of_nation[as_index(std::clamp(year - first_year, 0, static_cast<int>(of_nation.size()) - 1))];
}

// A busy dyad's intrusions are spread over two or more parts, which hold 34 each; a full part hands on to the next. A state's
// year (Gamma(3.2) times Gamma(12)), its tension and a crisis of the record may multiply them by ten for a while, so its parts expect 3; criminals have none
// and expect 6. Quiet dyads share a shard.
void Setting::plan_shards() {
  double const per_shard = 6, alone = 2, ordinary_peak = 4.5;  // the record's crises raise rates by up to exp(1.5)
  for (int actor = 0; actor <= criminals; ++actor) {
    ShardPlan open_plan{actor, {}, 0, 1};
    double load = 0;
    for (int n = 0; n < static_cast<int>(atlas->nations.size()); ++n) {
      if (rates(actor, n).candidates <= 0) continue;
      double const expected = expected_open(*this, actor, n) * std::max(1.0, crises.peak(actor, n) / ordinary_peak);
      if (expected > alone) {
        double const per_part = actor == criminals ? 6 : 3;
        int const parts = std::max(2, static_cast<int>(expected / per_part) + 1);
        for (int part = 0; part < parts; ++part) shards.push_back({actor, {n}, part, parts});
        continue;
      }
      if (load + expected > per_shard || open_plan.targets.size() == shard_targets) {
        shards.push_back(open_plan);
        open_plan.targets.clear();
        load = 0;
      }
      open_plan.targets.push_back(n);
      load += expected;
    }
    if (!open_plan.targets.empty()) shards.push_back(open_plan);
  }
}

void Setting::prepare_sectors(sim::ReplicationStream stream) {
  std::size_t const n = atlas->sectors.size();
  double total = 0;
  for (SectorRecord const& sector : atlas->sectors) total += sector.target_weight;
  double sum = 0;
  auto rng = draws(stream, "sectors");
  std::vector<double> weight;
  double drawn = 0;
  for (SectorRecord const& sector : atlas->sectors) {
    weight.push_back(sector.target_weight > 0 ? rng.gamma(14 * sector.target_weight / total, 14 * sector.target_weight / total) : 0);
    drawn += weight.back();
  }
  for (double w : weight) sector_cdf.push_back(sum += w / drawn);
  auto buffers = draws(stream, "buffers");
  for (std::size_t p = 0; p < n; ++p)
    for (std::size_t k = 0; k < n; ++k) {
      dependency.push_back(std::min(largest_dependency, atlas->dependency[p * n + k] * parameters.dependency_scale));
      buffer_days.push_back(buffers.lognormal(atlas->sectors[p].buffer_hours / 24, 0.5));
    }
  if (switches[Behaviour::cross_border]) borders = Borders(*atlas, dependency, parameters.cross_border_scale);
  // Value added: output less purchases (equations 14.4).
  double added = 0;
  for (std::size_t k = 0; k < n; ++k) {
    double bought = 0;
    for (std::size_t l = 0; l < n; ++l) bought += atlas->coefficients[l * n + k];
    value_added_share.push_back(atlas->sectors[k].output * (1 - bought));
    added += value_added_share.back();
  }
  for (double& share : value_added_share) share /= added;
  asset_share = asset_sizes(assets);
}

// Expected skill of those who exercised before 2021: the indices of capability already contain it (equations 1.2).
void Setting::prepare_exercises() {
  exercise_skill_reference.assign(atlas->nations.size(), 0);
  int const centre = atlas->centre;
  double const keep = math::exp(-0.69314718055994531 / parameters.exercise_half_life_years);
  double const quality = doses.weight(Mechanism::exercises, centre, Flag::exercise);
  for (FlagRecord const& flag : atlas->flags) {
    if (flag.organisation != centre || flag.flag != Flag::membership) continue;
    double skill = 0;
    for (int year = 2010; year <= 2020; ++year) {
      if (flag.from > sim::to_time({year, 4, 15})) continue;
      skill = skill * keep;
      skill += (1 - skill) * parameters.exercise_learning * quality * 0.85;
    }
    double const since_april = math::exp(-0.69314718055994531 * 0.71 / parameters.exercise_half_life_years);
    // A change of status has two rows; the earlier one holds the whole membership.
    double& reference = exercise_skill_reference[as_index(flag.nation)];
    reference = std::max(reference, skill * since_april);
  }
}

}  // namespace world
