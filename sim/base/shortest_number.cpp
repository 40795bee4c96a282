#include "sim/base/shortest_number.hpp"

#include <charconv>

namespace sim {

std::string shortest_number(double value) {
  char text[40];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace sim
