#include "models/world/data_tables.hpp"

#include "models/world/data/embedded.hpp"
#include "sim/base/error.hpp"

namespace world {

std::string_view data_table(std::string_view file_name) {
  std::string known;
  for (EmbeddedTable const& table : embedded_tables()) {
    if (table.name == file_name) return table.text;
    known += known.empty() ? "" : ", ";
    known += table.name;
  }
  throw sim::Error("unknown data table '" + std::string(file_name) + "' (the program holds: " + known +
                   ") add the file to configs/data and build again");
}

std::vector<std::string> data_table_names() {
  std::vector<std::string> names;
  for (EmbeddedTable const& table : embedded_tables()) names.emplace_back(table.name);
  return names;
}

}  // namespace world
