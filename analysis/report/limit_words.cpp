#include "analysis/report/limit_words.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "analysis/report/words.hpp"

namespace analysis {

std::string factor_phrase(sim::ParameterInfo const& factor) {
  std::string const& name = factor.name;
  auto const dot = name.find('.');
  bool const of_mechanism = dot != std::string::npos && dot >= 2 && name[0] == 'M' && std::all_of(name.begin() + 1, name.begin() + static_cast<std::ptrdiff_t>(dot), [](char c) { return c >= '0' && c <= '9'; });
  if (of_mechanism) return phrase(name.substr(dot + 1)) + " (" + name.substr(0, dot) + ")";
  std::string text = phrase(name);
  std::replace(text.begin(), text.end(), '.', ' ');
  return text;
}

std::string limit_phrase(sim::ResultSchema const& schema, FactorLimit const& l) {
  auto const& factor = schema.factors[l.factor];
  std::string const unit = unit_words(factor.unit), name = factor_phrase(factor);
  bool const low = !std::isnan(l.bounds.lo), high = !std::isnan(l.bounds.hi);
  if (low && high && l.bounds.lo == l.bounds.hi) return name + " is " + number(l.bounds.lo) + unit;
  if (low && high) return name + " is between " + number(l.bounds.lo) + " and " + number(l.bounds.hi) + unit;
  if (l.is_discrete && (low ? l.bounds.lo == l.most : l.bounds.hi == l.least)) return name + " is " + amount(low ? l.most : l.least, factor.unit);
  if (low) return name + (l.is_discrete ? " is at least " : " is over ") + amount(l.bounds.lo, factor.unit);
  return name + (l.is_discrete ? " is at most " : " is below ") + amount(l.bounds.hi, factor.unit);
}

std::string limits_phrase(sim::ResultSchema const& schema, std::vector<FactorLimit> const& limits) {
  if (limits.empty()) return "everywhere";
  std::vector<std::string> parts;
  for (auto const& l : limits) parts.push_back(limit_phrase(schema, l));
  return enumeration(parts);
}

std::string meanings(sim::ResultSchema const& schema, std::vector<FactorLimit> const& limits) {
  std::string text;
  for (auto const& l : limits) {
    auto const& factor = schema.factors[l.factor];
    std::string meaning = factor.meaning;
    while (!meaning.empty() && meaning.back() == '.') meaning.pop_back();
    text += (text.empty() ? "" : "; ") + factor_phrase(factor) + ": " + meaning;
  }
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text.empty() ? text : text + ".";
}

}  // namespace analysis
