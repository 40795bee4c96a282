// Rows of comma-separated values as RFC 4180 has them, to standard output or to a file that appears only when it is whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/io/posix_file.hpp"

namespace app {

/// Fields are quoted where they must be; numbers are the shortest that read back as the same double, NaN is an empty field.
class CsvWriter {
 public:
  /// An empty `path` is standard output. Throws sim::Error if something lies at `path` or cannot be written.
  explicit CsvWriter(std::string const& path);
  /// Removes what is not finished.
  ~CsvWriter();
  CsvWriter(CsvWriter const&) = delete;
  CsvWriter& operator=(CsvWriter const&) = delete;

  CsvWriter& field(std::string_view text);
  CsvWriter& field(double number);
  CsvWriter& field(std::uint64_t number);
  void end_row();
  /// The rest, durably, under its name; throws sim::Error.
  void finish();

 private:
  void begin_field();
  void flush();

  std::string path_;
  std::optional<sim::PosixFile> file_;  // aside
  std::string buffer_;
  bool at_row_start_ = true;
};

}  // namespace app
