// Checks on raw text that must pass before a TOML library may see it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/config/issue.hpp"

namespace sim {

/// Place of the first byte that is not valid UTF-8 (overlong forms, surrogates and NUL included), or empty.
std::optional<Position> first_bad_utf8(std::string_view text);

/// Replaces every byte that first_bad_utf8 would refuse by an underscore, so that the rest keeps its place and can be
/// judged. Returns the first such place of each line.
std::vector<Position> mask_bad_utf8(std::string& text);

/// Place where brackets, braces or a dotted key go deeper than `depth_max`, or empty. Exact up to the first error of
/// the syntax, which is as far as the library reads.
std::optional<Position> first_too_deep(std::string_view text, int depth_max);

}  // namespace sim
