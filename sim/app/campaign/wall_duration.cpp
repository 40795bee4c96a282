#include "sim/app/campaign/wall_duration.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "sim/base/error.hpp"

namespace app {

namespace {

constexpr double minute_s = 60, hour_s = 3600, day_s = 86400;
constexpr double longest_s = 3650 * day_s;

/// Takes a whole number from the front of `text`.
std::optional<double> take_number(std::string_view& text) {
  std::uint32_t value = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc()) return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<double> unit_seconds(char unit) {
  switch (unit) {
    case 's': return 1;
    case 'm': return minute_s;
    case 'h': return hour_s;
    case 'd': return day_s;
    default: return {};
  }
}

/// "1h30m"
std::optional<double> with_units(std::string_view text) {
  double total = 0;
  while (!text.empty()) {
    auto const number = take_number(text);
    auto const unit = number && !text.empty() ? unit_seconds(text.front()) : std::nullopt;
    if (!unit) return {};
    total += *number * *unit;
    text.remove_prefix(1);
  }
  return total;
}

/// "01:30:00", "1-12:00:00"
std::optional<double> as_clock(std::string_view text) {
  double days = 0;
  if (std::size_t const dash = text.find('-'); dash != std::string_view::npos) {
    auto const number = take_number(text);
    if (!number || text.empty() || text.front() != '-') return {};
    days = *number;
    text.remove_prefix(1);
  }
  std::vector<double> parts;
  for (;;) {
    auto const number = take_number(text);
    if (!number) return {};
    parts.push_back(*number);
    if (text.empty()) break;
    if (text.front() != ':') return {};
    text.remove_prefix(1);
  }
  if (parts.size() != 3) return {};
  return days * day_s + parts[0] * hour_s + parts[1] * minute_s + parts[2];
}

}  // namespace

double wall_seconds(std::string_view text, std::string const& option, bool may_be_zero) {
  auto const seconds = text.find(':') == std::string_view::npos ? with_units(text) : as_clock(text);
  if (text.empty() || !seconds || (*seconds == 0 && !may_be_zero) || *seconds > longest_s) {
    throw sim::Error(fmt::format("{} '{}' is no duration ({}at most ten years, each whole number with its unit) write for "
                                 "example 90s, 45m, 1h30m, 2d, 01:30:00 or 1-12:00:00",
                                 option, text, may_be_zero ? "" : "above 0, "));
  }
  return *seconds;
}

}  // namespace app
