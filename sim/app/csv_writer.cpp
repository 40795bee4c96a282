#include "sim/app/csv_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <span>

#include "sim/app/console.hpp"

namespace app {

namespace {
constexpr std::size_t buffer_bytes = std::size_t{1} << 20;
}

CsvWriter::CsvWriter(std::string const& path) : path_(path) {
  if (path.empty()) return;
  file_.emplace(sim::file_aside(path), O_WRONLY | O_CREAT | O_TRUNC);
}

CsvWriter::~CsvWriter() {
  if (file_) ::unlink(file_->path().c_str());
}

void CsvWriter::begin_field() {
  if (!at_row_start_) buffer_ += ',';
  at_row_start_ = false;
}

CsvWriter& CsvWriter::field(std::string_view text) {
  begin_field();
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    buffer_ += text;
    return *this;
  }
  buffer_ += '"';
  for (char const c : text) {
    if (c == '"') buffer_ += '"';
    buffer_ += c;
  }
  buffer_ += '"';
  return *this;
}

CsvWriter& CsvWriter::field(double number) {
  begin_field();
  if (!std::isnan(number)) fmt::format_to(std::back_inserter(buffer_), "{}", number);
  return *this;
}

CsvWriter& CsvWriter::field(std::int64_t number) {
  begin_field();
  fmt::format_to(std::back_inserter(buffer_), "{}", number);
  return *this;
}

void CsvWriter::end_row() {
  buffer_ += '\n';
  at_row_start_ = true;
  if (buffer_.size() >= buffer_bytes) flush();
}

void CsvWriter::flush() {
  if (file_) file_->write_all(std::as_bytes(std::span(buffer_.data(), buffer_.size())));
  else print(buffer_);
  buffer_.clear();
}

void CsvWriter::finish() {
  flush();
  if (!file_) return;
  file_->sync_data();
  file_->close();
  if (::rename(file_->path().c_str(), path_.c_str()) != 0) sim::throw_file_error("write to", path_, errno);
  sim::sync_directory(sim::parent_directory(path_));
  file_.reset();
}

}  // namespace app
