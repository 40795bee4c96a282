// The regime effect of an organisation beside the sum of its members' own effects.
#pragma once

#include <optional>
#include <string>

#include "analysis/report/league.hpp"

namespace analysis {

/// All members against nobody, and each member against itself outside, in the headline's response summed over nations; intervals over futures. A
/// history in which any of the treatments or nations has no value is left out.
struct Regime {
  std::string organisation;
  std::size_t response = 0;
  std::size_t treatment = 0;  // in which the organisation is dissolved
  std::size_t members = 0;    // in the record at the end of the study: each has its treatment outside
  std::size_t histories = 0;
  Estimate regime;            // GE: reference less dissolution, over all nations
  Estimate sum_direct;        // over members, reference less never joined or withdrawn, of the member alone
  Estimate difference;        // GE - sum DE: what members do for one another and to others
};

/// Empty unless one treatment differs from the reference by the dissolution of the study's only organisation, no member's own treatment begins before it, and each of its recorded members has an own treatment without
/// its membership, or with its withdrawal.
std::optional<Regime> regime(ResultsSource const& source, Histories const& histories, Subject const& headline, std::size_t reference);

}  // namespace analysis
