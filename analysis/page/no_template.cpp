// Stands in for the embedded template in a build without it.
#include "analysis/page/page.hpp"

namespace analysis {

std::string_view report_page_template() { return {}; }

}  // namespace analysis
