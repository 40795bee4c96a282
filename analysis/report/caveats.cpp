#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/report/headline.hpp"
#include "analysis/report/histories.hpp"
#include "analysis/report/stopping_words.hpp"
#include "analysis/report/words.hpp"
#include "sim/base/names.hpp"

namespace analysis {
namespace {

constexpr std::size_t few_futures = 30;
constexpr double tail_needed = 20;  // histories in the tail below which its interval is too narrow

std::string factor_caveat(sim::ResultSchema const& schema) {
  if (schema.factors.empty()) return "No factor is uncertain in this study: the answer holds for one setting of every parameter.";
  std::map<char, std::size_t> by_grade;
  for (auto const& f : schema.factors) ++by_grade[static_cast<char>(f.grade)];
  std::map<char, std::string> const meaning{{'A', "measured in the record"},
                                            {'B', "reported by one source"},
                                            {'C', "expert bounds"},
                                            {'D', "assumptions"}};
  std::vector<std::string> parts;
  for (auto const& [grade, n] : by_grade) {
    auto const found = meaning.find(grade);
    parts.push_back(std::to_string(n) + " of grade " + std::string(1, grade) +
                    (found == meaning.end() ? "" : " (" + found->second + ")"));
  }
  return "The " + count_of(schema.factors.size(), "uncertain factor is drawn from a prior", "uncertain factors are drawn from priors") +
         ", not fitted to these results: " + enumeration(parts) +
         ". The spread over futures shows what these priors leave open; it is not a probability about the real world.";
}

constexpr std::size_t texts_shown = 6;

// What the futures of a study have in common beside their priors.
std::string conditions_caveat(sim::SamplingInfo const& sampling) {
  std::string text;
  if (!sampling.where.empty())
    text = "The futures meet the conditions " + sim::listed(sampling.where, texts_shown) + " of the study: what is said of them holds given these, and the factors no longer spread as their priors do.";
  if (!sampling.correlations.empty())
    text += std::string(text.empty() ? "" : " ") + "The factors are not independent, they have the rank correlations of the study (" + sim::listed(sampling.correlations, texts_shown) + ").";
  return text;
}

// Independent units behind the headline; those planned where there is none, or where each future is one.
std::size_t units_of(Analysis const& a, Subject const* subject) {
  std::size_t const together = std::max<std::size_t>(unit_futures(a.schema), 1);
  Difference const* const d = subject == nullptr || together == 1 ? nullptr : find_difference(a, *subject);
  return d == nullptr ? (a.schema.futures + together - 1) / together : d->value.units;
}

// Where several futures are one independent unit: what intervals rest on, and whether means over futures are those of the priors.
std::string units_caveat(sim::ResultSchema const& schema, std::size_t units) {
  std::size_t const together = unit_futures(schema);
  auto const& type = schema.sampling.type;
  std::string const of = count_of(units, "unit", "units") + " of " + count_of(schema.futures, "future", "futures");
  std::string const described = " No future is a draw of the priors, so means, quantiles, shares and the choice among treatments describe the points of the design, and estimate nothing under the priors";
  if (type == "saltelli")
    return "The futures are the rows of a Saltelli design, " + of + ": the " + std::to_string(together) + " futures of a row share their draws and count as one in every interval and test of means, quantiles and shares. Each future is a draw of the priors; a row counts with those of its futures that are there.";
  if (type == "morris")
    return "The futures are the trajectories of a Morris design, " + of + ": the " + std::to_string(together) + " futures of a trajectory share their draws and count as one in every interval and test." + described + "; intervals say how far another such design could differ.";
  if (type == "one_at_a_time") return "The futures are a design of one factor at a time." + described + ", and no interval or test over futures is given.";
  return "";
}

// Only random draws and their space-filling relatives are a sample of the priors; Saltelli's rows are one of units that share draws.
std::string sampling_caveat(sim::ResultSchema const& schema, std::size_t units) {
  auto const& sampling = schema.sampling;
  bool const is_sample = sampling.type == "random" || sampling.type == "latin_hypercube" || sampling.type == "sobol" || sampling.type == "saltelli";
  auto const uncertain = std::count_if(schema.factors.begin(), schema.factors.end(), [](auto const& f) { return f.prior.family != sim::Family::constant; });
  std::string text = units_caveat(schema, units);
  if (!is_sample && text.empty()) {
    text = "The futures are a design of type " + sampling.type + ", no sample of the priors: means, intervals and quantiles over futures describe the design; compare within it.";
  }
  if (!sampling.factors.empty() && sampling.factors.size() < static_cast<std::size_t>(uncertain)) {
    text += std::string(text.empty() ? "" : " ") + "Only " + count_of(sampling.factors.size(), "factor varies", "factors vary") + " of " + std::to_string(uncertain) +
            "; the others stay at the medians of their priors, so more is uncertain than the spread over futures shows.";
  }
  auto const conditions = conditions_caveat(sampling);
  return text + (text.empty() || conditions.empty() ? "" : " ") + conditions;
}

std::string mechanism_caveat(sim::ResultSchema const& schema) {
  if (schema.mechanisms_on.empty()) {
    return "All mechanisms of membership are switched off: this is a negative control, and every difference must be exactly zero.";
  }
  return "Only these mechanisms act: " + enumeration(schema.mechanisms_on) + ". Every other way in which a partnership may help or hurt is left out.";
}

std::string organisation_caveat(sim::ResultSchema const& schema) {
  std::set<std::string> names;
  for (auto const& t : schema.treatments) {
    for (auto const& i : t.interventions) names.insert(i.organisation);
  }
  if (!names.contains("CCDCOE")) return "";
  return "CCDCOE trains, exercises, researches and advises; it is not operational and defends no nation's networks, so any effect "
         "here runs through knowledge, skill, attribution and signals.";
}

// Codes from XAA to XZZ are for private use (ISO 3166-1, 8.1.3): no state has one.
std::string fiction_caveat(sim::ResultSchema const& schema) {
  auto const is_private = [](std::string const& code) { return code.starts_with('X'); };
  if (schema.nations.empty() || !std::all_of(schema.nations.begin(), schema.nations.end(), is_private)) return "";
  return "The nations are fictional and every number about them is assumed: the answer shows how the model works and says nothing about any state.";
}

std::string precision_caveat(Analysis const& a, std::size_t units) {
  std::size_t const together = unit_futures(a.schema);
  double const tail = tail_share * static_cast<double>(units) * (together > 1 ? 1 : a.schema.replications);  // units of several futures: as if one history each
  std::string text;
  if (units < few_futures && a.schema.sampling.type != "one_at_a_time") {
    text = "The intervals rest on only " + (together > 1 ? count_of(units, "independent unit", "independent units") : count_of(units, "future", "futures")) + "; treat them as rough.";
  }
  if (tail < tail_needed && a.schema.sampling.type != "one_at_a_time") {
    text += std::string(text.empty() ? "" : " ") + "The worst 5 % are fewer than " + number(tail_needed) +
            (together > 1 ? " independent units;" : " histories a treatment;") + " intervals of CVaR95 are then too narrow.";
  }
  return text;
}

// Halves of antithetic pairs, and those whose other half is missing.
std::string antithetic_caveat(Analysis const& a) {
  if (!a.schema.antithetic) return "";
  std::string const text = "Replications are antithetic pairs; each pair counts as one in every interval of a mean.";
  if (a.counts.unpaired == 0) return text;
  return text + " " + count_of(a.counts.unpaired, "history has", "histories have") + " no other half (failed, censored or not run) and are left out of the differences.";
}

std::string comparisons_caveat(Analysis const& a) {
  auto const terms = a.effects.size();
  return "Each interval stands alone: of " + std::to_string(a.differences.size() + terms + a.spillovers.size()) +
         " comparisons in this analysis about one in twenty misses the true value, so pick none out after the fact.";
}

std::string window_caveat(Analysis const& a, Subject const& s) {
  auto const& r = a.schema.responses[s.response];
  return "Counted from " + sim::to_string(r.window_from) + " to " + sim::to_string(r.window_to) + ": " + r.definition;
}

}  // namespace

std::vector<std::string> caveats(Analysis const& a, Subject const* subject) {
  std::vector<std::string> all;
  auto const add = [&all](std::string const& text) {
    if (!text.empty()) all.push_back(text);
  };
  add("These are differences between simulated worlds with the same random numbers. They say what the model's mechanisms imply, "
      "not what was observed: recorded incident counts are too few to show effects of this size.");
  add(fiction_caveat(a.schema));
  add(factor_caveat(a.schema));
  std::size_t const units = units_of(a, subject);
  add(sampling_caveat(a.schema, units));
  add(mechanism_caveat(a.schema));
  add(organisation_caveat(a.schema));
  add("All other nations keep their recorded memberships in every treatment; nobody reacts to the change by joining or leaving.");
  add(precision_caveat(a, units));
  add(stopping_caveat(a.schema));
  add(antithetic_caveat(a));
  add(comparisons_caveat(a));
  if (subject != nullptr) add(window_caveat(a, *subject));
  return all;
}

}  // namespace analysis
