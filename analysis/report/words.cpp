#include "analysis/report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace analysis {
namespace {

std::string with_separators(std::string digits) {
  auto const point = std::min(digits.find('.'), digits.size());
  std::size_t const first = digits[0] == '-' ? 1 : 0;
  for (std::size_t i = point; i > first + 3;) {
    i -= 3;
    digits.insert(i, 1, ',');
  }
  return digits;
}

// Three significant digits without an exponent.
std::string plain(double value) {
  double const size = std::fabs(value);
  int decimals = 2;
  for (double bound = 1; size < bound && decimals < 9; bound /= 10) ++decimals;
  for (double bound = 9.995; size >= bound && decimals > 0; bound *= 10) --decimals;
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : with_separators(text);
}

// Columns that a UTF-8 text takes, one per code point.
std::size_t columns_of(std::string const& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string number(double value) {
  if (std::isnan(value)) return "unknown";
  double const size = std::fabs(value);
  if (size == 0) return "0";
  if (size < 1e-4 || size >= 1e15) return fmt::format("{:.3g}", value);
  if (size >= 999.5e9) return plain(value / 1e12) + " trillion";
  if (size >= 999.5e6) return plain(value / 1e9) + " billion";
  if (size >= 999'500) return plain(value / 1e6) + " million";
  return plain(value);
}

std::string signed_number(double value) { return std::string(value > 0 ? "+" : "") + number(value); }

std::string range(double lo, double hi) { return signed_number(lo) + " to " + signed_number(hi); }

std::string percent(double share) {
  if (std::isnan(share)) return "unknown";
  return plain(100 * share) + " %";
}

std::string unit_words(std::string const& unit) {
  if (unit.empty() || unit == "1" || unit == "share") return "";
  if (unit == "d") return " days";
  if (unit == "h") return " hours";
  if (unit == "yr") return " years";
  return " " + unit;
}

std::string amount(double value, std::string const& unit) { return number(value) + unit_words(unit); }

std::string phrase(std::string name) {
  if (name == "time_to_90") return "time to 90 % of service";
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string count_of(std::size_t n, std::string const& singular, std::string const& plural) {
  return with_separators(std::to_string(n)) + " " + (n == 1 ? singular : plural);
}

std::string enumeration(std::vector<std::string> const& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i != 0) text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

std::string column(std::string const& text, std::size_t width, bool right) {
  std::string kept;
  std::size_t used = 0;
  bool const cut = columns_of(text) > width;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const starts = (text[i] & 0xC0) != 0x80;
    if (starts && cut && used + 1 == width) break;
    used += starts;
    kept += text[i];
  }
  if (cut) return kept + "~";
  std::string const blanks(width - used, ' ');
  return right ? blanks + kept : kept + blanks;
}

}  // namespace analysis
