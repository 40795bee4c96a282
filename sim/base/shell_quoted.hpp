// Words of a command line that a person can paste into a shell.
#pragma once

#include <string>
#include <string_view>

namespace sim {

/// `word`, in single quotes if a shell would not take it as it is.
std::string shell_quoted(std::string_view word);

}  // namespace sim
