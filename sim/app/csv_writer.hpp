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
  /// An empty `path` is standard output. The caller has made sure that what lies at `path` may be replaced. Throws sim::Error.
  explicit CsvWriter(std::string const& path);
  /// Removes what is not finished.
  ~CsvWriter();
  CsvWriter(CsvWriter const&) = delete;
  CsvWriter& operator=(CsvWriter const&) = delete;

  CsvWriter& field(std::string_view text);
  CsvWriter& field(double number);
  CsvWriter& field(std::int64_t number);
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
