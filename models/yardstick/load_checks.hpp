// What the options of all benches have in common.
#pragma once

#include "sim/base/time.hpp"

namespace yardstick {

/// sim::Error "WHAT VALUE (makes no load) ADVICE" unless `holds`.
void require(bool holds, char const* what, double value, char const* advice);

/// The checks that every load needs: at least one LP and one event, an end in (0, 1e9] means.
void check_size(double lps, double events_per_lp, double end);

/// `count` means of one second each, rounded up to a whole microsecond.
sim::Duration means(double count);

}  // namespace yardstick
