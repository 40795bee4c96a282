// Plain text for a terminal: what its parts share.
#pragma once

#include <string>

namespace analysis {

/// Breaks text at blanks to at most 116 columns; the first line begins with `bullet`, later ones are indented by as much.
std::string wrapped(std::string const& text, std::string const& bullet);

}  // namespace analysis
