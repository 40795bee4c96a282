// What a report says that needs histories to be run again.
#pragma once

#include "analysis/report/report_data.hpp"

namespace app {

/// Why the worst pair came out as it did, in the response, nation and treatment of the headline; where that cannot be told, a note that says why.
analysis::ReportExtras extras_of(std::string const& results, std::optional<analysis::Subject> const& headline);

}  // namespace app
