// Reads the text of a CSV file, RFC 4180: fields with their place, quotes and line ends understood, nothing else judged.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

/// A field without its quotes; line and column from 1 of its first byte.
struct CsvField {
  std::string text;
  std::size_t line = 1, column = 1;
};

/// Where the text is no CSV, and why.
struct CsvFault {
  std::size_t line = 1, column = 1;
  std::string problem;
};

struct CsvText {
  std::vector<std::vector<CsvField>> records;  // empty lines are left out
  std::optional<CsvFault> fault;               // where reading stopped
};

/// Lines end with LF or CRLF; a byte order mark at the start is skipped.
CsvText read_csv(std::string_view text);

}  // namespace sim
