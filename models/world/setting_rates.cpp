// From the public record to latent campaigns: what enters it, and how often each dyad attacks.
#include "models/world/actor/hacktivists.hpp"
#include "models/world/future_draws.hpp"
#include "models/world/objectives.hpp"
#include "models/world/setting.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
std::size_t as_index(int i) { return static_cast<std::size_t>(i); }

}  // namespace

void Setting::prepare_recording() {
  for (NationRecord const& nation : atlas->nations)
    for (int s = 0; s < severity_count; ++s)
      for (bool const revealed : {false, true})
        for (bool const named : {false, true})
          recorded_.push_back(math::logistic(parameters.recording_logit + recording_slope * (s - 3) + parameters.openness_recording_logit * nation.openness +
                                             (revealed ? parameters.revealed_recording_logit : 0) + (named ? parameters.named_recording_logit : 0)));
}

// Mean chance that a discovered campaign of the actor against the nation enters public data, over what it is for and how severe.
double Setting::publication(int actor, int nation) const {
  bool const criminal = actor == criminals;
  double const named = criminal ? 0 : named_share;
  double published = 0, weight = 0;
  for (std::size_t k = 0; k < objective_count; ++k) {
    auto const& mix = objective_cdf[as_index(actor)];
    double const share = criminal ? (k == 4 ? 0.03 : k == 1 ? 0.97 : 0) : mix[k] - (k == 0 ? 0 : mix[k - 1]);
    if (share == 0) continue;
    auto const& cdf = severity_cdf[criminal ? 4 : k];
    bool const revealed = reveals(static_cast<Objective>(k));
    for (std::size_t s = 0; s < severity_count; ++s) {
      double const part = share * (cdf[s] - (s == 0 ? 0 : cdf[s - 1]));
      auto const severity = static_cast<int>(s);
      published += part * ((1 - named) * recorded_probability(nation, severity, {revealed, false}) + named * recorded_probability(nation, severity, {revealed, true}));
      weight += part;
    }
  }
  return published / weight;
}

void Setting::draw_rates(sim::ReplicationStream stream) {
  std::size_t const nations = atlas->nations.size();
  rates_.assign(atlas->actors.size() * nations, {});
  auto at = [&](int actor, int target) -> DyadRates& { return rates_[as_index(actor) * nations + as_index(target)]; };
  std::vector<double> rival_total(atlas->actors.size(), 0);
  for (DyadRecord const& dyad : atlas->dyads) {
    auto rng = draws(stream, "dyad/" + atlas->actors[as_index(dyad.actor)].code + "/" + atlas->nations[as_index(dyad.target)].iso3);
    at(dyad.actor, dyad.target).recorded = rng.gamma(dyad.shape, dyad.shape / dyad.rate_years);
    rival_total[as_index(dyad.actor)] += at(dyad.actor, dyad.target).recorded;
  }
  for (int actor = 0; actor < criminals; ++actor) {
    int const home = atlas->actors[as_index(actor)].nation;
    double sum = 0;
    for (int n = 0; n < static_cast<int>(nations); ++n)
      if (n != home && at(actor, n).recorded == 0) sum += atlas->nations[as_index(n)].state_rate;
    double const total = rival_total[as_index(actor)] * parameters.other_targets_ratio;
    for (int n = 0; n < static_cast<int>(nations); ++n)
      if (n != home && at(actor, n).recorded == 0) at(actor, n).recorded = total * atlas->nations[as_index(n)].state_rate / sum;
  }
  double norm = 0, level = 0;
  auto attraction = [&](NationRecord const& nation) {
    return math::pow(nation.gdp_usd_bn, parameters.criminal_size_exponent) * nation.internet_share;
  };
  for (NationRecord const& nation : atlas->nations) norm += attraction(nation), level += nation.other_rate;
  double const hacktivists = switches[Behaviour::hacktivists] ? parameters.hacktivist_share : 0;
  for (int n = 0; n < static_cast<int>(nations); ++n) {
    double const recorded = level * attraction(atlas->nations[as_index(n)]) / norm;
    at(criminals, n).recorded = recorded * (1 - hacktivists);
    // They are found by their effect, all of them.
    hacktivist_rate.push_back(recorded * hacktivists / recorded_probability(n, hacktivist_severity, {true, false}));
  }
  // From recorded to latent attempts: access x discovery x publication (equations 3.2).
  double const open = open_share();
  double const middle = sim::in_days(sim::to_time({2012, 1, 1}) - start);
  double state_accesses = 0;
  for (int actor = 0; actor <= criminals; ++actor) {
    double const discovered = actor == criminals ? discovered_per_access_criminal : discovered_per_access_state;
    for (int n = 0; n < static_cast<int>(nations); ++n)
      if (double const recorded = at(actor, n).recorded; recorded > 0) {
        double const accesses = recorded / (discovered * publication(actor, n));
        at(actor, n).candidates = accesses / (access_at(n, middle) * open);
        if (actor != criminals) state_accesses += accesses;
      }
  }
  hacktivists_unprovoked = unprovoked_share(*this, state_accesses);
  year_noise_quantiles.resize(512);
  for (std::size_t k = 0; k < year_noise_quantiles.size(); ++k)
    year_noise_quantiles[k] = math::gamma_quantile((static_cast<double>(k) + 0.5) / 512, 3.2) / 3.2;
}

}  // namespace world
