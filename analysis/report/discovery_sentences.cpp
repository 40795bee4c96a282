#include <cmath>

#include "analysis/report/analysis.hpp"
#include "analysis/report/headline.hpp"
#include "analysis/report/limit_words.hpp"
#include "analysis/report/sentences.hpp"
#include "analysis/report/words.hpp"

namespace analysis {
namespace {

// Below, a box less clear than that of docs/methods/discovery.md is often missed among many factors.
constexpr std::size_t few_futures = 200;

std::string of_all(Tally const& t) { return std::to_string(t.cases) + " of " + std::to_string(t.n); }

// "92 % of futures (92 of 100; 95 % interval 85 to 96 %)"
std::string share_words(Estimate const& share, Tally const& t) {
  std::string text = percent(share.mean) + " of futures (" + of_all(t);
  if (!std::isnan(share.lo)) text += "; 95 % interval " + number(100 * share.lo) + " to " + percent(share.hi);
  return text + ")";
}

// The share of futures that are no cases.
Estimate complement(Estimate const& e) { return {e.n, 1 - e.mean, 1 - e.hi, 1 - e.lo}; }
Tally complement(Tally const& t) { return {t.n, t.n - t.cases}; }

// How cases are told: what is counted is that it helps or is met, but of harm that it hurts.
struct Told {
  std::string first, counted, in_a_case;
  bool of_others = true;
  template <class Share>
  Share turned(Share const& s) const { return of_others ? complement(s) : s; }
};

Told told_of(Sought sought) {
  switch (sought) {
    case Sought::level: return {"It is missed above all where ", "it is met", "it is not"};
    case Sought::harm: return {"It hurts above all where ", "it hurts", "it does", false};
    case Sought::no_help: break;
  }
  return {"It does not help above all where ", "it helps", "it does not"};
}

std::string share_sentence(Analysis const& a) {
  auto const& d = a.discovery;
  Subject const& s = *d.subject;
  std::string const treatment = label_of(a.schema.treatments[s.treatment]), share = share_words(d.helps, d.helped);
  bool const higher_is_worse = a.schema.responses[s.response].higher_is_worse;
  if (d.sought == Sought::level) return "Under " + treatment + " " + thing(a, s) + " is at " + (higher_is_worse ? "most " : "least ") + amount(d.threshold, a.schema.responses[s.response].unit) + " in " + share + ".";
  std::string text = treatment + " improves " + thing(a, s);
  if (d.threshold > 0) text += " by at least the smallest effect of interest (" + amount(d.threshold, a.schema.responses[s.response].unit) + ")";
  text += " in " + share + "; it hurts" + (d.threshold > 0 ? " by as much" : "") + " in " + percent(d.hurts.mean);
  if (!std::isnan(d.hurts.lo)) text += " (" + number(100 * d.hurts.lo) + " to " + percent(d.hurts.hi) + ")";
  return text + ".";
}

std::string box_sentence(Analysis const& a, DiscoveredBox const& box, bool is_first) {
  auto const& d = a.discovery;
  Told const told = told_of(d.sought);
  std::string text = (is_first ? told.first : "Outside of that, also where ");
  if (!box.is_confirmed) text = "Unconfirmed by futures that the search had not seen: " + std::string(is_first ? "it" : "outside") + text.substr(is_first ? 2 : 7);
  text += limits_phrase(a.schema, box.limits) + ": there " + told.counted + " in " + share_words(told.turned(box.density), told.turned(box.numbers.tally)) + ". ";
  text += "This box holds " + percent(box.mass) + " of all futures and " + percent(box.coverage) + " of those in which " + told.in_a_case + ".";
  if (box.held_out.n > 0)
    text += " Of futures that the search had not seen, " + told.counted + " in " + share_words(told.turned(box.held_out), told.turned(box.numbers.held_out.inside)) + " inside such boxes, against " +
            percent(told.turned(d.base).mean) + " of all.";
  auto const& unseen = box.numbers.held_out;
  if (box.held_out.n == 0)
    text += unseen.without_box == unseen.folds ? " Without a fifth of the futures no box is found again, so nothing unseen confirms it."
                                               : " No future that the search had not seen lies in a box found without it, so nothing unseen confirms it.";
  else if (unseen.without_box > 0)
    text += " " + std::to_string(unseen.without_box) + " of these " + std::to_string(unseen.folds) + " searches found no box.";
  return text;
}

// "0 of 99 searches with shuffled outcomes gave a box as good (p <= 0.01)"
std::string shuffles_words(double chance) {
  DoubtOptions const options;
  auto const as_good = static_cast<std::size_t>(chance * static_cast<double>(options.shuffles + 1) + 0.5) - 1;  // the real one is counted in `chance`
  return std::to_string(as_good) + " of " + std::to_string(options.shuffles) + " searches with shuffled outcomes gave a box as good (p <= " + number(chance) + ")";
}

std::string stability_sentence(Analysis const& a, DiscoveredBox const& box) {
  std::vector<std::string> parts;
  for (auto const& l : box.limits) {
    double const again = std::isnan(l.found_again.lo) ? l.found_again.hi : std::isnan(l.found_again.hi) ? l.found_again.lo : std::min(l.found_again.lo, l.found_again.hi);
    parts.push_back("that on " + factor_phrase(a.schema.factors[l.factor]) + " in " + percent(again));
  }
  auto const& stability = box.numbers.stability;
  return "Of " + std::to_string(stability.resamples) + " searches among four fifths of the futures " + percent(stability.any_box) + " find a box; they find " + (parts.size() == 1 ? "its limit, " : "its limits, ") + enumeration(parts) + "; " + shuffles_words(box.numbers.chance) + ".";
}

// Why no box is shown.
std::string no_box_sentence(ScenarioDiscovery const& d) {
  std::string const cases = d.sought == Sought::level ? "is missed" : case_words(d.sought);
  DiscoverOptions const options;
  switch (d.found.hindrance) {
    case Hindrance::no_case: return "There is no future in which it " + cases + ", so there is nothing to look for.";
    case Hindrance::all_cases: return "It " + cases + (d.sought == Sought::no_help ? " in any" : " in every") + " future, so no limits on the factors tell futures apart.";
    case Hindrance::no_factor: return "No uncertain factor varies between futures, so there is nothing to say about when it " + cases + ".";
    case Hindrance::too_few:
      return "Too few futures " + std::string(d.futures < options.fewest_futures ? "" : "of one kind ") + "to say when it " + cases + ": of " + count_of(d.futures, "future", "futures") + " " + std::to_string(d.found.all.cases) + " are such cases, and at least " +
             std::to_string(options.fewest_futures) + " futures with " + std::to_string(options.fewest_of_a_kind) + " of either kind are needed.";
    case Hindrance::none: break;
  }
  return "No limits on up to " + std::to_string(options.prim.most_limits) + " of the " + count_of(d.factors, "factor that varies", "factors that vary") +
         " tell where it " + cases + " better than chance would: no box found" + (d.futures < few_futures ? ", which with so few futures is weak evidence that there is none." : ".");
}

std::string tree_sentence(Analysis const& a) {
  auto const& d = a.discovery;
  if (d.leaves.size() < 2) return "";
  auto const &first = d.leaves.front(), &last = d.leaves.back();
  return "A classification tree makes " + std::to_string(d.leaves.size()) + " groups: " + std::string(d.sought == Sought::level ? "missed" : d.sought == Sought::harm ? "harm" : "no help") + " in " + percent(first.share.mean) + " of futures (" + of_all(first.tally) +
         ") where " + limits_phrase(a.schema, first.limits) + ", in " + percent(last.share.mean) + " (" + of_all(last.tally) + ") where " + limits_phrase(a.schema, last.limits) + ".";
}

std::string unclear_sentence(ScenarioDiscovery const& d) {
  if (!(d.unclear > 0)) return std::isnan(d.unclear) && d.futures > 0 ? "With one replication a future, chance within a future cannot be told from what its factors do." : "";
  return "In " + percent(d.unclear) + " of the futures their own replications leave open on which side they are (95 % interval): such labels are partly chance, which blurs boxes and hides weak ones.";
}

}  // namespace

std::vector<std::string> discovery_headline(Analysis const& a) {
  auto const& d = a.discovery;
  if (!d.subject || d.futures == 0) return {};
  std::vector<std::string> all{share_sentence(a)};
  if (d.boxes.empty()) all.push_back(no_box_sentence(d));
  for (auto const& box : d.boxes) all.push_back(box_sentence(a, box, &box == &d.boxes.front()));
  return all;
}

std::vector<std::string> discovery_sentences(Analysis const& a) {
  auto const& d = a.discovery;
  if (!d.subject) return {d.note};
  if (d.futures == 0) return {"No future has a finished pair of histories, so nothing can be said."};
  auto all = discovery_headline(a);
  for (auto const& box : d.boxes) {
    all.push_back(stability_sentence(a, box));
    all.push_back(meanings(a.schema, box.limits));
  }
  for (auto const& text : {tree_sentence(a), unclear_sentence(d)})
    if (!text.empty()) all.push_back(text);
  if (d.dependent > 0)
    all.push_back("The " + count_of(d.dependent, "future", "futures") + " of the design that are no independent draws of the factors are not used: of Saltelli's layout only the futures A are.");
  if (d.left_out > 0) all.push_back(count_of(d.left_out, "future is", "futures are") + " left out: without a finished pair of histories there is no outcome.");
  if (d.found.searched > 0 && d.found.searched < d.futures)
    all.push_back("Searched were the first " + count_of(d.found.searched, "future", "futures") + "; boxes are counted over all.");
  return all;
}

}  // namespace analysis
