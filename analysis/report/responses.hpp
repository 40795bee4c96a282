// Summaries, paired differences, factorial effects and spillover of every response of an analysis.
#pragma once

#include "analysis/report/analysis.hpp"
#include "analysis/report/factorial_plan.hpp"

namespace analysis {

/// Adds them to `analysis`, whose schema, responses, nations, treated nations and reference are there. Responses are analysed side by side, and stand in
/// the order of `analysis.responses` whatever the number of threads. Throws what reading throws.
void analyse_responses(Analysis& analysis, ResultsSource const& source, Histories const& histories, FactorialPlan const& factorial);

}  // namespace analysis
