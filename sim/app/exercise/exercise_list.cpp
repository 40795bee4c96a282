#include "sim/app/exercise/exercise_list.hpp"

#include "models/exercise/sheet.hpp"
#include "sim/app/describe/describe_formats.hpp"

namespace app {

namespace {

std::vector<std::string> row_of(exercise::KeyInfo const& key) {
  return {key.name, key.unit, exercise::range_of(key), exercise::standard_of(key), key.meaning, key.source,
          std::string(1, static_cast<char>(key.grade))};
}

std::vector<Table> all_tables() {
  std::vector<std::string> const columns{"key", "unit", "range", "standard", "meaning", "source", "grade"};
  std::vector<Table> all;
  for (auto const& [name, about] : exercise::tables()) {
    Table table{"[" + name + "]: " + about, columns, {}};
    for (auto const& key : exercise::rule_keys()) {
      if (key.info.table == name) table.rows.push_back(row_of(key.info));
    }
    all.push_back(std::move(table));
  }
  Table teams{"[[team]]: a blue team, with a name; every other key may be left out", columns, {}};
  for (auto const& key : exercise::team_keys()) teams.rows.push_back(row_of(key.info));
  all.push_back(std::move(teams));
  Table items{"Items of the score sheet", {"item", "unit", "meaning"}, {}};
  for (std::size_t i = 0; i < exercise::item_count; ++i) {
    auto const& info = exercise::info(static_cast<exercise::Item>(i));
    items.rows.push_back({std::string(info.name), std::string(info.unit), std::string(info.meaning)});
  }
  all.push_back(std::move(items));
  return all;
}

}  // namespace

std::string exercise_list(std::string const& format) {
  auto const all = all_tables();
  return format == "json" ? as_json(all) : format == "md" ? as_markdown(all) : as_text(all);
}

}  // namespace app
