#include "stopped_campaigns.hpp"

#include <cmath>

#include "analysis/estimators/looks.hpp"

namespace stopped {

using namespace analysis;

Rule honest(Setting const& setting) {
  return {look_level(look_counts(setting.minimum, setting.maximum), interval_level), true};
}

Outcome run(Setting const& s, Rule const& rule, int campaigns, std::uint64_t seed) {
  auto const counts = look_counts(s.minimum, s.maximum);
  Outcome o;
  for (int c = 0; c < campaigns; ++c) {
    Rng rng(seed * 1000003 + static_cast<std::uint64_t>(c));
    std::vector<double> treatment, reference;
    Future future{std::vector<double>(s.replications), std::vector<double>(s.replications)};
    bool stopped = false, all = true;
    for (std::size_t const count : counts) {
      if (stopped && !rule.every_look) break;
      while (treatment.size() < count * s.replications) {
        s.draw(rng, future);
        treatment.insert(treatment.end(), future.treatment.begin(), future.treatment.end());
        reference.insert(reference.end(), future.reference.begin(), future.reference.end());
      }
      Arm const a{treatment, count, s.replications};
      Arm const b{reference, count, s.replications};
      Estimate const e = watched_interval(s.watched, a, s.paired ? &b : nullptr, rule.level);
      double const half = (e.hi - e.lo) / 2;
      bool const covers = !(e.lo > s.truth) && !(e.hi < s.truth);
      bool const evidence =
          count == s.maximum || !(rule.guarded && is_degenerate(s.watched, a, s.paired ? &b : nullptr));
      all = all && (covers || !evidence);
      if (stopped) continue;
      bool const met = half <= (s.relative ? s.target * std::fabs(e.mean) : s.target) && evidence;
      if (!met && count != s.maximum) continue;
      stopped = true;
      o.at_stop += covers;
      o.reached += met;
      o.mean_half_width += std::isnan(half) ? 0 : half;
      o.mean_count += static_cast<double>(count);
    }
    o.at_every_look += all;
  }
  for (double* x : {&o.at_stop, &o.at_every_look, &o.reached, &o.mean_half_width, &o.mean_count}) *x /= campaigns;
  return o;
}

}  // namespace stopped
