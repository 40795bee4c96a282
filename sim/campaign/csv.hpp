// Reads comma-separated values (RFC 4180): every cell with the place where it begins.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/base/error.hpp"

namespace sim {

struct CsvCell {
  std::string text;  // without quotes
  int line = 1, column = 1;
};
using CsvRow = std::vector<CsvCell>;

/// What is no table, and where; what() is "LINE:COLUMN: problem (reason) advice".
class CsvError : public Error {
 public:
  CsvError(int line_, int column_, std::string const& text)
      : Error(std::to_string(line_) + ":" + std::to_string(column_) + ": " + text), line(line_), column(column_) {}
  int line, column;
};

/// The rows in order, empty lines left out; all have as many cells as the first. Ends of lines are LF or CRLF, a mark of
/// byte order before the first cell is skipped. CsvError.
std::vector<CsvRow> read_csv(std::string_view text);

}  // namespace sim
