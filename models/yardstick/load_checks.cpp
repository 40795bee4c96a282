#include "models/yardstick/load_checks.hpp"

#include <string>

#include "sim/base/error.hpp"

namespace yardstick {

void require(bool holds, char const* what, double value, char const* advice) {
  if (!holds) throw sim::Error(std::string(what) + " " + std::to_string(value) + " (makes no load) " + advice);
}

void check_size(double lps, double events_per_lp, double end) {
  require(lps >= 1, "lps", lps, "choose at least 1");
  require(events_per_lp >= 1, "events-per-lp", events_per_lp, "choose at least 1");
  require(end > 0 && end <= 1e9, "end", end, "choose a number between 0 and 1e9");
}

sim::Duration means(double count) { return {static_cast<std::int64_t>(count * 1e6 + 0.999)}; }

}  // namespace yardstick
