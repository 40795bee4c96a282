#include "sim/app/slurm/slurm_values.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace app {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::uint64_t day_s = 86400;
constexpr std::uint64_t time_max_s = 3650 * day_s;

/// A number of one to nine digits.
std::optional<std::uint64_t> number(std::string_view text) {
  if (text.empty() || text.size() > 9 || text.find_first_not_of(digits) != std::string_view::npos) return {};
  std::uint64_t value = 0;
  for (char const c : text) value = 10 * value + static_cast<std::uint64_t>(c - '0');
  return value;
}

/// Numbers between colons; empty if one is none.
std::vector<std::uint64_t> fields_of(std::string_view text) {
  std::vector<std::uint64_t> values;
  for (;;) {
    auto const value = number(text.substr(0, text.find(':')));
    if (!value) return {};
    values.push_back(*value);
    if (text.find(':') == std::string_view::npos) return values;
    text.remove_prefix(text.find(':') + 1);
  }
}

/// Seconds of "A:B:C" in units of `units`; empty if a field but the first exceeds its range.
std::optional<std::uint64_t> seconds_of(std::vector<std::uint64_t> const& fields, std::vector<std::uint64_t> const& units) {
  if (fields.empty() || fields.size() > units.size()) return {};
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0 && fields[i] * units[i] >= units[i - 1]) return {};
    total += fields[i] * units[i];
  }
  return total;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

std::optional<std::uint32_t> parse_slurm_time(std::string_view text) {
  std::optional<std::uint64_t> seconds;
  if (auto const dash = text.find('-'); dash != std::string_view::npos) {
    auto const days = number(text.substr(0, dash));
    auto const rest = seconds_of(fields_of(text.substr(dash + 1)), {3600, 60, 1});
    if (days && rest && *rest < day_s) seconds = *days * day_s + *rest;
  } else {
    auto const fields = fields_of(text);
    seconds = seconds_of(fields, fields.size() == 3 ? std::vector<std::uint64_t>{3600, 60, 1} : std::vector<std::uint64_t>{60, 1});
  }
  if (!seconds || *seconds == 0 || *seconds > time_max_s) return {};
  return static_cast<std::uint32_t>((*seconds + 59) / 60 * 60);
}

bool is_slurm_memory(std::string_view text) {
  if (!text.empty() && std::string_view("KMGT").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return number(text).has_value();
}

bool is_slurm_name(std::string_view text) {
  constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
  return !text.empty() && text.size() <= 64 && text.front() != '-' && text.find_first_not_of(allowed) == std::string_view::npos;
}

std::string trouble_in_script(std::string_view text) {
  if (text.find('\n') != std::string_view::npos) return "it holds a line break";
  if (std::any_of(text.begin(), text.end(), is_control)) return "it holds a control character";
  return {};
}

std::string trouble_in_folder(std::string_view text) {
  for (char const c : {'%', '\\'}) {
    if (text.find(c) != std::string_view::npos) return std::string("it holds ") + c + ", which Slurm reads as a pattern";
  }
  return trouble_in_script(text);
}

}  // namespace app
