#include "sim/base/time.hpp"

#include <chrono>
#include <cstdio>

#include "sim/base/contracts.hpp"

namespace sim {
namespace {

std::chrono::year_month_day calendar_day(Date date) {
  return std::chrono::year(date.year) / std::chrono::month(static_cast<unsigned>(date.month)) /
         std::chrono::day(static_cast<unsigned>(date.day));
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

Duration from_days(double days) {
  SIM_CHECK(days == days);
  double const ticks = days * static_cast<double>(day.ticks);
  double const limit = 9.2e18;
  if (ticks >= limit) return {static_cast<std::int64_t>(limit)};
  if (ticks <= -limit) return {-static_cast<std::int64_t>(limit)};
  return {static_cast<std::int64_t>(ticks + (ticks < 0 ? -0.5 : 0.5))};
}

Time to_time(Date date) {
  return {std::chrono::sys_days(calendar_day(date)).time_since_epoch().count() * day.ticks};
}

Date to_date(Time time) {
  auto const days = std::chrono::sys_days(std::chrono::days(floor_div(time.ticks, day.ticks)));
  std::chrono::year_month_day const ymd(days);
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

bool is_valid(Date date) {
  return date.year >= 1000 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= 31 && calendar_day(date).ok();
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  Date const date{number(0, 4), number(5, 2), number(8, 2)};
  if (!is_valid(date)) return {};
  return date;
}

std::string to_string(Date date) {
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  return text;
}

std::string to_string(Time time) {
  std::int64_t const of_day = time.ticks - floor_div(time.ticks, day.ticks) * day.ticks;
  char text[64];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%06d", static_cast<int>(of_day / hour.ticks),
                static_cast<int>(of_day / minute.ticks % 60), static_cast<int>(of_day / second.ticks % 60),
                static_cast<int>(of_day % second.ticks));
  return to_string(to_date(time)) + text;
}

double decimal_year(Time time) {
  int const y = to_date(time).year;
  Time const from = to_time({y, 1, 1});
  Time const to = to_time({y + 1, 1, 1});
  return y + static_cast<double>((time - from).ticks) / static_cast<double>((to - from).ticks);
}

}  // namespace sim
