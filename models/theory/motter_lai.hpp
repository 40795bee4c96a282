// Cascade of overloads (Motter and Lai 2002) in networks of several kinds.
#pragma once

#include "models/theory/theory.hpp"

namespace theory {

Theory motter_lai();

}  // namespace theory
