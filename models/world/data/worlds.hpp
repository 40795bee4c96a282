// The worlds of the model: one set of rules and of shared tables, and the tables about nations of each world.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace world {

/// What tells one world from another besides its tables.
struct WorldInfo {
  std::string_view name;              // value of scenario.world in a study
  std::string_view meaning;           // one sentence
  std::string_view folder;            // of its own tables within configs/data: empty, or with a slash at its end
  std::string_view centre;            // organisation with the yearly exercise, which new studies join
  std::string_view income_reference;  // nation at whose income per head a case costs what the model says
};

/// All worlds; the first is the default.
std::span<WorldInfo const> worlds();

/// The world of that name; sim::Error with those that exist.
WorldInfo const& find_world(std::string_view name);

/// Name of the world's own version of a table about nations: "nations.tsv" or "berylia/nations.tsv".
std::string own_table(WorldInfo const& world, std::string_view file_name);

/// Every table that the world rests on, sorted: its own, and those it shares with the default world.
std::vector<std::string> tables_of(WorldInfo const& world);

}  // namespace world
