// What a report says that needs histories to be run again.
#pragma once

#include "analysis/report/report_data.hpp"
#include "sim/app/commands.hpp"

namespace app {

/// Why the worst pair of the headline came out as it did; where that cannot be told, a note that says why.
analysis::ReportExtras extras_of(ReportOptions const& options);

}  // namespace app
