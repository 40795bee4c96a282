// The report's page: a template made by npm at build time, and the data put into it.
#pragma once

#include <string>
#include <string_view>

namespace analysis {

/// What stands in the template, once, where the data belong.
inline constexpr std::string_view page_data_marker = "__BERYLIA_DATA__";

/// Largest page that is written [bytes]: what mail and browsers take without complaint.
inline constexpr std::size_t page_bytes_max = 5'000'000;

/// The page without data: one HTML file with its scripts, styles and map inside; empty in a build without it.
std::string_view report_page_template();

/// `page_template` with `data_json` in place of the marker. Every `<` becomes `\u003c`, so that nothing in the data can
/// end the script element that holds them. Throws sim::Error if the template is empty or has not exactly one marker, and
/// if the page would be larger than `page_bytes_max`.
std::string render_page(std::string const& data_json, std::string_view page_template);

/// The same with this build's template.
std::string render_page(std::string const& data_json);

}  // namespace analysis
