// M/M/c (Erlang 1917): how often and how long customers of a response team wait.
#pragma once

#include "models/theory/theory.hpp"

namespace theory {

Theory erlang_c_waiting();

}  // namespace theory
