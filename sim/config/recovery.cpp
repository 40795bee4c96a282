#include "sim/config/recovery.hpp"

#include <algorithm>

#include "sim/config/value_advice.hpp"

namespace sim {
namespace {

constexpr std::string_view repeated_mark = "__repeated_";
constexpr std::string_view unreadable_mark = "__unreadable__";
constexpr std::string_view huge_mark = "__huge__";

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

}  // namespace

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
  if (is_huge_integer(value)) {
    replace_line(error.where.line, text.substr(0, a.key_end) + " = \"" + std::string(huge_mark) + value + "\"");
    return true;
  }
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
  if (root.kind == Node::Kind::text && is_mended(root.where) && root.text.starts_with(huge_mark)) {
    root.kind = Node::Kind::huge_integer;
    root.text.erase(0, huge_mark.size());
  }
  for (auto& member : root.members) clean(member.value);
  for (auto& element : root.elements) clean(element);
}

}  // namespace sim
