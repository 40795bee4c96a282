// Little's law on queues whose means are known: M/G/1 (Pollaczek and Khinchine) and M/G/infinity.
#pragma once

#include "models/theory/theory.hpp"

namespace theory {

Theory little();

}  // namespace theory
