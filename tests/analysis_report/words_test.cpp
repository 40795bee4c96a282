#include <catch2/catch.hpp>

#include "analysis/report/analysis.hpp"
#include "analysis/report/words.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;

TEST_CASE("numbers have three significant digits and no exponents that a reader meets", "[report]") {
  CHECK(number(0) == "0");
  CHECK(number(1.2345) == "1.23");
  CHECK(number(-0.012345) == "-0.0123");
  CHECK(number(-0.00012345) == "-0.000123");
  CHECK(number(8.6e-6) == "8.6e-06");  // a cut column would hide how small it is
  CHECK(number(12345.6) == "12,346");
  CHECK(number(999'499) == "999,499");
  CHECK(number(1.5e6) == "1.5 million");
  CHECK(number(-4.567e9) == "-4.57 billion");
  CHECK(number(2.5e12) == "2.5 trillion");
  CHECK(number(9.999) == "10");
  CHECK(number(100) == "100");
  CHECK(number(undefined) == "unknown");
  CHECK(signed_number(3) == "+3");
  CHECK(range(-1, 2.5) == "-1 to +2.5");
  CHECK(percent(0.613) == "61.3 %");
  CHECK(percent(1) == "100 %");
  CHECK(amount(2, "d") == "2 days");
  CHECK(amount(0.5, "share") == "0.5");
  CHECK(phrase("time_to_90") == "time to 90 % of service");
  CHECK(amount(2, "1") == "2");
  CHECK(count_of(1234567, "pair", "pairs") == "1,234,567 pairs");
  CHECK(enumeration({"a", "b", "c"}) == "a, b and c");
}

TEST_CASE("columns are cut and padded by characters, not bytes", "[report]") {
  CHECK(column("abc", 5) == "abc  ");
  CHECK(column("abc", 5, true) == "  abc");
  CHECK(column("abcdef", 4) == "abc~");
  CHECK(column("T\xC3\xBCrkiye", 8) == "T\xC3\xBCrkiye ");
  CHECK(column("T\xC3\xBCrkiye", 3) == "T\xC3\xBC~");
}

TEST_CASE("the plain text has the answer first, no line over 120 columns and every table", "[report]") {
  auto const text = to_text(analyze(synthetic::campaign({4, 6, 2, 3, 2}, synthetic::plain_model)));
  for (std::size_t start = 0; start < text.size();) {
    auto const end = std::min(text.find('\n', start), text.size());
    CHECK(end - start <= 120);
    start = end + 1;
  }
  CHECK(text.find("resilience loss") < text.find("Differences against 'none'"));
  CHECK(text.find("Effects of the factorial") != std::string::npos);
  CHECK(text.find("Groups: ") != std::string::npos);
  CHECK(text.find("Caveats") != std::string::npos);
}
