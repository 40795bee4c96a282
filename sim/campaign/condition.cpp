#include "sim/campaign/condition.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/contracts.hpp"
#include "sim/base/names.hpp"
#include "sim/campaign/condition_parser.hpp"

namespace sim {
namespace {

using Operation = Condition::Operation;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double truth(bool value) { return value ? 1 : 0; }

double opposite(double a) { return std::isnan(a) ? unknown : truth(a == 0); }

double both(double a, double b) {
  if (a == 0 || b == 0) return 0;
  return std::isnan(a) || std::isnan(b) ? unknown : 1;
}

double compared(Operation operation, double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return unknown;
  switch (operation) {
    case Operation::less: return truth(a < b);
    case Operation::at_most: return truth(a <= b);
    case Operation::more: return truth(a > b);
    case Operation::at_least: return truth(a >= b);
    case Operation::equal: return truth(a == b);
    default: return truth(a != b);
  }
}

double applied(Operation operation, double a, double b) {
  switch (operation) {
    case Operation::add: return a + b;
    case Operation::subtract: return a - b;
    case Operation::multiply: return a * b;
    case Operation::divide: return a / b;
    case Operation::both: return both(a, b);
    case Operation::either: return opposite(both(opposite(a), opposite(b)));
    default: return compared(operation, a, b);
  }
}

/// Numbers that a step leaves on the stack, less those it takes.
int growth(Operation operation) {
  if (operation == Operation::number || operation == Operation::name) return 1;
  return operation == Operation::negate || operation == Operation::opposite ? 0 : -1;
}

}  // namespace

double date_number(Date date) { return in_days(to_time(date) - to_time({1970, 1, 1})); }

ConditionError::ConditionError(std::string_view text, std::size_t at, std::string problem_, std::string reason_,
                               std::string advice_)
    : Error(problem_ + ", at column " + std::to_string(at + 1) + " of " + shown(text) + " (" + reason_ + ") " + advice_),
      column(at + 1), problem(std::move(problem_)), reason(std::move(reason_)), advice(std::move(advice_)) {}

Condition::Condition(std::string_view text, std::vector<std::string> const& names, std::string const& example)
    : text_(text), steps_(ConditionParser(text, names, example).steps()), names_(names.size()) {
  std::size_t height = 0;
  for (auto const& step : steps_) {
    height = static_cast<std::size_t>(static_cast<int>(height) + growth(step.operation));
    stack_max_ = std::max(stack_max_, height);
    if (step.operation == Operation::name) used_.push_back(step.name);
  }
  SIM_ENSURE(height == 1);
  std::sort(used_.begin(), used_.end());
  used_.erase(std::unique(used_.begin(), used_.end()), used_.end());
}

double Condition::value(std::vector<double> const& point) const {
  SIM_CHECK(point.size() >= names_);
  std::vector<double> stack;
  stack.reserve(stack_max_);
  for (auto const& step : steps_) {
    switch (step.operation) {
      case Operation::number: stack.push_back(step.number); continue;
      case Operation::name: stack.push_back(point[step.name]); continue;
      case Operation::negate: stack.back() = -stack.back(); continue;
      case Operation::opposite: stack.back() = opposite(stack.back()); continue;
      default: break;
    }
    double const right = stack.back();
    stack.pop_back();
    stack.back() = applied(step.operation, stack.back(), right);
  }
  return stack.back();
}

bool Condition::holds(std::vector<double> const& point) const {
  double const found = value(point);
  return !std::isnan(found) && found != 0;
}

bool Condition::fails(std::vector<double> const& point) const { return value(point) == 0; }

}  // namespace sim
