#include "models/world/actor/target_signals.hpp"

#include <algorithm>
#include <cmath>

#include "models/world/nation/nation.hpp"
#include "models/world/setting.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double rounds_a_year = 12;    // assumed: an attack is looked into for about a month
constexpr double false_alarm_slope = 0.2;  // assumed: as that of the evidence in equations 10.1
constexpr double ln2 = 0.69314718055994531;

// Suspects and opportunities of a target, the same at all times.
decision::Deterrence game_against(Setting const& setting, int target) {
  double sum = 0, squares = 0;
  for (int actor = 0; actor < setting.criminals; ++actor) {
    double const rate = setting.rates(actor, target).candidates;
    sum += rate;
    squares += rate * rate;
  }
  decision::Deterrence game;
  game.gains = decision::Gains::exponential;
  game.cost = setting.parameters.deterrence_weight;
  game.attackers = squares > 0 ? std::max(2U, static_cast<std::uint32_t>(sum * sum / squares + 0.5)) : 2;
  game.opportunity = -math::expm1(-sum / rounds_a_year);
  return game;
}

// Adds the signals on `day`: evidence that drifts to the culprit or, under a false flag, less so or away (equations 10.1 to 10.3).
void add_signals(Setting const& setting, int target, double day, decision::Deterrence& game) {
  Parameters const& p = setting.parameters;
  double const capability = setting.capability(target, Capability::attribute, day);
  double const total = p.evidence_rate_per_day * evidence_half_life_days / ln2 * evidence_step(capability);
  auto const add = [&](double share, double drift) {
    game.right += share * passage_probability(drift, 2 * total, evidence_threshold);
    game.wrong += share * passage_probability(-drift, 2 * total, evidence_threshold);
  };
  // Every access is found in the end (7.5).
  add(1 - p.false_flag_share, total);
  add(p.false_flag_share, total * (1 - 2 * p.false_flag_items));
  game.false_alarm = p.false_alarm * math::exp(-false_alarm_slope * capability) / game.attackers;
}

double log_share(decision::Deterrence game, double openness) {
  game.cost *= openness;
  return math::log(game.share_above(game.best_cutoff()));
}

}  // namespace

double passage_probability(double drift, double variance, double barrier) {
  double const sd = std::sqrt(variance);
  return math::normal_cdf((drift - barrier) / sd) + math::exp(2 * drift * barrier / variance) * math::normal_cdf((-drift - barrier) / sd);
}

TargetSignals::TargetSignals(Setting const& setting) : quarters_(setting.doses.quarters()) {
  Parameters const& p = setting.parameters;
  double const recorded_day = sim::in_days(sim::to_time({2012, 1, 1}) - setting.start);  // as the rates of campaigns
  double const recorded_openness = math::logistic(naming_logit(p, typical_severity, false, 0));
  for (int n = 0; n < static_cast<int>(setting.atlas->nations.size()); ++n) {
    decision::Deterrence const plain = game_against(setting, n);
    decision::Deterrence recorded = plain;
    add_signals(setting, n, recorded_day, recorded);
    recorded_log_share_.push_back(log_share(recorded, recorded_openness));
    for (int q = 0; q < quarters_; ++q) {
      double const day = (q + 0.5) * Doses::quarter_days;
      double const dose = p.attribution_odds == 1 ? 0 : setting.doses.nation(Mechanism::attribution, n, {}, day);
      games_.push_back(plain);
      add_signals(setting, n, day, games_.back());
      openness_.emplace_back();
      for (int policy : {0, 1}) openness_.back()[static_cast<std::size_t>(policy)] = math::logistic(naming_logit(p, typical_severity, policy != 0, dose));
      log_acceptance_.emplace_back();
      solve(games_.size() - 1, recorded_log_share_.back());
    }
  }
}

void TargetSignals::solve(std::size_t at, double recorded_log_share) {
  for (std::size_t policy : {0, 1}) log_acceptance_[at][policy] = log_share(games_[at], openness_[at][policy]) - recorded_log_share;
}

std::size_t TargetSignals::at(int target, double day) const {
  int const quarter = std::clamp(static_cast<int>(day / Doses::quarter_days), 0, quarters_ - 1);
  return static_cast<std::size_t>(target * quarters_ + quarter);
}

decision::Deterrence const& TargetSignals::game(int target, double day) const { return games_[at(target, day)]; }

double TargetSignals::log_acceptance(int target, double day, double openness) const {
  return log_share(game(target, day), openness) - recorded_log_share_[static_cast<std::size_t>(target)];
}

double TargetSignals::recorded_acceptance(int target, double day, bool has_policy) const { return log_acceptance_[at(target, day)][has_policy ? 1 : 0]; }

void TargetSignals::fix(int target, decision::Deterrence const& game) {
  recorded_log_share_[static_cast<std::size_t>(target)] = 0;
  for (int q = 0; q < quarters_; ++q) {
    std::size_t const i = static_cast<std::size_t>(target * quarters_ + q);
    games_[i] = game;
    solve(i, 0);
  }
}

}  // namespace world
