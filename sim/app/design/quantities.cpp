#include "sim/app/design/quantities.hpp"

#include <fmt/format.h>

#include <array>

namespace app {

namespace {

std::string with_unit(double value, char const* unit) { return value >= 99.5 ? fmt::format("{:.0f} {}", value, unit) : fmt::format("{:.2g} {}", value, unit); }

}  // namespace

std::string seconds_text(double seconds) {
  if (seconds < 100) return with_unit(seconds, "s");
  if (seconds < 100 * 60) return with_unit(seconds / 60, "min");
  if (seconds < 100 * 3600) return with_unit(seconds / 3600, "h");
  return with_unit(seconds / 86400, "d");
}

std::string bytes_text(double bytes) {
  constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 999.5 && unit + 1 < units.size()) bytes /= 1000, ++unit;
  return with_unit(bytes, units[unit]);
}

}  // namespace app
