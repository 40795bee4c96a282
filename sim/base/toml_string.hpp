// Text as TOML writes it.
#pragma once

#include <string>
#include <string_view>

namespace sim {

/// A basic string of TOML on one line, quotes included.
std::string toml_string(std::string_view text);

}  // namespace sim
