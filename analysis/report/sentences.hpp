// The sentences of the headline, one function each; an empty text where there is nothing to say.
#pragma once

#include "analysis/report/analysis.hpp"

namespace analysis {

/// Whether zero lies in [lo, hi].
bool contains_zero(double lo, double hi);
/// "95 % interval -1 to +2 days" in the unit of the subject's response.
std::string interval_words(Analysis const& a, Subject const& s, double lo, double hi);
/// Unit of the subject's response with a leading blank.
std::string unit_of(Analysis const& a, Subject const& s);

/// The treatment's label, or its name, in quotes.
std::string label_of(sim::Treatment const& treatment);
/// "Japan", or its code where the study has no names.
std::string nation_name(sim::ResultSchema const& schema, std::size_t nation);
/// "Japan's resilience loss".
std::string thing(sim::ResultSchema const& schema, Subject const& s);
std::string thing(Analysis const& a, Subject const& s);

/// What the treatment changed, by how much, with the interval of the mean.
std::string mean_sentence(Analysis const& a, Subject const& s, PairedDifference const& p);
/// Of designs whose futures share draws: how many independent units there are, and whether means over futures are those of the priors; else empty.
std::string design_sentence(Analysis const& a, PairedDifference const& p);
/// The verdict of the test of equivalence with the smallest effect of interest.
std::string smallest_effect_sentence(Analysis const& a, Subject const& s, Difference const& difference);
/// Spread over futures and in how many of them the treatment is better.
std::string futures_sentence(Analysis const& a, Subject const& s, PairedDifference const& p);
/// Change of CVaR95.
std::string tail_sentence(Analysis const& a, Subject const& s, PairedDifference const& p);
/// The largest main effect and interaction, judged as the largest of several.
std::string factorial_sentence(Analysis const& a, Subject const& s);
/// Of studies that move nations one by one: for how many it gets better or worse beyond what chance makes of so many tests, and for whom most.
std::string league_sentence(Analysis const& a);
/// What other members and non-members see of it.
std::string spillover_sentence(Analysis const& a, Subject const& s);
/// Whether histories are the same until treatments differ; a warning if not.
std::string placebo_sentence(Placebo const& p);
/// With all mechanisms off: whether every difference is exactly zero; a warning if not.
std::string control_sentence(Analysis const& a);
/// How many histories finished.
std::string count_sentence(Counts const& c);

}  // namespace analysis
