// The score sheet of one exercise: points of every strand and what lies behind them, team by team.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/exercise/build.hpp"

namespace exercise {

/// Everything known about a team at the end.
enum class Item : std::uint8_t {
  availability, thwarted, compromise, restoration, legal, media, strategic, reporting, forensics,  // points of the strands
  technical, total, rank,
  attacks, prevented, blocked, hurt, breaches, outages, breached_hours, down_hours, incidents, cases, solved, checks_passed, visits_served,
  service, trust, tool_uses, count_
};
inline constexpr std::size_t item_count = static_cast<std::size_t>(Item::count_);
inline constexpr std::size_t strand_count = 9;
/// The first strands are the technical ones.
inline constexpr std::size_t technical_count = 4;

/// What an item is; all are numbers.
struct ItemInfo {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
};
ItemInfo const& info(Item item);
/// The most points of a strand, of technical and of total.
double maximum(Rules const& rules, Item item);

/// One team's numbers.
struct TeamSheet {
  std::array<double, item_count> values{};
  double& operator[](Item item) { return values[static_cast<std::size_t>(item)]; }
  double operator[](Item item) const { return values[static_cast<std::size_t>(item)]; }
};

/// Reads the sheet of every team from a world that has run to its end, ranks included: 1 is best, teams with the same total
/// share the mean of their ranks.
std::vector<TeamSheet> sheet_of(Exercise const& exercise);

}  // namespace exercise
