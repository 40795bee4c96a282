// A condition on named numbers, as "not (liaison and membership)": parsed once, evaluated at every point of a design.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/time.hpp"

namespace sim {

/// The number that stands for a date in conditions: days since 1970-01-01.
double date_number(Date date);

/// What is wrong with the text of a condition, and where. what() is "problem, at column 7 of "..." (reason) advice".
class ConditionError : public Error {
 public:
  ConditionError(std::string_view text, std::size_t at, std::string problem_, std::string reason_, std::string advice_);

  std::size_t column;  // in the text, from 1
  std::string problem, reason, advice;
};

/// Numbers, dates as 2022-11-04, names, + - * /, < <= > >= == !=, not, and, or, parentheses; the later ones bind less
/// tightly, as in Python, but comparisons do not chain. A name may hold dots; one that holds a dash or begins with a
/// digit stands in quotes, 'so' or "so". A number is true unless it is 0. NaN stands for a value that does not exist, as
/// the date of an absent lever: comparing it gives neither true nor false but NaN, and so do `not`, `and`, `or` where
/// their outcome depends on it (Kleene's logic of three values).
class Condition {
 public:
  /// Length of a text, and nesting of its parentheses, `not` and signs.
  static constexpr std::size_t length_max = 4096, depth_max = 64;

  /// Parses `text`; ConditionError if it is no condition on `names`, whose advice may show `example`.
  Condition(std::string_view text, std::vector<std::string> const& names, std::string const& example = "membership and not liaison");

  /// The value at a point: one number per name, in their order (more are ignored). Comparisons give 1, 0 or NaN. Any thread.
  double value(std::vector<double> const& point) const;
  /// True if the condition is true there.
  bool holds(std::vector<double> const& point) const;
  /// True if the condition is false there; both are untrue where it depends on something that does not exist.
  bool fails(std::vector<double> const& point) const;

  /// Indices of the names that the text uses, ascending.
  std::vector<std::size_t> const& used() const { return used_; }
  std::string const& text() const { return text_; }

  enum class Operation : unsigned char {
    number, name, negate, opposite,  // opposite: not
    add, subtract, multiply, divide, less, at_most, more, at_least, equal, unequal, both, either
  };
  /// One step on a stack: pushes a number or the value of a name, or replaces the topmost one or two.
  struct Step {
    Operation operation;
    double number = 0;
    std::size_t name = 0;
  };

 private:
  std::string text_;
  std::vector<Step> steps_;  // in postfix order
  std::vector<std::size_t> used_;
  std::size_t names_ = 0;      // values a point must have
  std::size_t stack_max_ = 0;  // numbers on the stack at most
};

}  // namespace sim
