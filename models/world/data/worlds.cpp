#include "models/world/data/worlds.hpp"

#include <algorithm>
#include <array>

#include "models/world/data_tables.hpp"
#include "sim/base/error.hpp"
#include "sim/base/names.hpp"

namespace world {
namespace {

constexpr std::array all{
    WorldInfo{"world", "71 nations and 13 organisations of the real world", "", "CCDCOE", "USA"},
    WorldInfo{"berylia", "fictional, for teaching: the island state of Berylia and eight neighbours; every number is assumed", "berylia/",
              "CYDEC", "XAM"},
};

}  // namespace

std::span<WorldInfo const> worlds() { return all; }

WorldInfo const& find_world(std::string_view name) {
  std::vector<std::string> names;
  for (WorldInfo const& world : all) {
    if (world.name == name) return world;
    names.emplace_back(world.name);
  }
  throw sim::Error("unknown world " + sim::shown(name) + " (known: " + sim::listed(names) + ") " +
                   sim::did_you_mean(name, names, "use a known one"));
}

std::string own_table(WorldInfo const& world, std::string_view file_name) { return std::string(world.folder).append(file_name); }

std::vector<std::string> tables_of(WorldInfo const& world) {
  std::vector<std::string> const embedded = data_table_names();
  auto const holds = [&](std::string const& name) { return std::find(embedded.begin(), embedded.end(), name) != embedded.end(); };
  std::vector<std::string> tables;
  for (std::string const& name : embedded) {
    auto const slash = name.find('/');
    bool const own = slash == std::string::npos ? world.folder.empty() : name.substr(0, slash + 1) == world.folder;
    bool const shared = slash == std::string::npos && !own && !holds(own_table(world, name));
    if (own || shared) tables.push_back(name);
  }
  return tables;
}

}  // namespace world
