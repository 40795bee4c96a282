#include "models/network/bench.hpp"

#include <string>

#include "sim/base/error.hpp"

namespace network {

namespace {

void require(bool holds, char const* what, double value, char const* advice) {
  if (!holds) throw sim::Error(std::string(what) + " " + std::to_string(value) + " (makes no load) " + advice);
}

sim::Duration means(double count) { return {static_cast<std::int64_t>(count * 1e6 + 0.999)}; }

}  // namespace

Parameters bench_parameters(BenchOptions const& options) {
  require(options.lps >= 1, "lps", options.lps, "choose at least 1");
  require(options.events_per_lp >= 1, "events-per-lp", options.events_per_lp, "choose at least 1");
  require(options.lookahead > 0 && options.lookahead <= 1e9, "lookahead", options.lookahead,
          "choose a number between 0 and 1e9, 1 being the mean service");
  require(options.end > 0 && options.end <= 1e9, "end", options.end, "choose a number between 0 and 1e9");
  return {.stations = options.lps,
          .jobs_per_station = options.events_per_lp,
          .link = means(options.lookahead),
          .service = sim::second};
}

sim::Duration bench_end(BenchOptions const& options) { return means(options.end); }

}  // namespace network
