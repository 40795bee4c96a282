// Wall-clock durations as people and schedulers write them.
#pragma once

#include <string>
#include <string_view>

namespace app {

/// Seconds of "90s", "45m", "1h30m", "2d", "01:30:00" (hours, minutes, seconds) or "1-12:00:00" (days first); at most
/// ten years, above 0 unless `may_be_zero`. Throws sim::Error that names `option` for anything else; a bare number has no unit and is refused.
double wall_seconds(std::string_view text, std::string const& option, bool may_be_zero = false);

}  // namespace app
