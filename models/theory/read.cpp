#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "models/theory/theory.hpp"
#include "sim/base/contracts.hpp"
#include "sim/base/names.hpp"

namespace theory {

namespace {

std::optional<double> read_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value + 0.0;
}

[[noreturn]] void refuse(Parameter const& parameter, std::string_view text, std::string const& why,
                         std::string const& advice) {
  throw sim::Error(option_of(parameter) + " " + std::string(text) + ": " + why + " (" + parameter.meaning + ") " +
                   advice);
}

/// What one parameter may be, and the condition of its theory, to be named where a number is out of range.
struct Rule {
  Parameter const& parameter;
  std::string const& condition;
};

double checked_number(Rule const& rule, std::string_view text, std::string_view whole_text) {
  Parameter const& parameter = rule.parameter;
  auto const value = read_number(text);
  if (!value) refuse(parameter, whole_text, sim::shown(text) + " is no number", "give " + range_of(parameter));
  if (*value < parameter.minimum || *value > parameter.maximum) {
    refuse(parameter, whole_text, "out of range, the theory holds where: " + rule.condition,
           "give " + range_of(parameter));
  }
  if (parameter.kind == Kind::whole && *value != std::floor(*value)) {
    refuse(parameter, whole_text, "not a whole number", "give " + range_of(parameter));
  }
  return *value;
}

std::vector<double> read_list(Rule const& rule, std::string_view text) {
  std::vector<double> list;
  std::string_view rest = text;
  while (true) {
    std::size_t const comma = rest.find(',');
    list.push_back(checked_number(rule, rest.substr(0, comma), text));
    if (comma == std::string_view::npos) return list;
    rest.remove_prefix(comma + 1);
  }
}

Value read_value(Rule const& rule, std::string const& text) {
  Parameter const& parameter = rule.parameter;
  Value value{parameter.name, parameter.kind, 0, {}, {}};
  if (parameter.kind == Kind::list) {
    value.list = read_list(rule, text);
  } else if (parameter.kind == Kind::choice) {
    auto const at = std::find(parameter.choices.begin(), parameter.choices.end(), text);
    if (at == parameter.choices.end()) {
      refuse(parameter, text, "unknown name",
             sim::did_you_mean(text, parameter.choices, "give " + range_of(parameter)));
    }
    value.number = static_cast<double>(at - parameter.choices.begin());
    value.text = text;
  } else {
    value.number = checked_number(rule, text, text);
  }
  return value;
}

std::string short_number(double number) {
  char text[32];
  auto const end = std::to_chars(text, text + sizeof text, number).ptr;
  return std::string(text, end);
}

}  // namespace

Value const& Values::of(std::string_view name) const {
  auto const at = std::find_if(values_.begin(), values_.end(), [&](Value const& value) { return value.name == name; });
  SIM_CHECK(at != values_.end());
  return *at;
}

std::string option_of(Parameter const& parameter) {
  std::string option = "--" + parameter.name;
  std::replace(option.begin() + 2, option.end(), '_', '-');
  return option;
}

std::string range_of(Parameter const& parameter) {
  if (parameter.kind == Kind::choice) {
    std::string names;
    for (std::size_t i = 0; i < parameter.choices.size(); ++i) {
      names += (i == 0 ? "" : i + 1 < parameter.choices.size() ? ", " : " or ") + parameter.choices[i];
    }
    return names;
  }
  std::string const range = short_number(parameter.minimum) + " to " + short_number(parameter.maximum);
  if (parameter.kind == Kind::list) return "numbers of " + range + " with commas between them";
  return parameter.kind == Kind::whole ? range + ", whole" : range;
}

Values read(Theory const& theory, std::vector<Given> const& given) {
  std::vector<std::string> names;
  for (Parameter const& parameter : theory.parameters) names.push_back(parameter.name);
  for (auto const& [name, text] : given) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    throw sim::Error("unknown parameter " + sim::shown(name) + " (" + theory.name + " has: " + sim::listed(names) +
                     ") " + sim::did_you_mean(name, names, "choose one of them"));
  }
  std::vector<Value> values;
  for (Parameter const& parameter : theory.parameters) {
    std::string text = parameter.standard;
    for (auto const& [name, value] : given) {
      if (name == parameter.name) text = value;
    }
    values.push_back(read_value({parameter, theory.condition}, text));
  }
  Values result(std::move(values));
  if (theory.check) theory.check(result);
  return result;
}

}  // namespace theory
