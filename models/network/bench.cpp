#include "models/network/bench.hpp"

#include "models/yardstick/load_checks.hpp"

namespace network {

Parameters bench_parameters(BenchOptions const& options) {
  yardstick::check_size(options.lps, options.events_per_lp, options.end);
  yardstick::require(options.lookahead > 0 && options.lookahead <= 1e9, "lookahead", options.lookahead,
                     "choose a number between 0 and 1e9, 1 being the mean service");
  return {.stations = options.lps,
          .jobs_per_station = options.events_per_lp,
          .link = yardstick::means(options.lookahead),
          .service = sim::second};
}

sim::Duration bench_end(BenchOptions const& options) { return yardstick::means(options.end); }

}  // namespace network
