#include "sim/campaign/condition_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "sim/base/names.hpp"

namespace sim {
namespace {

using Kind = ConditionWord::Kind;
using Operation = Condition::Operation;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Sign {
  std::string_view text;
  Operation operation;
};
/// Longer ones first, so that <= is not read as <.
constexpr std::array signs{Sign{"<=", Operation::at_most}, Sign{">=", Operation::at_least}, Sign{"==", Operation::equal},
                           Sign{"!=", Operation::unequal}, Sign{"<", Operation::less},      Sign{">", Operation::more},
                           Sign{"+", Operation::add},      Sign{"-", Operation::subtract},  Sign{"*", Operation::multiply},
                           Sign{"/", Operation::divide}};
constexpr std::array word_signs{Sign{"not", Operation::opposite}, Sign{"and", Operation::both}, Sign{"or", Operation::either}};
/// What people of other languages write, and what it is here.
struct Foreign {
  std::string_view text, here;
};
constexpr std::array foreign{Foreign{"&&", "and"}, Foreign{"||", "or"}, Foreign{"&", "and"}, Foreign{"|", "or"},
                             Foreign{"!", "not"},  Foreign{"=", "=="},  Foreign{"~", "not"}};

/// Length of the run of bytes from `at` on for which `belongs` is true.
template <class Test>
std::size_t run(std::string_view text, std::size_t at, Test belongs) {
  std::size_t end = at;
  while (end < text.size() && belongs(text[end])) ++end;
  return end - at;
}

int whole(std::string_view digits) {
  int value = 0;
  for (char const c : digits) value = value * 10 + (c - '0');
  return value;
}

/// The date that begins at `at`: four digits, dash, one or two, dash, one or two. Its length; 0 if there is none.
std::size_t date_length(std::string_view text, std::size_t at) {
  auto const year = run(text, at, is_digit);
  if (year != 4 || at + 4 >= text.size() || text[at + 4] != '-') return 0;
  auto const month = run(text, at + 5, is_digit);
  auto const dash = at + 5 + month;
  if (month < 1 || month > 2 || dash >= text.size() || text[dash] != '-') return 0;
  auto const day_digits = run(text, dash + 1, is_digit);
  return day_digits < 1 || day_digits > 2 ? 0 : dash + 1 + day_digits - at;
}

ConditionWord date_word(std::string_view text, std::size_t at, std::size_t length) {
  auto const written = text.substr(at, length);
  Date date{};
  if (length == 10) date = {whole(written.substr(0, 4)), whole(written.substr(5, 2)),
                            whole(written.substr(8, 2))};
  if (length != 10 || !is_valid(date))
    throw ConditionError(text, at, shown(written) + " is no date", "a date is year, month and day, as 2022-11-04",
                         "write a day that exists; put blanks around a minus");
  return {Kind::number, at, written, date_number(date)};
}

ConditionWord number_word(std::string_view text, std::size_t at) {
  if (auto const length = date_length(text, at)) return date_word(text, at, length);
  double value = 0;
  auto const [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
  auto const length = static_cast<std::size_t>(end - text.data()) - at;
  auto const written = text.substr(at, length);
  if (error == std::errc::result_out_of_range)
    throw ConditionError(text, at, shown(written) + " is out of range", "it does not fit into a double", "write a smaller number");
  bool const goes_on = at + length < text.size() && (is_letter(text[at + length]) || is_digit(text[at + length]) || text[at + length] == '.');
  if (error != std::errc() || goes_on)
    throw ConditionError(text, at, shown(text.substr(at, 12)) + " is no number", "numbers are written as 3, 0.25 or 1e-3",
                         "mend it; a name that begins with a digit stands in quotes");
  return {Kind::number, at, written, value};
}

ConditionWord quoted_word(std::string_view text, std::size_t at) {
  auto const end = text.find(text[at], at + 1);
  if (end == std::string_view::npos)
    throw ConditionError(text, at, "a quote is not closed", "quotes stand around a name", "close it");
  return {Kind::name, at, text.substr(at + 1, end - at - 1)};
}

ConditionWord sign_word(std::string_view text, std::size_t at) {
  auto const rest = text.substr(at);
  for (auto const& sign : signs)
    if (rest.substr(0, sign.text.size()) == sign.text) return {Kind::operation, at, sign.text, 0, sign.operation};
  for (auto const& [written, here] : foreign)
    if (rest.substr(0, written.size()) == written)
      throw ConditionError(text, at, shown(written) + " means nothing here", "there are and, or, not and == instead",
                           "write " + shown(here));
  throw ConditionError(text, at, shown(rest.substr(0, 1)) + " means nothing here",
                       "a condition has numbers, names, + - * /, comparisons, and, or, not and parentheses", "remove it");
}

ConditionWord next_word(std::string_view text, std::size_t at) {
  char const c = text[at];
  if (c == '(') return {Kind::open, at, text.substr(at, 1)};
  if (c == ')') return {Kind::close, at, text.substr(at, 1)};
  if (c == '"' || c == '\'') return quoted_word(text, at);
  bool const fraction = c == '.' && at + 1 < text.size() && is_digit(text[at + 1]);
  if (is_digit(c) || fraction) return number_word(text, at);
  if (!is_letter(c)) return sign_word(text, at);
  auto const written = text.substr(at, run(text, at, [](char d) { return is_letter(d) || is_digit(d) || d == '.'; }));
  for (auto const& sign : word_signs)
    if (written == sign.text) return {Kind::operation, at, written, 0, sign.operation};
  return {Kind::name, at, written};
}

}  // namespace

std::vector<ConditionWord> condition_words(std::string_view text) {
  if (text.size() > Condition::length_max)
    throw ConditionError(text, 0, "a condition of " + std::to_string(text.size()) + " bytes is too long",
                         "at most " + std::to_string(Condition::length_max) + " are read", "part it into several conditions");
  std::vector<ConditionWord> words;
  std::size_t at = 0;
  while ((at += run(text, at, is_space)) < text.size()) {
    words.push_back(next_word(text, at));
    auto const& word = words.back();
    bool const quoted = word.kind == Kind::name && (text[at] == '"' || text[at] == '\'');
    at += word.text.size() + (quoted ? 2 : 0);
  }
  words.push_back({Kind::end, text.size(), {}});
  return words;
}

}  // namespace sim
