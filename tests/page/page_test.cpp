#include "analysis/page/page.hpp"

#include <catch2/catch.hpp>

#include "sim/base/error.hpp"

namespace {

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

std::string const small_template = "<html><script>__BERYLIA_DATA__</script></html>";

}  // namespace

TEST_CASE("data stand where the marker stood, and nothing else of the template changes", "[page]") {
  CHECK(analysis::render_page("{\"a\":1}", small_template) == "<html><script>{\"a\":1}</script></html>");
}

TEST_CASE("data cannot end the script element that holds them", "[page]") {
  auto const page = analysis::render_page(R"({"t":"</script><!--<script>"})", small_template);
  CHECK(page == R"(<html><script>{"t":"\u003c/script>\u003c!--\u003cscript>"}</script></html>)");
}

TEST_CASE("data that hold the marker are not replaced once more", "[page]") {
  auto const page = analysis::render_page(R"({"t":"__BERYLIA_DATA__"})", small_template);
  CHECK(page == R"(<html><script>{"t":"__BERYLIA_DATA__"}</script></html>)");
}

TEST_CASE("a template without its one marker is refused", "[page]") {
  CHECK_THROWS_AS(analysis::render_page("{}", "<html></html>"), sim::Error);
  CHECK_THROWS_AS(analysis::render_page("{}", small_template + small_template), sim::Error);
  CHECK_THROWS_WITH(analysis::render_page("{}", ""), Catch::Contains("BERYLIA_REPORT_PAGE=OFF"));
}

TEST_CASE("a page is refused from one byte above its limit on", "[page]") {
  auto const rest = small_template.size() - analysis::page_data_marker.size();
  std::string const data(analysis::page_bytes_max - rest, '1');
  CHECK(analysis::render_page(data, small_template).size() == analysis::page_bytes_max);
  CHECK_THROWS_WITH(analysis::render_page(data + "1", small_template), Catch::Contains("5.1 MB of 5.0 MB"));
}

#ifdef BERYLIA_REPORT_PAGE
TEST_CASE("the embedded template is one file that asks for nothing", "[page]") {
  auto const page = analysis::report_page_template();
  CHECK(page.substr(0, 15) == "<!doctype html>");
  CHECK(page.size() < 2'300'000);
  CHECK(occurrences(page, analysis::page_data_marker) == 1);
  CHECK(occurrences(page, "<script src") + occurrences(page, "<link rel=\"stylesheet\"") + occurrences(page, "@import") == 0);
  CHECK(analysis::render_page("{}").size() == page.size() - analysis::page_data_marker.size() + 2);
}
#endif
