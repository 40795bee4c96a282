// Boxes in words: "relay delay is over 30 days and partner hop is below 0.2".
#pragma once

#include "analysis/report/analysis.hpp"

namespace analysis {

/// "relay delay", "detection ratio (M1)": a factor's name as a phrase, its mechanism behind it.
std::string factor_phrase(sim::ParameterInfo const& factor);
/// "relay delay is over 30 days"; a bound that belongs to the box is "at least", "at most" or the value itself.
std::string limit_phrase(sim::ResultSchema const& schema, FactorLimit const& limit);
/// All limits of a box, joined by "and"; "everywhere" without limits.
std::string limits_phrase(sim::ResultSchema const& schema, std::vector<FactorLimit> const& limits);
/// "Relay delay: median time from ...; partner hop: ...": what the factors of the limits mean.
std::string meanings(sim::ResultSchema const& schema, std::vector<FactorLimit> const& limits);

}  // namespace analysis
