// How much memory a world and its executor take, for `bench suite`.
#pragma once

#include <cstdint>

#include "sim/app/bench/suite_loads.hpp"

namespace app {

/// Memory beyond the model's parameters and state [bytes].
struct SuiteMemory {
  double per_lp = 0, per_pending_event = 0;
};

/// Of PHOLD with `lps` LPs: the peak resident size of two processes of their own, with one and with five pending events an
/// LP. The executor must be one of this build's.
SuiteMemory measure_memory(SuiteEngine const& engine, std::uint32_t lps);

/// Memory that this machine could give now [bytes]; 0 if it does not say.
double available_memory();

}  // namespace app
