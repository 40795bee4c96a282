#include <algorithm>
#include <cmath>

#include "analysis/estimators/student.hpp"
#include "analysis/report/headline.hpp"
#include "analysis/report/sentences.hpp"
#include "analysis/report/words.hpp"

namespace analysis {
namespace {

constexpr std::size_t most_named = 3;

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
  if (auto const others = best.effect->aliases.size(); others != 0)
    name += " (with " + std::to_string(others) + " other " + (others == 1 ? "term" : "terms") + " that the design cannot tell from it)";
  auto const& e = best.effect->value.effect;
  if (best.effect->value.exactly_zero) return name + " (exactly zero)";
  std::string const size = name + ": " + signed_number(e.mean) + unit_of(a, s);
  if (std::isnan(e.lo)) return size + (unit_futures(a.schema) > 1 ? " (one independent unit, no interval)" : " (one history, no interval)");
  std::string verdict = "not detectable";
  if (!contains_zero(e.lo, e.hi)) {
    verdict = survives(e, best.compared) ? "detectable"
                                         : "not detectable once it is allowed for that it is the largest of " +
                                               std::to_string(best.compared);
  }
  return size + " (" + interval_words(a, s, e.lo, e.hi) + ", " + verdict + ")";
}

// "the 39 other members", "all 71 nations, the treated included,"; `all`: no nation is left out as treated.
std::string group_words(Spillover const& x, bool all) {
  std::string const count = std::to_string(x.nations), plural = x.nations == 1 ? "" : "s", other = all ? " " : " other ";
  if (x.group == Group::total) return "all " + count + " nations" + (all ? "" : ", the treated included,");
  if (x.group == Group::adversaries) return "the " + count + (x.nations == 1 ? " home" : " homes") + " of rivals";
  return "the " + count + other + (x.group == Group::members ? "member" : "non-member") + plural;
}

}  // namespace

std::string factorial_sentence(Analysis const& a, Subject const& s) {
  Largest const main_effect = largest(a, s, true);
  if (main_effect.effect == nullptr) return "";
  std::string text = "Of the single levers the largest mean effect is that of " + effect_words(a, s, main_effect);
  Largest const interaction = largest(a, s, false);
  if (interaction.effect != nullptr) text += "; the largest interaction is " + effect_words(a, s, interaction);
  return text + ".";
}

std::string league_sentence(Analysis const& a) {
  for (League const& league : a.leagues) {
    if (league.kind != League::Kind::own) continue;
    std::vector<LeagueRow const*> better, worse;
    for (LeagueRow const& row : league.rows) {
      if (!(row.holm_p < 1 - interval_level)) continue;
      (is_improvement(a, {league.response, row.nation, row.treatment}, row.change.mean) ? better : worse).push_back(&row);
    }
    auto const side = [&](std::vector<LeagueRow const*>& rows, std::string const& word) {
      auto const size = [](LeagueRow const* row) { return std::isnan(row->relative) ? 0.0 : std::fabs(row->relative); };
      std::stable_sort(rows.begin(), rows.end(), [&](auto const* x, auto const* y) { return size(x) > size(y); });
      std::vector<std::string> named;
      for (std::size_t i = 0; i < std::min(rows.size(), most_named); ++i)
        named.push_back(nation_name(a.schema, rows[i]->nation) + (std::isnan(rows[i]->relative) ? "" : " " + signed_number(100 * rows[i]->relative) + " %"));
      return (rows.size() == 1 ? " is " : " are ") + word + " off" + (named.empty() ? "" : " (" + std::string(rows.size() > named.size() ? "most of all " : "") + enumeration(named) + ")");
    };
    std::string const what = "In " + phrase(a.schema.responses[league.response].name) + ", ", family = std::to_string(league.family) + " tests (Holm).";
    std::string const nations = count_of(league.rows.size(), "nation", "nations") + ", each under the treatment that moves it alone";
    if (better.empty() && worse.empty()) return what + "of " + nations + ", none has a change that can be told from chance, once it is allowed for " + family;
    return what + "of " + nations + ", " + std::to_string(better.size()) + side(better, "better") + " and " + std::to_string(worse.size()) + side(worse, "worse") + ", once it is allowed for " + family;
  }
  return "";
}

std::string spillover_sentence(Analysis const& a, Subject const& s) {
  std::vector<std::string> parts;
  for (auto const& x : a.spillovers) {
    if (x.subject.response != s.response || x.subject.treatment != s.treatment || x.group == Group::world) continue;
    std::string const who = group_words(x, a.treated.empty());
    if (x.exactly_zero) {
      parts.push_back(who + " see exactly none");
    } else if (std::isnan(x.change.lo)) {
      parts.push_back(who + " cannot be judged");
    } else {
      parts.push_back(who + " together change by " + signed_number(x.change.mean) + unit_of(a, s) + " (" +
                      interval_words(a, s, x.change.lo, x.change.hi) +
                      (contains_zero(x.change.lo, x.change.hi) ? ", not detectable)" : ", detectable)"));
    }
  }
  return parts.empty() ? "" : (a.treated.empty() ? "By group in the same response: " : "Spillover in the same response: ") + enumeration(parts) + ".";
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

std::string control_sentence(Analysis const& a) {
  if (!a.schema.mechanisms_on.empty()) return "";
  std::size_t differ = 0;
  for (auto const& d : a.differences) differ += d.value.n != 0 && !d.value.exactly_zero;
  for (auto const& s : a.spillovers) differ += s.pairs != 0 && !s.exactly_zero;
  std::size_t const all = a.differences.size() + a.spillovers.size();
  if (differ == 0) {
    return "Negative control: with all mechanisms off, all " + count_of(all, "comparison", "comparisons") +
           " of all treatments are exactly zero, as they must be.";
  }
  return "WARNING: all mechanisms are off, yet " + std::to_string(differ) + " of " + count_of(all, "comparison", "comparisons") +
         " are not exactly zero: something other than the mechanisms acts, and no result of this build should be trusted.";
}

std::string count_sentence(Counts const& c) {
  if (c.done == c.planned) return "All " + count_of(c.planned, "planned history", "planned histories") + " finished.";
  return "Of " + count_of(c.planned, "planned history", "planned histories") + " " + std::to_string(c.done) + " finished, " +
         std::to_string(c.failed) + " failed, " + std::to_string(c.censored) + " were censored and " + std::to_string(c.missing) +
         " are missing; every comparison leaves these out together with their partners.";
}

}  // namespace analysis
