// A tab-separated table: comment lines, a header, rows of text; cells by column name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/time.hpp"

namespace world {

/// Rows of an embedded table; throws sim::Error with table, row and column for a cell that cannot be read.
class Table {
 public:
  /// Reads data_table(`file_name`): lines starting with '#' are comments, the first other line is the header.
  explicit Table(std::string const& file_name);
  /// Reads `text` as the contents of `file_name`.
  Table(std::string file_name, std::string_view text);

  /// Rows in the order of these cells, so that nothing depends on their order in the file.
  Table sorted_by(std::vector<std::string> const& columns) const;

  std::size_t size() const { return rows_.size(); }
  /// Text of a cell; empty where nothing is known.
  std::string const& text(std::size_t row, std::string_view column) const;
  /// Number in a cell.
  double number(std::size_t row, std::string_view column) const;
  /// Number in a cell, nothing where it is empty.
  std::optional<double> maybe_number(std::size_t row, std::string_view column) const;
  /// ISO date in a cell, nothing where it is empty.
  std::optional<sim::Date> maybe_date(std::size_t row, std::string_view column) const;

 private:
  std::size_t column_index(std::string_view column) const;
  [[noreturn]] void unusable(std::size_t row, std::string_view column, std::string const& why) const;

  std::string file_name_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace world
