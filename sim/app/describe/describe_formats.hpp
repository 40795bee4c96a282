// Tables of text in the three formats of `describe`.
#pragma once

#include <string>
#include <vector>

namespace app {

/// A titled table; every row has as many cells as there are columns.
struct Table {
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> numeric{};  // columns whose cells are numbers
};

/// One paragraph per row: the first cell as a heading, the others as "column: cell".
std::string as_text(std::vector<Table> const& tables);

/// A pipe table without its title.
std::string as_markdown(Table const& table);

/// One pipe table per table, each under its title.
std::string as_markdown(std::vector<Table> const& tables);

/// {"parameters": [{"name": ...}, ...], ...}; cells of numeric columns are numbers, all others strings.
std::string as_json(std::vector<Table> const& tables);

}  // namespace app
