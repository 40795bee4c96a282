#include "models/world/tally.hpp"

namespace world {
namespace {

double ratio(double sum, double count) { return count > 0 ? sum / count : 0; }

}  // namespace

double value_of(Response response, Tally const& t, Setting const& setting, int nation) {
  NationRecord const& record = setting.atlas->nations[static_cast<std::size_t>(nation)];
  switch (response) {
    case Response::resilience_loss: return t.loss_days;
    case Response::person_days: return t.loss_days * record.population / 1e6;
    case Response::robustness: return t.lowest_level;
    case Response::time_to_90: return ratio(t.recovery_days, t.recoveries);
    case Response::incidents: return t.incidents;
    case Response::campaigns_attempted: return t.attempted;
    case Response::campaigns_deterred: return t.deterred;
    case Response::accesses: return t.accesses;
    case Response::effects: return t.effects;
    case Response::dwell_time: return ratio(t.dwell_days, t.intrusions);
    case Response::time_to_contain: return ratio(t.contain_days, t.contained);
    case Response::queue_wait: return ratio(t.wait_days, t.started);
    case Response::attribution_share: return ratio(t.named, t.state_incidents);
    case Response::attribution_lag: return ratio(t.lag_days, t.named);
    case Response::economic_loss:
      return (1 - setting.parameters.recapture) * record.gdp_usd_bn * 1000 / 365 * (t.loss_days + t.indirect_days) + t.case_cost_musd;
    case Response::thefts: return t.thefts;
    case Response::cascades: return t.cascades;
    case Response::recorded_incidents: return t.recorded;
    case Response::recurrences: return t.recurrences;
    case Response::escalation: return t.highest_level;
    case Response::trust_loss: return t.trust_loss_days;
    case Response::time_to_restore: return ratio(t.restore_days, t.recoveries);
    case Response::severe_thefts: return t.severe_thefts;
    case Response::cascade_loss: return t.inherited_days;
    case Response::partnership_cost: return t.away_days;
    case Response::campaigns_attracted: return t.attracted;
    case Response::technical_share: return ratio(t.attributed, t.state_incidents);
    case Response::technical_lag: return ratio(t.attribution_days, t.attributed);
    case Response::theft_days: return t.theft_days;
    case Response::cascades_from_abroad: return t.from_abroad;
    case Response::surprise_campaigns: return t.surprises[static_cast<std::size_t>(Control::campaigns)];
    case Response::surprise_damages: return t.surprises[static_cast<std::size_t>(Control::damages)];
  }
  return 0;
}

}  // namespace world
