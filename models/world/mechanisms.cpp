#include "models/world/mechanisms.hpp"

#include <string>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"

namespace world {

std::array<MechanismInfo, switch_count> const& mechanisms() {
  static constexpr std::array<MechanismInfo, switch_count> all{{
      {Mechanism::notification, "M1", "partner notification raises the detection hazard", true},
      {Mechanism::sharing, "M2", "indicator and patch sharing: a tool found at one member dies sooner at the others", true},
      {Mechanism::exercises, "M3", "exercises raise the response rate, and the skill decays", true},
      {Mechanism::pooling, "M4", "pooled response capacity: idle servers of partners; zero for CCDCOE, which is not operational", true},
      {Mechanism::attribution, "M5", "joint attribution: more likely, and sooner", true},
      {Mechanism::readiness, "M6", "legal readiness: shorter decisions, fewer misattributions", true},
      {Mechanism::information, "M7", "resilience to information operations: trust falls less", true},
      {Mechanism::visibility, "M8", "visibility: membership provokes or attracts", true},
      {Mechanism::cost, "M9", "cost: posted officers and exercise teams are missing at home", true},
      {Mechanism::free_riding, "M10", "free riding: members invest less because others do", true},
      {Mechanism::trusted_partners, "trusted_partners", "partners open a way in: intruders come through one that shares with the target", true},
  }};
  return all;
}

std::array<ModifierInfo, 14> const& modifiers() {
  static constexpr std::array<ModifierInfo, 14> all{{
      {Modifier::detection_hazard, Mechanism::notification, "detection_hazard", "x detection_ratio ^ D1 over partners that know the actor"},
      {Modifier::relay_probability, Mechanism::sharing, "relay_probability", "share_probability, then received with probability D2"},
      {Modifier::tool_loss, Mechanism::sharing, "tool_loss", "leak_probability for each relay that is received: the actor drops the tool"},
      {Modifier::service_rate, Mechanism::exercises, "service_rate", "x exercise_ratio ^ ((skill - reference skill) reach)"},
      {Modifier::service_rate, Mechanism::cost, "service_rate", "x (1 - partnership_cost while any flag is on)"},
      {Modifier::naming_odds, Mechanism::attribution, "naming_odds", "x attribution_odds ^ D5"},
      {Modifier::evidence_rate, Mechanism::attribution, "evidence_rate", "x evidence_speed ^ D5 over partners that know the actor"},
      {Modifier::decision_delay, Mechanism::readiness, "decision_delay", "x decision_delay_ratio ^ (D6 - D6 of the record at 2020-12-31)"},
      {Modifier::evidence_threshold, Mechanism::readiness, "evidence_threshold", "+ ln(1 / (1 - misattribution_cut (D6 - D6 of the record at 2020-12-31)))"},
      {Modifier::targeting_rate, Mechanism::visibility, "targeting_rate", "x targeting_ratio ^ D8"},
      {Modifier::pooled_servers, Mechanism::pooling, "pooled_servers", "pool_share x sum over members of D4 x servers, at each organisation"},
      {Modifier::trust_drop, Mechanism::information, "trust_drop", "x information_ratio ^ (D7 - D7 of the record at 2020-12-31)"},
      {Modifier::prevention_effort, Mechanism::free_riding, "prevention_effort", "x (1 - free_riding spill) / (1 - free_riding spill of the record at 2020-12-31), spill the mean over all other nations of D2 times their efforts"},
      {Modifier::partner_access, Mechanism::trusted_partners, "partner_access", "share of the way in through partners, 1 - product over partners of (1 - D2)"},
  }};
  return all;
}

void apply_switches(MechanismSwitches const& switches, Parameters& p) {
  Parameters const null;
  if (!switches[Mechanism::notification]) p.detection_ratio = null.detection_ratio;
  if (!switches[Mechanism::sharing]) p.share_probability = null.share_probability, p.leak_probability = null.leak_probability;
  if (!switches[Mechanism::exercises]) p.exercise_ratio = null.exercise_ratio;
  if (!switches[Mechanism::pooling]) p.pool_share = null.pool_share;
  if (!switches[Mechanism::attribution]) p.attribution_odds = null.attribution_odds, p.evidence_speed = null.evidence_speed;
  if (!switches[Mechanism::readiness])
    p.decision_delay_ratio = null.decision_delay_ratio, p.misattribution_cut = null.misattribution_cut;
  if (!switches[Mechanism::information]) p.information_ratio = null.information_ratio;
  if (!switches[Mechanism::visibility]) p.targeting_ratio = null.targeting_ratio;
  if (!switches[Mechanism::cost]) p.partnership_cost = null.partnership_cost;
  if (!switches[Mechanism::free_riding]) p.free_riding = null.free_riding;
}

void require_compatible(MechanismSwitches const& switches) {
  std::string_view first;
  for (Behaviour const rule : {Behaviour::total_effort, Behaviour::weakest_link, Behaviour::best_shot}) {
    if (!switches[rule]) continue;
    std::string_view const name = behaviours()[static_cast<std::size_t>(rule)].name;
    if (!first.empty())
      throw sim::Error("both " + std::string(first) + " and " + std::string(name) +
                       " are on in [behaviour] (a nation answers to its partners' efforts by one rule) switch one of them off");
    first = name;
  }
}

double modifier(double theta, double dose) {
  if (theta == 1 || dose == 0) return 1;
  return sim::math::pow(theta, dose);
}

}  // namespace world
