#include "sim/config/reader.hpp"

namespace sim {

/// The array under `key`, which must hold something.
Node const* TableReader::list(std::string_view key, KeyRule const& rule, std::string_view wanted) {
  Node const* const value = expect(key, rule, Node::Kind::array, wanted);
  if (!value || !value->elements.empty()) return value;
  issues_->add(value->where, shown(key) + " in " + title_ + " is empty", "an array of one or more is needed", "write it as in " + rule.example);
  return nullptr;
}

std::optional<std::vector<Located<Date>>> TableReader::dates(std::string_view key, KeyRule const& rule) {
  std::vector<Located<Date>> found;
  if (!is_a(key, Node::Kind::array)) {
    auto const one = date(key, rule);
    if (!one) return {};
    found.push_back({*one, where(key)});
    return found;
  }
  Node const* const value = list(key, rule, "an array of dates");
  if (!value) return {};
  bool good = true;
  for (auto const& element : value->elements) {
    bool const is_date = element.kind == Node::Kind::date;
    if (!is_date)
      mistyped(key, element, rule, "an array of dates");
    else if (!is_valid(element.date))
      issues_->add(element.where, to_string(element.date) + " is out of range for " + shown(key) + " in " + title_,
                   "dates from 1000-01-01 to 9999-12-31 are accepted", "choose a date within them");
    good = good && is_date && is_valid(element.date);
    found.push_back({element.date, element.where});
  }
  if (!good) return {};
  return found;
}

std::optional<std::vector<Located<std::string>>> TableReader::one_or_more_texts(std::string_view key, KeyRule const& rule) {
  std::vector<Located<std::string>> found;
  if (!is_a(key, Node::Kind::array)) {
    auto const one = text(key, rule);
    if (!one) return {};
    found.push_back({*one, where(key)});
    return found;
  }
  Node const* const value = list(key, rule, "an array of texts");
  if (!value) return {};
  bool good = true;
  for (auto const& element : value->elements) {
    good = good && element.kind == Node::Kind::text;
    if (element.kind != Node::Kind::text) mistyped(key, element, rule, "an array of texts");
    found.push_back({element.text, element.where});
  }
  if (!good) return {};
  return found;
}

std::optional<std::vector<Located<std::vector<int>>>> TableReader::rows(std::string_view key, KeyRule const& rule) {
  Node const* const value = list(key, rule, "an array of arrays of whole numbers");
  if (!value) return {};
  std::vector<Located<std::vector<int>>> found;
  bool good = true;
  for (auto const& row : value->elements) {
    found.push_back({{}, row.where});
    good = good && row.kind == Node::Kind::array;
    if (row.kind != Node::Kind::array) mistyped(key, row, rule, "an array of arrays of whole numbers");
    for (auto const& element : row.elements) {
      bool const fits = element.kind == Node::Kind::integer && element.integer >= 0 && element.integer <= 1'000'000;
      if (element.kind != Node::Kind::integer)
        mistyped(key, element, rule, "an array of arrays of whole numbers");
      else if (!fits)
        issues_->add(element.where, std::to_string(element.integer) + " is out of range for " + shown(key) + " in " + title_,
                     "0 to 1000000 are accepted", "choose a number within them");
      good = good && fits;
      found.back().value.push_back(fits ? static_cast<int>(element.integer) : 0);
    }
  }
  if (!good) return {};
  return found;
}

}  // namespace sim
