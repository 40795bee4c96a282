#include "models/phold/bench.hpp"

#include "models/yardstick/load_checks.hpp"

namespace phold {

Parameters bench_parameters(BenchOptions const& options) {
  yardstick::check_size(options.lps, options.events_per_lp, options.end);
  yardstick::require(options.lookahead > 0 && options.lookahead < 1, "lookahead", options.lookahead,
                     "choose a number between 0 and 1, 1 being the mean increment");
  yardstick::require(options.remote >= 0 && options.remote <= 1, "remote", options.remote, "choose a probability");
  return {.lps = options.lps,
          .jobs_per_lp = options.events_per_lp,
          .lookahead = yardstick::means(options.lookahead),
          .mean = sim::second,
          .remote = options.remote,
          .load = options.load};
}

sim::Duration bench_end(BenchOptions const& options) { return yardstick::means(options.end); }

}  // namespace phold
