#include "models/world/data/table.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "models/world/data_tables.hpp"
#include "sim/base/error.hpp"

namespace world {
namespace {

std::vector<std::string> split(std::string_view line, char separator) {
  std::vector<std::string> cells;
  while (true) {
    auto const end = line.find(separator);
    cells.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + 1);
  }
}

}  // namespace

Table::Table(std::string const& file_name) : Table(file_name, data_table(file_name)) {}

Table::Table(std::string file_name, std::string_view contents) : file_name_(std::move(file_name)) {
  for (std::string const& line : split(contents, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    auto cells = split(line, '\t');
    if (header_.empty()) {
      header_ = std::move(cells);
      continue;
    }
    cells.resize(header_.size());
    rows_.push_back(std::move(cells));
  }
  if (rows_.empty()) throw sim::Error("data table '" + file_name_ + "' has no rows (empty file) restore configs/data");
}

Table Table::sorted_by(std::vector<std::string> const& columns) const {
  Table sorted = *this;
  std::vector<std::size_t> keys;
  for (std::string const& column : columns) keys.push_back(column_index(column));
  std::stable_sort(sorted.rows_.begin(), sorted.rows_.end(), [&](auto const& a, auto const& b) {
    for (std::size_t const key : keys)
      if (a[key] != b[key]) return a[key] < b[key];
    return false;
  });
  return sorted;
}

std::size_t Table::column_index(std::string_view column) const {
  for (std::size_t i = 0; i < header_.size(); ++i)
    if (header_[i] == column) return i;
  throw sim::Error("data table '" + file_name_ + "' has no column '" + std::string(column) +
                   "' (its header differs) restore configs/data");
}

std::string const& Table::text(std::size_t row, std::string_view column) const {
  return rows_.at(row)[column_index(column)];
}

std::optional<double> Table::maybe_number(std::size_t row, std::string_view column) const {
  std::string const& cell = text(row, column);
  if (cell.empty()) return {};
  double value = 0;
  auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) unusable(row, column, "no number");
  return value;
}

double Table::number(std::size_t row, std::string_view column) const {
  auto const value = maybe_number(row, column);
  if (!value) unusable(row, column, "empty, but a number is needed");
  return *value;
}

std::optional<sim::Date> Table::maybe_date(std::size_t row, std::string_view column) const {
  std::string const& cell = text(row, column);
  if (cell.empty()) return {};
  auto const date = sim::parse_date(cell);
  if (!date) unusable(row, column, "no date YYYY-MM-DD");
  return date;
}

void Table::unusable(std::size_t row, std::string_view column, std::string const& why) const {
  throw sim::Error("data table '" + file_name_ + "', row " + std::to_string(row + 1) + ", column '" +
                   std::string(column) + "': '" + text(row, column) + "' (" + why + ") restore configs/data");
}

}  // namespace world
