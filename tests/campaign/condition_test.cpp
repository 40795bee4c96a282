#include "sim/campaign/condition.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

using sim::Condition;
using sim::ConditionError;

namespace {

std::vector<std::string> const names{"a", "b", "membership.from", "joins-2020", "liaison"};
constexpr double none = std::numeric_limits<double>::quiet_NaN();

double value(std::string_view text, std::vector<double> const& point = {2, 3, 17000, 1, 0}) {
  return Condition(text, names).value(point);
}

/// What parsing `text` complains of; its column is 0 if it complains of nothing.
ConditionError fault(std::string_view text) {
  try {
    Condition(text, names);
  } catch (ConditionError const& error) {
    return error;
  }
  ConditionError nothing(text, 0, "nothing", "", "");
  nothing.column = 0;
  return nothing;
}

}  // namespace

TEST_CASE("conditions bind as in Python", "[campaign]") {
  CHECK(value("1 + 2 * 3") == 7);
  CHECK(value("(1 + 2) * 3") == 9);
  CHECK(value("8 - 3 - 2") == 3);
  CHECK(value("8 / 4 / 2") == 1);
  CHECK(value("-a * b") == -6);
  CHECK(value("--a") == 2);
  CHECK(value("2 - -a") == 4);
  CHECK(value("1 + 1 == a") == 1);
  CHECK(value("a < b and b < 4") == 1);
  CHECK(value("1 or 0 and 0") == 1);
  CHECK(value("(1 or 0) and 0") == 0);
  CHECK(value("not a == 3") == 1);
  CHECK(value("not 0 and 0") == 0);
  CHECK(value("not not a") == 1);
  CHECK(value("a <= 2 and a >= 2 and not a < 2 and not a > 2 and a != 3") == 1);
  CHECK(value("1e3 + .5") == 1000.5);
}

TEST_CASE("a date is a number of days, and a name may hold dots, dashes and digits", "[campaign]") {
  CHECK(value("1970-01-02") == 1);
  CHECK(value("2020-03-01 - 2020-02-28") == 2);
  CHECK(value("membership.from < 2022-11-04") == 1);
  CHECK(value("membership.from + 365 * 20 < 2022-11-04") == 0);
  CHECK(value("'joins-2020' == 1") == 1);
  CHECK(value("\"joins-2020\"") == 1);
  CHECK(value("2020 - 1 - 1") == 2018);
  CHECK(sim::date_number({2022, 11, 4}) == value("2022-11-04"));
}

TEST_CASE("a number is true unless it is 0, and what does not exist is neither", "[campaign]") {
  auto const at = [](std::string_view text, double a, double b) {
    Condition const condition(text, names);
    std::vector<double> const point{a, b, 0, 0, 0};
    return std::pair(condition.holds(point), condition.fails(point));
  };
  std::pair const yes(true, false), no(false, true), unknown(false, false);
  CHECK(at("a", 0.5, 0) == yes);
  CHECK(at("a", 0, 0) == no);
  CHECK(at("a < b", none, 1) == unknown);
  CHECK(at("not a < b", none, 1) == unknown);
  CHECK(at("a != b", none, none) == unknown);
  CHECK(at("a < b and b > 5", none, 1) == no);
  CHECK(at("a < b or b < 5", none, 1) == yes);
  CHECK(at("a < b or b > 5", none, 1) == unknown);
  CHECK(at("a + 1 < b", none, 1) == unknown);
  CHECK(at("a / b", 0, 0) == unknown);
  CHECK(at("a / b > 5", 1, 0) == yes);
}

TEST_CASE("a condition knows the names it uses", "[campaign]") {
  CHECK(Condition("liaison and (a < b or liaison)", names).used() == std::vector<std::size_t>{0, 1, 4});
  CHECK(Condition("1 < 2", {}).used().empty());
}

