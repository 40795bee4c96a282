#include "sim/config/recovery.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "sim/base/time.hpp"

namespace sim {
namespace {

constexpr std::string_view repeated_mark = "__repeated_";
constexpr std::string_view unreadable_mark = "__unreadable__";

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A line "key = value": where key and value lie. value_end excludes a comment and trailing blanks.
struct Assignment {
  std::size_t key_begin = 0, key_end = 0, value_begin = 0, value_end = 0;
  bool found = false;
};

Assignment assignment(std::string_view line) {
  Assignment a;
  auto skip_blanks = [&](std::size_t i) {
    while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) ++i;
    return i;
  };
  a.key_begin = skip_blanks(0);
  a.key_end = a.key_begin;
  while (a.key_end < line.size() && (is_bare(line[a.key_end]) || line[a.key_end] == '.')) ++a.key_end;
  std::size_t const equals = skip_blanks(a.key_end);
  if (a.key_end == a.key_begin || equals >= line.size() || line[equals] != '=') return a;
  a.value_begin = skip_blanks(equals + 1);
  a.value_end = line.size();
  // A comment ends the value unless the value is quoted.
  if (a.value_begin < line.size() && line[a.value_begin] != '"' && line[a.value_begin] != '\'')
    a.value_end = std::min(line.find('#', a.value_begin), line.size());
  while (a.value_end > a.value_begin && static_cast<unsigned char>(line[a.value_end - 1]) <= ' ') --a.value_end;
  a.found = true;
  return a;
}

/// True if `value` has the shape 1234-56-78, whatever the digits.
bool looks_like_date(std::string_view value) {
  if (value.size() < 10) return false;
  for (std::size_t i = 0; i < 10; ++i)
    if (i == 4 || i == 7 ? value[i] != '-' : !is_digit(value[i])) return false;
  return true;
}

Advice date_advice(std::string_view value) {
  static constexpr std::array<char const*, 12> names{"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};
  auto const text = std::string(value.substr(0, 10));
  int const y = std::stoi(text.substr(0, 4)), m = std::stoi(text.substr(5, 2));
  Advice advice{text + " is not a date", "", "write a day that exists, as in 2022-11-04"};
  if (m < 1 || m > 12) {
    advice.reason = "there is no month " + text.substr(5, 2);
    return advice;
  }
  int days = 31;
  while (days > 28 && !is_valid({std::max(y, 1000), m, days})) --days;
  advice.reason = std::string(names[static_cast<std::size_t>(m - 1)]) + " " + text.substr(0, 4) + " has " +
                  std::to_string(days) + " days";
  return advice;
}

/// The library's "Error while parsing X: Y" as one line.
std::string shortened(std::string_view description) {
  constexpr std::string_view prefix = "Error while ";
  if (description.substr(0, prefix.size()) == prefix) description.remove_prefix(prefix.size());
  std::string out(description.substr(0, 160));
  std::replace_if(
      out.begin(), out.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return out.empty() ? "no value can be read here" : out;
}

}  // namespace

Advice value_advice(std::string_view value, std::string_view description) {
  if (looks_like_date(value) && !parse_date(value.substr(0, 10))) return date_advice(value);
  if (value.empty())
    return {"the value is missing", "nothing follows the equals sign", "give a value or remove the key"};
  std::string lower(value);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  for (std::string_view const yes : {"true", "yes", "on"})
    if (lower == yes) return {std::string(value) + " is not a value", "TOML spells it in small letters", "write true"};
  for (std::string_view const no : {"false", "no", "off"})
    if (lower == no) return {std::string(value) + " is not a value", "TOML spells it in small letters", "write false"};
  std::string_view const digits = value.substr(value.front() == '-' || value.front() == '+' ? 1 : 0);
  if (digits.size() >= 19 && std::all_of(digits.begin(), digits.end(), is_digit))
    return {std::string(value) + " is out of range",
            "whole numbers reach from -9223372036854775808 to 9223372036854775807", "choose one between them"};
  bool const is_word = !is_digit(value.front()) && std::all_of(value.begin(), value.end(), is_bare);
  if (is_word) return {std::string(value) + " is not a value", "a text needs quotes", "write " + shown(value)};
  return {shown(value) + " cannot be read", shortened(description),
          "write a text in quotes, a number, true, false or "
          "a date as in 2022-11-04"};
}

std::string_view Recovery::line(int number) const {
  std::size_t begin = 0;
  for (int i = 1; i < number; ++i) {
    begin = text_.find('\n', begin);
    if (begin == std::string::npos) return {};
    ++begin;
  }
  return std::string_view(text_).substr(begin, std::min(text_.find('\n', begin), text_.size()) - begin);
}

void Recovery::replace_line(int number, std::string const& with) {
  auto const old = line(number);
  if (old.data() == nullptr) return;
  text_.replace(static_cast<std::size_t>(old.data() - text_.data()), old.size(), with);
}

bool Recovery::mend(TomlError const& error, Issues& issues) {
  bool const seen = std::find(mended_.begin(), mended_.end(), error.where.line) != mended_.end();
  if (seen || mended_.size() >= 100) return false;
  mended_.push_back(error.where.line);
  if (error.description.find("cannot redefine existing") != std::string::npos && mend_repeated(error, issues))
    return true;
  if (mend_value(error, issues)) return true;
  issues.add(error.where, "this is not TOML", shortened(error.description),
             "mend it and check again: what follows could not be judged");
  return false;
}

bool Recovery::mend_repeated(TomlError const& error, Issues& issues) {
  std::string text(line(error.where.line));
  auto const begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return false;
  auto const stand_in = std::string(repeated_mark) + std::to_string(error.where.line);
  Position where{-1, error.where.line, static_cast<int>(begin) + 1};
  if (text[begin] == '[') {
    bool const is_array = text.compare(begin, 2, "[[") == 0;
    auto const close = text.find(is_array ? "]]" : "]", begin);
    if (close == std::string::npos) return false;
    auto const header = text.substr(begin, close - begin + (is_array ? 2 : 1));
    issues.add(where, "repeated table " + header, "a table may be opened once, and a name stands for one thing",
               "merge it with the first one");
    text.replace(begin, header.size(), is_array ? "[[" + stand_in + "]]" : "[" + stand_in + "]");
  } else {
    auto const a = assignment(text);
    if (!a.found) return false;
    auto const key = text.substr(a.key_begin, a.key_end - a.key_begin);
    issues.add(where, "repeated key " + shown(key), "a key may stand once in a table", "keep one of them");
    text.replace(a.key_begin, a.key_end - a.key_begin, stand_in);
  }
  replace_line(error.where.line, text);
  return true;
}

bool Recovery::mend_value(TomlError const& error, Issues& issues) {
  std::string text(line(error.where.line));
  auto const a = assignment(text);
  if (!a.found) return false;
  auto const value = text.substr(a.value_begin, a.value_end - a.value_begin);
  // A value that goes on in the next lines cannot be replaced by itself.
  if (!value.empty() && (value[0] == '[' || value[0] == '{' || value[0] == '"' || value[0] == '\'')) return false;
  auto const advice = value_advice(value, error.description);
  issues.add({-1, error.where.line, static_cast<int>(a.value_begin) + 1}, advice.problem, advice.reason,
             advice.suggestion);
  replace_line(error.where.line, text.substr(0, a.key_end) + " = \"" + std::string(unreadable_mark) + "\"");
  return true;
}

void Recovery::clean(Node& root) const {
  if (mended_.empty()) return;
  auto is_mended = [&](Position where) {
    return std::find(mended_.begin(), mended_.end(), where.line) != mended_.end();
  };
  std::erase_if(root.members, [&](Member const& member) {
    return is_mended(member.where) && member.key.substr(0, repeated_mark.size()) == repeated_mark;
  });
  if (root.kind == Node::Kind::text && is_mended(root.where) && root.text == unreadable_mark)
    root.kind = Node::Kind::unreadable;
  for (auto& member : root.members) clean(member.value);
  for (auto& element : root.elements) clean(element);
}

}  // namespace sim
