// The one door to the TOML library: text in, nodes or the first error out.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "sim/config/node.hpp"

namespace sim {

/// Where and why the library gave up.
struct TomlError {
  Position where;
  std::string description;
};

/// Parses valid UTF-8 whose nesting has been checked; stops at the first error.
std::variant<Node, TomlError> parse_toml(std::string_view text);

}  // namespace sim
