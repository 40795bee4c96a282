#include "analysis/report/sentences.hpp"

#include <cmath>

#include "analysis/report/headline.hpp"
#include "analysis/report/words.hpp"

namespace analysis {

std::string nation_name(sim::ResultSchema const& schema, std::size_t nation) {
  return nation < schema.nation_names.size() ? schema.nation_names[nation] : schema.nations[nation];
}

std::string label_of(sim::Treatment const& t) { return "'" + (t.label.empty() ? t.name : t.label) + "'"; }

std::string thing(sim::ResultSchema const& schema, Subject const& s) {
  std::string const response = phrase(schema.responses[s.response].name);
  return s.nation ? nation_name(schema, *s.nation) + "'s " + response : "the world's " + response;
}

std::string thing(Analysis const& a, Subject const& s) { return thing(a.schema, s); }

bool contains_zero(double lo, double hi) { return lo <= 0 && hi >= 0; }

std::string unit_of(Analysis const& a, Subject const& s) { return unit_words(a.schema.responses[s.response].unit); }

std::string interval_words(Analysis const& a, Subject const& s, double lo, double hi) {
  return "95 % interval " + range(lo, hi) + unit_of(a, s);
}

std::string mean_sentence(Analysis const& a, Subject const& s, PairedDifference const& p) {
  std::string const treatment = label_of(a.schema.treatments[s.treatment]);
  std::string const against = " against " + label_of(a.schema.treatments[a.reference]);
  std::string const what = thing(a, s);
  if (p.n == 0) return "No pair of histories finished under " + treatment + against + ": nothing can be said about " + what + ".";
  if (p.exactly_zero) {
    return treatment + against + " made no difference at all to " + what + ": all " +
           count_of(p.n, "pair of histories is", "pairs of histories are") + " equal to the last bit.";
  }
  std::string const relative = std::isnan(p.relative) ? "" : ", " + signed_number(100 * p.relative) + " % of the reference";
  std::string const size = signed_number(p.mean) + unit_of(a, s) + relative;
  if (std::isnan(p.lo) && unit_futures(a.schema) > 1) {
    return treatment + against + ": over the " + count_of(p.futures, "future", "futures") + " of the design " + what + " differs by " + size +
           " on average; they are one independent unit, so there is no interval.";
  }
  if (std::isnan(p.lo)) {
    return treatment + against + ": the only finished pair of histories differs by " + size + " in " + what +
           "; one pair says nothing about the mean.";
  }
  std::string const interval = interval_words(a, s, p.lo, p.hi) + " for the mean";
  if (contains_zero(p.lo, p.hi)) {
    return "No detectable change in " + what + " from " + treatment + against + ": mean difference " + size + ", " + interval +
           ", which contains zero.";
  }
  return "In the model, " + treatment + (p.mean < 0 ? " lowered " : " raised ") + what + against + " by " +
         number(std::fabs(p.mean)) + unit_of(a, s) + " (" +
         (std::isnan(p.relative) ? "" : signed_number(100 * p.relative) + " % of the reference mean of " +
                                            number(p.reference_mean) + unit_of(a, s) + "; ") +
         (is_improvement(a, s, p.mean) ? "an improvement" : "a deterioration") + "); " + interval + ", which excludes zero.";
}

std::string design_sentence(Analysis const& a, PairedDifference const& p) {
  if (unit_futures(a.schema) == 1 || p.n == 0 || p.exactly_zero) return "";
  std::string const of = count_of(p.units, "independent unit", "independent units") + " of " + count_of(p.futures, "future", "futures");
  if (has_prior_draws(a.schema.sampling)) return "The interval rests on " + of + ": the futures of a row of Saltelli's layout share their draws.";
  return "This describes the points of a design of type " + a.schema.sampling.type + " (" + of + ") and is no estimate of the mean under the priors.";
}

std::string smallest_effect_sentence(Analysis const& a, Subject const& s, Difference const& d) {
  auto const& p = d.value;
  auto const& test = d.inference.equivalence;
  if (p.n == 0 || p.exactly_zero || std::isnan(p.lo)) return "";
  if (!(test.bound > 0)) return "The reference mean is zero, so the change cannot be weighed against it.";
  std::string const yardstick =
      "the smallest effect of interest, " + percent(a.smallest_effect) + " of the reference (" + number(test.bound) + unit_of(a, s) + ")";
  switch (test.verdict) {
    case Verdict::negligible:
      return "The change is negligible: a test of equivalence at 5 % shows that the mean, if it changes, changes by less than " + yardstick +
             ", too little to matter.";
    case Verdict::larger:
    case Verdict::smaller:
      return "The whole 95 % interval lies beyond " + yardstick + ".";
    case Verdict::unclear: break;
  }
  if (contains_zero(p.lo, p.hi)) {
    return "Neither a change beyond " + yardstick + ", nor one within it is shown: a change that matters is not excluded either.";
  }
  return "Whether the change lies beyond " + yardstick + ", or within it is not shown: it is open whether the change is large enough to matter.";
}

std::string futures_sentence(Analysis const& a, Subject const& s, PairedDifference const& p) {
  if (p.n == 0 || p.exactly_zero) return "";
  if (p.futures < 2) return "All histories share one draw of the uncertain factors, so nothing is known about the spread over futures.";
  std::string text = "Over " + count_of(p.futures, "future", "futures") +
                     (has_prior_draws(a.schema.sampling) ? " (draws of the uncertain factors)" : " (points of the design, no draws of the priors)") + " the middle 95 % of the mean differences run from " +
                     range(p.predictive_lo, p.predictive_hi) + unit_of(a, s) + "; the treatment is better in " +
                     percent(p.share_better) + " of the futures, equal in " + percent(p.share_equal) + " and worse in " +
                     percent(p.share_worse) + ".";
  if (std::isnan(p.future_sd)) return text;
  if (p.future_sd == 0) return text + " That spread is no wider than Monte Carlo noise alone would make it.";
  return text + " Without Monte Carlo noise the true effect differs between futures with a standard deviation of " +
         number(p.future_sd) + unit_of(a, s) + "; the Monte Carlo standard error of the mean is " + number(p.monte_carlo_se) +
         unit_of(a, s) + ".";
}

std::string tail_sentence(Analysis const& a, Subject const& s, PairedDifference const& p) {
  if (p.n == 0 || p.exactly_zero || std::isnan(p.cvar95.lo)) return "";
  bool const open = contains_zero(p.cvar95.lo, p.cvar95.hi);
  return "In the worst 5 % of histories the mean (CVaR95) changes by " + signed_number(p.cvar95.mean) + unit_of(a, s) + " (" +
         interval_words(a, s, p.cvar95.lo, p.cvar95.hi) + (open ? "): no detectable change in the tail." : ").");
}

}  // namespace analysis
