// Overflow of M/M/1, too rare for crude sampling: the gambler's ruin against multilevel splitting.
#pragma once

#include "models/theory/theory.hpp"

namespace theory {

Theory splitting();

}  // namespace theory
