// The answer in words: sentences for a policy reader that claim no more than the numbers carry, and their caveats.
#pragma once

#include "analysis/report/analysis.hpp"

namespace analysis {

/// Picks the headline treatment and response and composes the sentences. Needs everything else of `analysis`.
Headline headline(Analysis const& analysis, Options const& options);

/// What the headline is about; empty if there is nothing to compare. Throws sim::Error for a treatment or response that is not there.
std::optional<Subject> headline_subject(Analysis const& analysis, Options const& options);
/// Adds `sentences`, but for empty ones, to those that headline() made, before the last of them, the count of histories.
void add_before_count(Headline& headline, std::vector<std::string> const& sentences);
/// Adds what scenario discovery and robustness say, before the count of histories.
void add_robustness(Analysis& analysis);
/// The response of the headline: the one that is `wanted`, else the rare event, else the first of `among`, by default of all that are no
/// control variates. Throws sim::Error for an unknown name.
std::size_t headline_response(sim::ResultSchema const& schema, std::string const& wanted, std::vector<std::size_t> among = {});
/// The treatment of the headline: the one that is `wanted`, else the one with all levers on in a factorial, else the first that is not the
/// reference. Throws sim::Error for an unknown name, and for the reference.
std::size_t headline_treatment(sim::ResultSchema const& schema, std::string const& wanted);

/// The difference of `subject`, or null.
Difference const* find_difference(Analysis const& analysis, Subject const& subject);

/// What limits the answer, from the study's own data.
std::vector<std::string> caveats(Analysis const& analysis, Subject const* subject);

/// Whether a change of this sign is for the better in the response of `subject`.
bool is_improvement(Analysis const& analysis, Subject const& subject, double change);

}  // namespace analysis
