// Simulated time and its calendar.
#include <catch2/catch.hpp>

#include "sim/base/contracts.hpp"
#include "sim/base/time.hpp"

using namespace sim;

TEST_CASE("every day of eight centuries converts to a time and back, one day after the other", "[base]") {
  Time time = to_time({1600, 1, 1});
  Date last{1599, 12, 31};
  while (last < Date{2400, 12, 31}) {
    Date const date = to_date(time);
    REQUIRE(is_valid(date));
    REQUIRE(last < date);
    REQUIRE(to_time(date) == time);
    REQUIRE(to_date(time + day + Duration{-1}) == date);
    last = date;
    time = time + day;
  }
  CHECK(to_time({1970, 1, 1}).ticks == 0);
  CHECK(to_time({2000, 3, 1}).ticks == 951'868'800'000'000);
}

TEST_CASE("only dates that exist are read", "[base]") {
  CHECK(parse_date("2016-02-29") == Date{2016, 2, 29});
  CHECK(parse_date("1970-01-01") == Date{1970, 1, 1});
  for (char const* text : {"", "2015-02-29", "1900-02-29", "2016-13-01", "2016-00-10", "2016-04-31", "2016-4-3",
                           "2016/04/03", "2016-04-03 ", " 2016-04-03", "2016-04-03T00:00", "16-04-03", "+016-04-03"}) {
    INFO(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
  CHECK(parse_date(to_string(Date{2027, 12, 31})) == Date{2027, 12, 31});
}

TEST_CASE("times print to the microsecond, before the epoch too", "[base]") {
  CHECK(to_string(Time{0}) == "1970-01-01T00:00:00.000000");
  CHECK(to_string(Time{-1}) == "1969-12-31T23:59:59.999999");
  CHECK(to_string(to_time({2016, 7, 2}) + Duration{3'661'000'042}) == "2016-07-02T01:01:01.000042");
}

TEST_CASE("from_days rounds to the nearest tick, saturates and refuses NaN", "[base]") {
  CHECK(from_days(1) == day);
  CHECK(from_days(0.5) == Duration{43'200'000'000});
  CHECK(from_days(-2) == Duration{-2 * day.ticks});
  CHECK(from_days(0.6 / 86'400e6) == tick);
  CHECK(from_days(1e300) == from_days(1.1e8));
  CHECK(from_days(1e300) > from_days(1.06e8));
  CHECK(from_days(-1e300) < from_days(-1.06e8));
  CHECK_THROWS_AS(from_days(std::numeric_limits<double>::quiet_NaN()), ContractViolation);
  CHECK(in_days(from_days(123.25)) == 123.25);
  CHECK(in_years(year) == 1);
}

TEST_CASE("decimal years grow by one per calendar year", "[base]") {
  for (int y = 1999; y < 2005; ++y) CHECK(decimal_year(to_time({y, 1, 1})) == y);
  CHECK(decimal_year(to_time({2016, 7, 2})) == Approx(2016.5).epsilon(1e-12));
}
