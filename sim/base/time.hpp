// Simulated time: whole microseconds since 1970-01-01T00:00:00 UTC, and its calendar.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sim {

/// A span of simulated time [us].
struct Duration {
  std::int64_t ticks = 0;
  friend constexpr auto operator<=>(Duration, Duration) = default;
};

/// A point of simulated time [us since the Unix epoch].
struct Time {
  std::int64_t ticks = 0;
  friend constexpr auto operator<=>(Time, Time) = default;
};

constexpr Time operator+(Time t, Duration d) { return {t.ticks + d.ticks}; }
constexpr Time operator-(Time t, Duration d) { return {t.ticks - d.ticks}; }
constexpr Duration operator-(Time a, Time b) { return {a.ticks - b.ticks}; }
constexpr Duration operator+(Duration a, Duration b) { return {a.ticks + b.ticks}; }
constexpr Duration operator*(Duration d, std::int64_t n) { return {d.ticks * n}; }

inline constexpr Duration tick{1};
inline constexpr Duration second{1'000'000};
inline constexpr Duration minute{60'000'000};
inline constexpr Duration hour{3'600'000'000};
inline constexpr Duration day{86'400'000'000};
/// Julian year, 365.25 days.
inline constexpr Duration year{31'557'600'000'000};
inline constexpr Time end_of_time{std::numeric_limits<std::int64_t>::max()};

/// Span in days [d].
constexpr double in_days(Duration d) { return static_cast<double>(d.ticks) / static_cast<double>(day.ticks); }
/// Span in years of 365.25 d.
constexpr double in_years(Duration d) { return static_cast<double>(d.ticks) / static_cast<double>(year.ticks); }
/// Nearest tick to `days`, saturating at about 292,000 years; NaN is a broken contract.
Duration from_days(double days);

/// A day of the proleptic Gregorian calendar.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
  friend constexpr auto operator<=>(Date const&, Date const&) = default;
};

/// Midnight UTC at the start of `date`.
Time to_time(Date date);
/// The day that contains `time`.
Date to_date(Time time);
/// True for a day that exists.
bool is_valid(Date date);
/// Reads "YYYY-MM-DD"; empty for anything else or a day that does not exist.
std::optional<Date> parse_date(std::string_view text);
/// "YYYY-MM-DD".
std::string to_string(Date date);
/// "YYYY-MM-DDThh:mm:ss.uuuuuu".
std::string to_string(Time time);
/// Calendar year with its elapsed share, e.g. 2016.5 at mid 2016.
double decimal_year(Time time);

}  // namespace sim
