// The keys of a scenario and the items of a score sheet, as text, Markdown or JSON.
#pragma once

#include <string>

namespace app {

/// `format`: text, md or json.
std::string exercise_list(std::string const& format);

}  // namespace app
