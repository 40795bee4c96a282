#include <catch2/catch.hpp>

#include "sim/campaign/sampling/csv.hpp"

namespace {

std::vector<std::vector<std::string>> texts(std::string_view text) {
  auto const csv = sim::read_csv(text);
  CHECK_FALSE(csv.fault);
  std::vector<std::vector<std::string>> all;
  for (auto const& record : csv.records) {
    all.emplace_back();
    for (auto const& field : record) all.back().push_back(field.text);
  }
  return all;
}

std::string fault(std::string_view text) {
  auto const csv = sim::read_csv(text);
  if (!csv.fault) return "no fault";
  return std::to_string(csv.fault->line) + ":" + std::to_string(csv.fault->column) + " " + csv.fault->problem;
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("fields, quotes and line ends of RFC 4180 are understood", "[campaign]") {
  CHECK(texts("") == Rows{});
  CHECK(texts("a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(texts("a,b\r\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(texts("\xEF\xBB\xBF\"a,\"\"b\",\n,\n\n\"x\ny\",z\n") == Rows{{"a,\"b", ""}, {"", ""}, {"x\ny", "z"}});
  auto const csv = sim::read_csv("a,\"b\nc\",d\n1,22,3\n");
  CHECK((csv.records[0][2].line == 2 && csv.records[0][2].column == 4));
  CHECK((csv.records[1][2].line == 3 && csv.records[1][2].column == 6));
}

TEST_CASE("what is no CSV is said with its place", "[campaign]") {
  CHECK(fault("a,b\n1,\"2") == "2:3 a quote is not closed");
  CHECK(fault("a\n1\"2\"") == "2:2 there is a quote inside a field");
  CHECK(fault("a\n\"1\"2\n") == "2:4 there is text after a closing quote");
  CHECK(fault("a\r1\n") == "1:2 there is a carriage return without a line feed");
}
