#include "sim/config/value_advice.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "sim/base/time.hpp"
#include "sim/config/issue.hpp"

namespace sim {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// True if `value` has the shape 1234-56-78, whatever the digits.
bool looks_like_date(std::string_view value) {
  if (value.size() < 10) return false;
  for (std::size_t i = 0; i < 10; ++i)
    if (i == 4 || i == 7 ? value[i] != '-' : !is_digit(value[i])) return false;
  return true;
}

ValueAdvice date_advice(std::string_view value) {
  static constexpr std::array<char const*, 12> names{"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};
  auto const text = std::string(value.substr(0, 10));
  int const y = std::stoi(text.substr(0, 4)), m = std::stoi(text.substr(5, 2));
  ValueAdvice advice{text + " is not a date", "", "write a day that exists, as in 2022-11-04"};
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

}  // namespace

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_huge_integer(std::string_view value) {
  std::string digits(value);
  bool const is_signed = !digits.empty() && (digits[0] == '+' || digits[0] == '-');
  bool const is_negative = is_signed && digits[0] == '-';
  if (is_signed) digits.erase(0, 1);
  if (digits.empty() || digits[0] < '1' || digits[0] > '9') return false;
  if (digits.find("__") != std::string::npos || digits.back() == '_') return false;
  std::erase(digits, '_');
  if (is_negative) digits.insert(digits.begin(), '-');
  std::int64_t number = 0;
  auto const [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return failed == std::errc::result_out_of_range && end == digits.data() + digits.size();
}

std::string shortened(std::string_view description) {
  constexpr std::string_view prefix = "Error while ";
  if (description.substr(0, prefix.size()) == prefix) description.remove_prefix(prefix.size());
  std::string out(description.substr(0, 160));
  std::replace_if(
      out.begin(), out.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return out.empty() ? "no value can be read here" : out;
}

std::optional<ValueAdvice> plain_advice(std::string_view value) {
  if (looks_like_date(value) && !parse_date(value.substr(0, 10))) return date_advice(value);
  if (value.empty())
    return ValueAdvice{"the value is missing", "nothing follows the equals sign", "give a value or remove the key"};
  std::string lower(value);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  for (std::string_view const yes : {"true", "yes", "on"})
    if (lower == yes)
      return ValueAdvice{std::string(value) + " is not a value", "TOML spells it in small letters", "write true"};
  for (std::string_view const no : {"false", "no", "off"})
    if (lower == no)
      return ValueAdvice{std::string(value) + " is not a value", "TOML spells it in small letters", "write false"};
  return {};
}

ValueAdvice value_advice(std::string_view value, std::string_view description) {
  if (auto const plain = plain_advice(value)) return *plain;
  bool const is_word = !is_digit(value.front()) && std::all_of(value.begin(), value.end(), is_bare);
  if (is_word) return {std::string(value) + " is not a value", "a text needs quotes", "write " + shown(value)};
  return {shown(value) + " cannot be read", shortened(description),
          "write a text in quotes, a number, true, false or "
          "a date as in 2022-11-04"};
}

}  // namespace sim
