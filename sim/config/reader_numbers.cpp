#include "sim/config/reader.hpp"

namespace sim {

std::optional<double> TableReader::number_in(std::string_view key, Node const& element, KeyRule const& rule, std::string_view wanted) {
  if (element.kind == Node::Kind::integer) return static_cast<double>(element.integer);
  if (element.kind != Node::Kind::number) {
    mistyped(key, element, rule, wanted);
    return {};
  }
  if (element.number - element.number == 0) return element.number + 0.0;
  issues_->add(element.where, shortest_number(element.number) + " is out of range for " + shown(key) + " in " + title_,
               "only finite numbers are accepted", "choose a finite number");
  return {};
}

std::optional<std::vector<Located<double>>> TableReader::numbers(std::string_view key, KeyRule const& rule) {
  constexpr char const* wanted = "an array of numbers";
  Node const* const value = expect(key, rule, Node::Kind::array, wanted);
  if (!value) return {};
  std::vector<Located<double>> numbers;
  for (auto const& element : value->elements)
    if (auto const number = number_in(key, element, rule, wanted)) numbers.push_back({*number, element.where});
  if (numbers.size() < value->elements.size()) return {};
  return numbers;
}

std::optional<std::vector<Located<std::vector<double>>>> TableReader::number_rows(std::string_view key, KeyRule const& rule) {
  constexpr char const* wanted = "an array of arrays of numbers";
  Node const* const value = expect(key, rule, Node::Kind::array, wanted);
  if (!value) return {};
  std::vector<Located<std::vector<double>>> rows;
  bool complete = true;
  for (auto const& element : value->elements) {
    if (element.kind != Node::Kind::array) {
      mistyped(key, element, rule, wanted);
      complete = false;
      continue;
    }
    rows.push_back({{}, element.where});
    for (auto const& inner : element.elements) {
      auto const number = number_in(key, inner, rule, wanted);
      complete = complete && number;
      if (number) rows.back().value.push_back(*number);
    }
  }
  if (!complete) return {};
  return rows;
}

}  // namespace sim