TEST_CASE("a faulty condition says where and what to do", "[campaign]") {
  struct Case {
    std::string_view text;
    std::size_t column;
    std::string_view problem, advice;
  };
  std::vector<Case> const cases{
      {"a < lisaison", 5, "unknown name \"lisaison\"", "did you mean \"liaison\"?"},
      {"joins < 3", 1, "unknown name \"joins\"", "did you mean \"joins-2020\"?"},
      {"a & b", 3, "\"&\" means nothing here", "write \"and\""},
      {"a = b", 3, "\"=\" means nothing here", "write \"==\""},
      {"1 < a < 3", 7, "comparisons do not chain", "write a < b and b < c"},
      {"(a or b", 1, "a parenthesis is not closed", "close it"},
      {"a or b)", 7, "a parenthesis closes that was never opened", "remove it"},
      {"a b", 3, "an operator is missing before \"b\"", "write and, or, a comparison or + - * / between them"},
      {"(a b)", 4, "an operator is missing before \"b\"", "write and, or, a comparison or + - * / between them"},
      {"a and", 6, "the condition ends too early", "write it, as in membership and not liaison"},
      {"", 1, "the condition is empty", "write it, as in membership and not liaison"},
      {"a * / b", 5, "a name or a number is missing before \"/\"", "write it"},
      {"()", 2, "a name or a number is missing before \")\"", "write it"},
      {"a == not b", 6, "\"not\" cannot stand here", "put parentheses around it: (not a)"},
      {"a < 2023-02-29", 5, "\"2023-02-29\" is no date", "write a day that exists; put blanks around a minus"},
      {"a < 2023-2-3", 5, "\"2023-2-3\" is no date", "write a day that exists; put blanks around a minus"},
      {"1e999", 1, "\"1e999\" is out of range", "write a smaller number"},
      {"3x", 1, "\"3x\" is no number", "mend it; a name that begins with a digit stands in quotes"},
      {"'a", 1, "a quote is not closed", "close it"},
      {"a; b", 2, "\";\" means nothing here", "remove it"}};
  for (auto const& [text, column, problem, advice] : cases) {
    INFO(text);
    auto const found = fault(text);
    CHECK(found.column == column);
    CHECK(found.problem == problem);
    CHECK(found.advice == advice);
  }
  CHECK(std::string(fault("a < lisaison").what()) ==
        "unknown name \"lisaison\", at column 5 of \"a < lisaison\" (known: a, b, membership.from, joins-2020, liaison) did you "
        "mean \"liaison\"?");
}

TEST_CASE("a condition nested too deeply or too long is refused, one at the limit is read", "[campaign]") {
  auto const repeated = [](std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
  };
  for (std::string_view const opener : {"(", "not ", "-", "+", "not(", "(-"}) {
    auto const closers = opener.find('(') == opener.npos ? "" : ")";
    auto const levels = opener == "not(" || opener == "(-" ? Condition::depth_max / 2 : Condition::depth_max;
    CHECK_NOTHROW(Condition(repeated(opener, levels) + "a" + repeated(closers, levels), names));
    CHECK(fault(repeated(opener, levels + 1) + "a" + repeated(closers, levels + 1)).problem == "the condition is nested too deeply");
  }
  CHECK(fault(repeated("(", 4000)).problem == "the condition is nested too deeply");
  CHECK(fault(repeated("a+", 3000) + "a").problem == "a condition of 6001 bytes is too long");
  CHECK(value(repeated("1+", 1500) + "a") == 1502);
}

TEST_CASE("whatever the text, a condition is read or refused with a column inside it", "[campaign]") {
  std::vector<std::string_view> const parts{"a",   "b",  "liaison", "1",  "2020-01-01", "(", ")", "not ", " and ", " or ", "<",
                                            "<=",  "==", "!=",      "+",  "-",          "*", "/", "'",    "\"",    ".",    " ",
                                            "1e9", "\x80", "\0",    "zz", "2020-1",     "&", "=", "%",    "e",     "not"};
  sim::RngStream random({.seed = 11}, sim::stream_id("conditions"), 0, 0);
  std::size_t read = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    auto const length = random.below(12);
    for (std::uint32_t i = 0; i < length; ++i) text += parts[random.below(static_cast<std::uint32_t>(parts.size()))];
    try {
      Condition const condition(text, names);
      auto const found = condition.value({2, 3, none, 1, 0});
      CHECK((std::isnan(found) || !std::isnan(found)));
      ++read;
    } catch (ConditionError const& error) {
      CHECK(error.column >= 1);
      CHECK(error.column <= text.size() + 1);
      CHECK_FALSE(error.advice.empty());
    }
  }
  CHECK(read > 500);
}
