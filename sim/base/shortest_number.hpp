// Numbers as the shortest text that reads back as the same double.
#pragma once

#include <string>

namespace sim {

/// "0.25", the shortest text that reads back as the same double.
std::string shortest_number(double value);

}  // namespace sim
