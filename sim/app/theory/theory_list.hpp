// The list of theories, their parameters and quantities, as text, Markdown or JSON.
#pragma once

#include <string>

namespace app {

/// `format`: text, md or json.
std::string theory_list(std::string const& format);

}  // namespace app
