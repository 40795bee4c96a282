#include <algorithm>
#include <cmath>

#include "analysis/report/analysis.hpp"
#include "analysis/report/sentences.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/words.hpp"

namespace analysis {
namespace {

constexpr std::size_t most_named = 3;

std::string labels(Analysis const& a, std::vector<std::size_t> const& treatments) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(most_named, treatments.size()); ++i) names.push_back(label_of(a.schema.treatments[treatments[i]]));
  if (treatments.size() > most_named) names.push_back(std::to_string(treatments.size() - most_named) + " more");
  return enumeration(names);
}

// "'as it happened' by mean, maximin and CVaR95"
std::string choice_sentence(Analysis const& a) {
  auto const& r = a.robustness;
  std::string text;
  std::size_t tied = 0;
  std::vector<std::size_t> chosen;
  for (auto const& c : r.choices) {
    tied += !c.tied_with.empty();
    if (std::find(chosen.begin(), chosen.end(), c.treatment) == chosen.end()) chosen.push_back(c.treatment);
  }
  for (std::size_t const t : chosen) {
    std::vector<std::string> criteria;
    for (auto const& c : r.choices)
      if (c.treatment == t) criteria.push_back(words_of(c.criterion));
    text += (text.empty() ? "" : "; ") + label_of(a.schema.treatments[t]) + " by " + (chosen.size() == 1 ? "all " + std::to_string(criteria.size()) + " criteria" : enumeration(criteria));
  }
  std::string const over = "over " + count_of(r.futures, "future", "futures") + " that all " + std::to_string(r.numbers.size()) + " treatments share";
  if (std::all_of(r.numbers.begin(), r.numbers.end(), [](Robust const& n) { return n.max_regret == 0; }))
    return "There is nothing to choose for " + thing(a, *r.subject) + ": " + over + ", it is the same under each.";
  if (tied == r.choices.size())
    return "Which treatment is best for " + thing(a, *r.subject) + " is open: " + over + ", none of " + std::to_string(tied) + " criteria can tell the one ahead (" + text + ") from all others.";
  text = "The choice for " + thing(a, *r.subject) + ", " + over + ", is " + text + ".";
  if (tied == 0) return text + " Each is ahead of every other treatment in at least 97.5 % of resamples, one comparison at a time" + (r.futures > most_resampled ? " (of the first " + count_of(most_resampled, "future", "futures") + ")" : std::string()) + ".";
  return text + " By " + std::to_string(tied) + " of the " + std::to_string(r.choices.size()) + " criteria it cannot be told from at least one other treatment.";
}

std::string ties_sentence(Analysis const& a) {
  std::string text;
  for (auto const& c : a.robustness.choices)
    if (!c.tied_with.empty()) text += (text.empty() ? "" : "; ") + words_of(c.criterion) + ": " + labels(a, c.tied_with);
  return text.empty() ? "" : "Not to be told from the choice by " + text + ".";
}

std::string front_sentence(Analysis const& a) {
  auto const& r = a.robustness;
  if (!r.cost) return "";
  std::vector<std::size_t> front;
  for (std::size_t t = 0; t < r.dominated_by.size(); ++t)
    if (!r.dominated_by[t]) front.push_back(t);
  return count_of(front.size(), "treatment is", "treatments are") + " not beaten in both " + phrase(a.schema.responses[r.subject->response].name) + " and " + phrase(a.schema.responses[*r.cost].name) + ": " +
         labels(a, front) + ".";
}

std::string satisficing_sentence(Analysis const& a) {
  auto const& r = a.robustness;
  auto const& response = a.schema.responses[r.subject->response];
  auto const& reference = r.numbers[a.reference].satisficing;
  std::size_t const chosen = a.headline.subject->treatment;
  return "Good enough is " + thing(a, *r.subject) + " of at " + (response.higher_is_worse ? "most " : "least ") + amount(r.threshold, response.unit) + " (" + r.threshold_words + "): the share of futures is " +
         percent(r.numbers[chosen].satisficing.mean) + " under " + label_of(a.schema.treatments[chosen]) + " and " + percent(reference.mean) + " under " + label_of(a.schema.treatments[a.reference]) + ".";
}

std::string number_or_dash(double x) { return std::isnan(x) ? "-" : number(x); }

}  // namespace

std::string words_of(Criterion criterion) {
  switch (criterion) {
    case Criterion::mean: return "mean";
    case Criterion::maximin: return "worst future";
    case Criterion::hurwicz: return "middle of best and worst future";
    case Criterion::cvar95: return "mean of the worst 5 % of futures";
    case Criterion::minimax_regret: return "largest regret";
    case Criterion::regret90: return "90 % quantile of regret";
    case Criterion::mean_regret: return "mean regret";
    case Criterion::satisficing: return "share of futures that are good enough";
    case Criterion::mean_deviation: return "mean with one standard deviation to the bad side";
  }
  return "unknown";
}

std::vector<std::string> robustness_sentences(Analysis const& a) {
  auto const& r = a.robustness;
  if (!r.subject) return {r.note};
  std::vector<std::string> all{choice_sentence(a)};
  for (auto const& text : {ties_sentence(a), satisficing_sentence(a), front_sentence(a)})
    if (!text.empty()) all.push_back(text);
  if (r.left_out > 0) all.push_back(count_of(r.left_out, "future is", "futures are") + " left out: not every treatment has a finished history there.");
  return all;
}

std::string robustness_text(Analysis const& a) {
  auto const& r = a.robustness;
  if (!r.subject) return "";
  auto const& response = a.schema.responses[r.subject->response];
  std::string out = "\nRobustness over futures, " + response.name + " [" + response.unit + "]; regret: what the best treatment of the same future would spare\n";
  for (auto const& sentence : robustness_sentences(a)) out += wrapped(sentence, "- ");
  auto const cell = [](std::string const& text, std::size_t width = 10) { return " " + column(text, width, true); };
  out += "  " + column("treatment", 40) + cell("mean") + cell("worst") + cell("CVaR95") + cell("max regr.") + cell("mean regr.") + cell("enough", 8) + cell(r.cost ? "cost" : "", 9) + "\n";
  for (std::size_t t = 0; t < r.numbers.size(); ++t) {
    auto const& n = r.numbers[t];
    out += "  " + column(a.schema.treatments[t].name, 40) + cell(number_or_dash(n.mean.mean)) + cell(number_or_dash(n.worst)) + cell(number_or_dash(n.cvar95)) + cell(number_or_dash(n.max_regret)) +
           cell(number_or_dash(n.mean_regret.mean)) + cell(percent(n.satisficing.mean), 8);
    if (r.cost) out += cell(number_or_dash(r.costs[t].mean), 9) + (r.dominated_by[t] ? "" : " *");
    out += "\n";
  }
  return out + (r.cost ? "  *: no other treatment is clearly better in one of the two and not clearly worse in the other\n" : "");
}

}  // namespace analysis
