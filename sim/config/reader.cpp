#include "sim/config/reader.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace sim {
namespace {

constexpr std::size_t most_listed = 40;  // keys; a study has 18 at its top

}  // namespace

TableReader::TableReader(Node const* table, std::string title, Issues& issues)
    : table_(table), title_(std::move(title)), issues_(&issues) {}

bool TableReader::has(std::string_view key) const { return table_ && find(*table_, key); }

bool TableReader::is_a(std::string_view key, Node::Kind kind) const {
  Node const* const value = table_ ? find(*table_, key) : nullptr;
  return value && value->kind == kind;
}

Position TableReader::where(std::string_view key) const {
  Node const* const value = table_ ? find(*table_, key) : nullptr;
  return value ? value->where : where();
}

void TableReader::mistyped(std::string_view key, Node const& value, KeyRule const& rule, std::string_view wanted) {
  if (value.kind == Node::Kind::unreadable) return;
  std::string problem = shown(key) + " in " + title_ + " is " + std::string(kind_name(value.kind));
  issues_->add(value.where, problem, std::string(wanted) + " is needed", "write it as in " + rule.example);
}

Node const* TableReader::expect(std::string_view key, KeyRule const& rule, Node::Kind kind, std::string_view wanted) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
  if (!table_) return nullptr;
  Node const* const value = find(*table_, key);
  if (!value) {
    bool const is_table = rule.example.substr(0, 1) == "[";
    if (rule.required)
      issues_->add(where(),
                   "missing " + (is_table ? "table [" + std::string(key) + "]" : "key " + shown(key)) + " in " + title_,
                   "it has no default", "add " + rule.example);
    return nullptr;
  }
  if (value->kind == kind) return value;
  mistyped(key, *value, rule, wanted);
  return nullptr;
}

std::optional<std::string> TableReader::text(std::string_view key, KeyRule const& rule) {
  Node const* const value = expect(key, rule, Node::Kind::text, "a text in quotes");
  if (!value) return {};
  return value->text;
}

std::optional<bool> TableReader::flag(std::string_view key, KeyRule const& rule) {
  Node const* const value = expect(key, rule, Node::Kind::flag, "true or false");
  if (!value) return {};
  return value->flag;
}

std::optional<Date> TableReader::date(std::string_view key, KeyRule const& rule) {
  Node const* const value = expect(key, rule, Node::Kind::date, "a date without quotes and time of day");
  if (!value) return {};
  if (is_valid(value->date)) return value->date;
  issues_->add(value->where, to_string(value->date) + " is out of range for " + shown(key) + " in " + title_,
               "dates from 1000-01-01 to 9999-12-31 are accepted", "choose a date within them");
  return {};
}

std::optional<std::int64_t> TableReader::integer(std::string_view key, KeyRule const& rule, std::int64_t minimum,
                                                 std::int64_t maximum) {
  bool const is_huge = is_a(key, Node::Kind::huge_integer);
  Node const* const value =
      expect(key, rule, is_huge ? Node::Kind::huge_integer : Node::Kind::integer, "a whole number");
  if (!value) return {};
  if (!is_huge && value->integer >= minimum && value->integer <= maximum) return value->integer;
  issues_->add(value->where, (is_huge ? value->text : std::to_string(value->integer)) + " is out of range for " + shown(key) + " in " + title_,
               std::to_string(minimum) + " to " + std::to_string(maximum) + " are accepted",
               "choose a number within them");
  return {};
}

std::optional<double> TableReader::number(std::string_view key, KeyRule const& rule) {
  bool const is_whole = is_a(key, Node::Kind::integer), is_huge = is_a(key, Node::Kind::huge_integer);
  Node const* const value = expect(
      key, rule, is_huge ? Node::Kind::huge_integer : is_whole ? Node::Kind::integer : Node::Kind::number, "a number");
  if (!value) return {};
  if (is_huge) {
    issues_->add(value->where, value->text + " is out of range for " + shown(key) + " in " + title_,
                 "whole numbers have at most 64 bits", "write it with a fraction, as in 1e20");
    return {};
  }
  double const number = is_whole ? static_cast<double>(value->integer) : value->number;
  if (number - number == 0) return number + 0.0;
  issues_->add(value->where, shortest_number(number) + " is out of range for " + shown(key) + " in " + title_,
               "only finite numbers are accepted", "choose a finite number");
  return {};
}

std::optional<std::vector<Located<std::string>>> TableReader::texts(std::string_view key, KeyRule const& rule) {
  Node const* const value = expect(key, rule, Node::Kind::array, "an array of texts");
  if (!value) return {};
  std::vector<Located<std::string>> texts;
  std::set<std::string_view> earlier;
  for (auto const& element : value->elements) {
    if (element.kind != Node::Kind::text) {
      mistyped(key, element, rule, "an array of texts");
      continue;
    }
    if (!earlier.insert(element.text).second) {
      issues_->add(element.where, "repeated " + shown(element.text) + " in " + shown(key), "each may be named once",
                   "keep one of them");
      continue;
    }
    texts.push_back({element.text, element.where});
  }
  return texts;
}

TableReader TableReader::table(std::string_view key, KeyRule const& rule) {
  Node const* const value = expect(key, rule, Node::Kind::table, "a table");
  std::string const inside = title_.size() > 2 && title_.front() == '[' && title_[1] != '['
                                 ? title_.substr(1, title_.size() - 2) + "."
                                 : std::string();
  return {value, "[" + inside + std::string(key) + "]", *issues_};
}

std::vector<TableReader> TableReader::tables(std::string_view key, KeyRule const& rule) {
  Node const* const value = expect(key, rule, Node::Kind::array, "an array of tables");
  std::vector<TableReader> readers;
  if (!value) return readers;
  for (auto const& element : value->elements) {
    if (element.kind == Node::Kind::table)
      readers.emplace_back(&element, "[[" + std::string(key) + "]]", *issues_);
    else
      mistyped(key, element, rule, "an array of tables");
  }
  return readers;
}

void TableReader::finish(std::string_view noun) const {
  if (!table_) return;
  auto const& known = asked_;
  auto const reason = known.empty() ? "none is known here" : "known: " + listed(known, most_listed);
  for (auto const& member : table_->members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    // Thousands of unknown keys get no thousands of suggestions.
    auto const advice = issues_->size() < 200 ? did_you_mean(member.key, known, "remove it") : "remove it";
    issues_->add(member.where, "unknown " + std::string(noun) + " " + shown(member.key) + " in " + title_, reason,
                 advice);
  }
}

}  // namespace sim
