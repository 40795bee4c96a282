// What the build generates from configs/data: the name and the bytes of every table.
#pragma once

#include <span>
#include <string_view>

namespace world {

struct EmbeddedTable {
  std::string_view name;
  std::string_view text;
};

/// All tables, sorted by name; defined in the generated file.
std::span<EmbeddedTable const> embedded_tables();

}  // namespace world
