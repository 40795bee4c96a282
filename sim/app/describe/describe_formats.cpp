#include "sim/app/describe/describe_formats.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace app {

namespace {

std::string markdown_cell(std::string const& text) {
  std::string cell;
  for (char const c : text) {
    if (c == '|') cell += "\\|";
    else cell += c == '\n' ? ' ' : c;
  }
  return cell;
}

std::string markdown_row(std::vector<std::string> const& cells) {
  std::string row = "|";
  for (std::string const& cell : cells) row += " " + markdown_cell(cell) + " |";
  return row + "\n";
}

nlohmann::ordered_json json_cell(std::string const& cell, bool is_number) {
  return is_number ? nlohmann::ordered_json::parse(cell) : nlohmann::ordered_json(cell);
}

}  // namespace

std::string as_text(std::vector<Table> const& tables) {
  std::string text;
  for (Table const& table : tables) {
    text += (text.empty() ? "" : "\n") + table.title + "\n" + std::string(table.title.size(), '-') + "\n";
    for (auto const& row : table.rows) {
      text += row.front() + "\n";
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (!row[i].empty()) text += "    " + table.columns[i] + ": " + row[i] + "\n";
      }
    }
  }
  return text;
}

std::string as_markdown(Table const& table) {
  std::string text = markdown_row(table.columns) + markdown_row(std::vector<std::string>(table.columns.size(), "---"));
  for (auto const& row : table.rows) text += markdown_row(row);
  return text;
}

std::string as_markdown(std::vector<Table> const& tables) {
  std::string text;
  for (Table const& table : tables) text += (text.empty() ? "## " : "\n## ") + table.title + "\n\n" + as_markdown(table);
  return text;
}

std::string as_json(std::vector<Table> const& tables) {
  auto json = nlohmann::ordered_json::object();
  for (Table const& table : tables) {
    auto rows = nlohmann::ordered_json::array();
    std::vector<bool> numeric;
    for (std::string const& column : table.columns) {
      numeric.push_back(std::find(table.numeric.begin(), table.numeric.end(), column) != table.numeric.end());
    }
    for (auto const& row : table.rows) {
      auto object = nlohmann::ordered_json::object();
      for (std::size_t i = 0; i < row.size(); ++i) object[table.columns[i]] = json_cell(row[i], numeric[i]);
      rows.push_back(std::move(object));
    }
    json[table.title] = std::move(rows);
  }
  return json.dump(2) + "\n";
}

}  // namespace app
