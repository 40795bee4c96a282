#include "analysis/page/page.hpp"

#include "sim/base/error.hpp"

namespace analysis {
namespace {

/// JSON holds `<` in strings only, where `\u003c` means the same.
void append_escaped(std::string& page, std::string_view json) {
  for (std::size_t from = 0; from < json.size();) {
    auto const found = json.find('<', from);
    if (found == std::string_view::npos) {
      page.append(json.substr(from));
      return;
    }
    page.append(json.substr(from, found - from)).append("\\u003c");
    from = found + 1;
  }
}

std::string megabytes(std::size_t bytes) {
  auto const tenths = (bytes + 99'999) / 100'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

}  // namespace

std::string render_page(std::string const& data_json, std::string_view page_template) {
  if (page_template.empty()) {
    throw sim::Error("there is no report page in this build (it was configured with BERYLIA_REPORT_PAGE=OFF) "
                     "build with ./bootstrap.sh build, or use berylia analyze --json");
  }
  auto const marker = page_template.find(page_data_marker);
  if (marker == std::string_view::npos || page_template.find(page_data_marker, marker + 1) != std::string_view::npos) {
    throw sim::Error("the report page's template is damaged (it must hold " + std::string(page_data_marker) +
                     " exactly once) build Berylia again");
  }
  std::string page;
  page.reserve(page_template.size() + data_json.size() + data_json.size() / 64);
  page.append(page_template.substr(0, marker));
  append_escaped(page, data_json);
  page.append(page_template.substr(marker + page_data_marker.size()));
  if (page.size() > page_bytes_max) {
    throw sim::Error("the report would be larger than a page may be (" + megabytes(page.size()) + " of " +
                     megabytes(page_bytes_max) + ") choose fewer focal nations, responses or treatments");
  }
  return page;
}

std::string render_page(std::string const& data_json) { return render_page(data_json, report_page_template()); }

}  // namespace analysis
