#include "analysis/report/headline.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/student.hpp"
#include "analysis/report/words.hpp"

namespace analysis {
namespace {

bool contains_zero(double lo, double hi) { return lo <= 0 && hi >= 0; }

std::string label_of(sim::Treatment const& t) { return "'" + (t.label.empty() ? t.name : t.label) + "'"; }

std::string nation_name(Analysis const& a, std::size_t nation) {
  return nation < a.schema.nation_names.size() ? a.schema.nation_names[nation] : a.schema.nations[nation];
}

std::string thing(Analysis const& a, Subject const& s) {
  std::string const response = phrase(a.schema.responses[s.response].name);
  return s.nation ? nation_name(a, *s.nation) + "'s " + response : "the world's " + response;
}

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

std::string smallest_effect_sentence(Analysis const& a, Subject const& s, PairedDifference const& p) {
  if (p.n == 0 || p.exactly_zero || std::isnan(p.lo)) return "";
  double const margin = a.smallest_effect * std::fabs(p.reference_mean);
  if (!(margin > 0)) return "The reference mean is zero, so the change cannot be weighed against it.";
  std::string const yardstick =
      "the smallest effect of interest, " + percent(a.smallest_effect) + " of the reference (" + number(margin) + unit_of(a, s) + ")";
  if (p.lo > -margin && p.hi < margin) {
    return "The whole interval lies within " + yardstick + ": if the mean changes, it changes by too little to matter.";
  }
  if (p.lo >= margin || p.hi <= -margin) return "The whole interval lies beyond " + yardstick + ".";
  if (contains_zero(p.lo, p.hi)) {
    return "The interval reaches beyond " + yardstick + ", so a change that matters is not excluded either.";
  }
  return "The interval reaches across " + yardstick + ", so it is open whether the change is large enough to matter.";
}

std::string futures_sentence(Analysis const& a, Subject const& s, PairedDifference const& p) {
  if (p.n == 0 || p.exactly_zero) return "";
  if (p.futures < 2) return "All histories share one draw of the uncertain factors, so nothing is known about the spread over futures.";
  std::string text = "Over " + count_of(p.futures, "future", "futures") +
                     " (draws of the uncertain factors) the middle 95 % of the mean differences run from " +
                     range(p.predictive_lo, p.predictive_hi) + unit_of(a, s) + "; the treatment is better in " +
                     percent(p.share_better) + " of the futures, equal in " + percent(p.share_equal) + " and worse in " +
                     percent(p.share_worse) + ".";
  if (std::isnan(p.future_sd)) return text;
  if (p.future_sd == 0) return text + " That spread is no wider than Monte Carlo noise alone would make it.";
  return text + " Without Monte Carlo noise the true effect differs between futures with a standard deviation of " +
         number(p.future_sd) + unit_of(a, s) + "; the Monte Carlo standard error of the mean is " + number(p.monte_carlo_se) +
         unit_of(a, s) + ".";
}

// The term of largest effect among main effects or interactions, and how many were compared to find it.
struct Largest {
  Effect const* effect = nullptr;
  std::size_t compared = 0;
};

Largest largest(Analysis const& a, Subject const& s, bool main_effect) {
  Largest best;
  for (auto const& e : a.effects) {
    if (e.subject.response != s.response || e.subject.nation != s.nation) continue;
    if ((e.terms.size() == 1) != main_effect || std::isnan(e.value.effect.mean)) continue;
    ++best.compared;
    if (best.effect == nullptr || std::fabs(e.value.effect.mean) > std::fabs(best.effect->value.effect.mean)) best.effect = &e;
  }
  return best;
}

// Whether an interval still excludes zero when `compared` of them were looked at (Bonferroni's bound).
bool survives(Estimate const& e, std::size_t compared) {
  double const tail = (1 - interval_level) / 2;
  double const wider = student_quantile(1 - tail / static_cast<double>(compared), e.n - 1) / student_quantile(1 - tail, e.n - 1);
  double const half = (e.hi - e.lo) / 2 * wider;
  return !contains_zero(e.mean - half, e.mean + half);
}

std::string effect_words(Analysis const& a, Subject const& s, Largest const& best) {
  std::string name;
  for (auto const& t : best.effect->terms) name += (name.empty() ? "" : " x ") + phrase(t);
  auto const& e = best.effect->value.effect;
  if (e.lo == 0 && e.hi == 0) return name + " (exactly zero)";
  std::string const size = name + ": " + signed_number(e.mean) + unit_of(a, s);
  if (std::isnan(e.lo)) return size + " (one history, no interval)";
  std::string verdict = "not detectable";
  if (!contains_zero(e.lo, e.hi)) {
    verdict = survives(e, best.compared) ? "detectable"
                                         : "not detectable once it is allowed for that it is the largest of " +
                                               std::to_string(best.compared);
  }
  return size + " (" + interval_words(a, s, e.lo, e.hi) + ", " + verdict + ")";
}

std::string factorial_sentence(Analysis const& a, Subject const& s) {
  Largest const main_effect = largest(a, s, true);
  if (main_effect.effect == nullptr) return "";
  std::string text = "Of the single levers the largest mean effect is that of " + effect_words(a, s, main_effect);
  Largest const interaction = largest(a, s, false);
  if (interaction.effect != nullptr) text += "; the largest interaction is " + effect_words(a, s, interaction);
  return text + ".";
}

std::string spillover_sentence(Analysis const& a, Subject const& s) {
  std::vector<std::string> parts;
  for (auto const& x : a.spillovers) {
    if (x.subject.response != s.response || x.subject.treatment != s.treatment || x.group == Group::world) continue;
    std::string const who = "the " + std::to_string(x.nations) + (x.group == Group::members ? " other members" : " other non-members");
    if (x.change.lo == 0 && x.change.hi == 0) {
      parts.push_back(who + " see exactly none");
    } else if (std::isnan(x.change.lo)) {
      parts.push_back(who + " cannot be judged");
    } else {
      parts.push_back(who + " together change by " + signed_number(x.change.mean) + unit_of(a, s) + " (" +
                      interval_words(a, s, x.change.lo, x.change.hi) +
                      (contains_zero(x.change.lo, x.change.hi) ? ", not detectable)" : ", detectable)"));
    }
  }
  return parts.empty() ? "" : "Spillover in the same response: " + enumeration(parts) + ".";
}

std::string tail_sentence(Analysis const& a, Subject const& s, PairedDifference const& p) {
  if (p.n == 0 || p.exactly_zero || std::isnan(p.cvar95.lo)) return "";
  bool const open = contains_zero(p.cvar95.lo, p.cvar95.hi);
  return "In the worst 5 % of histories the mean (CVaR95) changes by " + signed_number(p.cvar95.mean) + unit_of(a, s) + " (" +
         interval_words(a, s, p.cvar95.lo, p.cvar95.hi) + (open ? "): no detectable change in the tail." : ").");
}

std::string placebo_sentence(Placebo const& p) {
  if (p.pairs == 0) return "";
  std::string const date = p.first_difference ? sim::to_string(*p.first_difference) : "the end";
  if (p.equal_before == p.pairs) {
    return "Check: before " + date + ", the first date on which treatments differ, all " + count_of(p.pairs, "pair", "pairs") +
           " of histories are identical, so what differs afterwards comes from the levers.";
  }
  return "WARNING: " + count_of(p.pairs - p.equal_before, "pair", "pairs") + " of " + std::to_string(p.pairs) +
         " differ before " + date + ", the first date on which treatments differ: the histories are not paired as they should be, " +
         "and the differences must not be trusted.";
}

std::string count_sentence(Counts const& c) {
  if (c.done == c.planned) return "All " + count_of(c.planned, "planned history", "planned histories") + " finished.";
  return "Of " + count_of(c.planned, "planned history", "planned histories") + " " + std::to_string(c.done) + " finished, " +
         std::to_string(c.failed) + " failed, " + std::to_string(c.censored) + " were censored and " + std::to_string(c.missing) +
         " are missing; every comparison leaves these out together with their partners.";
}

std::size_t pick_treatment(Analysis const& a, Options const& options) {
  if (!options.headline_treatment.empty()) return treatment_index(a.schema, options.headline_treatment);
  auto const& all = a.schema.treatments;
  std::size_t last = a.reference;
  for (std::size_t t = 0; t < all.size(); ++t) {
    if (t == a.reference) continue;
    last = t;
    auto const& levels = all[t].levels;
    bool const full = !levels.empty() && levels.size() == a.schema.levers.size();
    if (full && std::all_of(levels.begin(), levels.end(), [](int l) { return l != 0; })) return t;
  }
  return last;
}

std::size_t pick_response(Analysis const& a, Options const& options) {
  if (!options.headline_response.empty()) return response_index(a.schema, options.headline_response);
  for (std::size_t const r : a.responses) {
    if (a.schema.responses[r].name == "resilience_loss") return r;
  }
  return a.responses.front();
}

}  // namespace

bool is_improvement(Analysis const& a, Subject const& subject, double change) {
  return (change < 0) == a.schema.responses[subject.response].higher_is_worse;
}

Difference const* find_difference(Analysis const& a, Subject const& s) {
  for (auto const& d : a.differences) {
    if (d.subject.response == s.response && d.subject.nation == s.nation && d.subject.treatment == s.treatment) return &d;
  }
  return nullptr;
}

Headline headline(Analysis const& a, Options const& options) {
  Headline h;
  Difference const* difference = nullptr;
  if (!a.responses.empty()) {
    Subject s{pick_response(a, options), std::nullopt, pick_treatment(a, options)};
    if (a.schema.responses[s.response].per_nation && !a.nations.empty()) s.nation = a.nations.front();
    difference = find_difference(a, s);
  }
  if (difference == nullptr) {
    h.sentences = {"There is nothing to compare: the analysis has no treatment beside the reference, or no response.",
                   count_sentence(a.counts)};
    h.caveats = caveats(a, nullptr);
    return h;
  }
  Subject const s = difference->subject;
  PairedDifference const& p = difference->value;
  h.subject = s;
  for (auto const& sentence :
       {mean_sentence(a, s, p), smallest_effect_sentence(a, s, p), futures_sentence(a, s, p), factorial_sentence(a, s),
        spillover_sentence(a, s), tail_sentence(a, s, p), placebo_sentence(a.placebo), count_sentence(a.counts)}) {
    if (!sentence.empty()) h.sentences.push_back(sentence);
  }
  h.caveats = caveats(a, &s);
  return h;
}

}  // namespace analysis
