#include "sim/app/design_csv.hpp"

#include <fcntl.h>

#include <charconv>
#include <filesystem>
#include <fstream>

#include "sim/app/console.hpp"
#include "sim/io/posix_file.hpp"

namespace app {

namespace {

/// How every table of points begins.
constexpr std::string_view first_columns = "point,treatment,label,reference,future";
constexpr std::size_t buffer_bytes = 1u << 20;

std::string cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (char const c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string number(double value) {
  char text[40];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string header(sim::Study const& study, sim::ResultSchema const& schema) {
  std::string line(first_columns);
  for (auto const& lever : study.levers)
    for (char const* part : {".level", ".status", ".from", ".to"}) line += "," + cell(lever.name + part);
  for (auto const& factor : schema.factors) line += "," + cell(factor.name + " [" + factor.unit + "]");
  return line + "\n";
}

std::string lever_cells(sim::Study const& study, sim::Treatment const& treatment) {
  std::string cells;
  auto const levels = levels_of(study, treatment);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    cells += "," + std::to_string(levels[i]);
    if (levels[i] == 0) {
      cells += ",,,";
      continue;
    }
    auto const& own = study.levers[i].levels[static_cast<std::size_t>(levels[i] - 1)];
    cells += "," + cell(own.status) + "," + to_string(own.from) + "," + (own.to == sim::never ? std::string() : to_string(own.to));
  }
  return cells;
}

class Table {
 public:
  explicit Table(std::filesystem::path const& path) : file_(path, O_WRONLY | O_CREAT | O_TRUNC) {}
  void write(std::string const& text) {
    buffer_ += text;
    if (buffer_.size() > buffer_bytes) flush();
  }
  void finish() {
    flush();
    file_.sync_data();
    file_.close();
  }

 private:
  void flush() {
    file_.write_all(std::as_bytes(std::span(buffer_.data(), buffer_.size())));
    buffer_.clear();
  }
  sim::PosixFile file_;
  std::string buffer_;
};

void write_rows(Table& table, sim::Study const& study, sim::ResultSchema const& schema) {
  table.write(header(study, schema));
  std::size_t const width = schema.factors.size();
  for (std::size_t p = 0; p < study.treatments.size(); ++p) {
    auto const& treatment = study.treatments[p];
    std::string const begin = std::to_string(p) + "," + cell(treatment.name) + "," + cell(treatment.label) + "," + (treatment.name == study.reference ? "1" : "0") + ",";
    std::string const levers = lever_cells(study, treatment);
    for (std::uint32_t f = 0; f < schema.futures; ++f) {
      std::string row = begin + std::to_string(f) + levers;
      for (std::size_t i = 0; i < width; ++i) row += "," + number(schema.factor_values[f * width + i]);
      table.write(row + "\n");
    }
  }
}

bool is_design_csv(std::string const& path) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none)) return false;
  std::string head(first_columns.size(), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  return head == first_columns;
}

}  // namespace

std::vector<int> levels_of(sim::Study const& study, sim::Treatment const& treatment) {
  std::vector<int> levels;
  for (auto const& lever : study.levers) {
    int found = 0;
    for (auto const& held : treatment.interventions)
      for (std::size_t l = 0; held.lever == lever.name && l < lever.levels.size(); ++l) {
        auto const& level = lever.levels[l];
        if (held.status == level.status && held.from == level.from && held.to == level.to) found = static_cast<int>(l + 1);
      }
    levels.push_back(found);
  }
  return levels;
}

void require_csv_place(std::string const& path) {
  require_writable_folder(path);
  if (!is_design_csv(path)) require_absent(path);
}

void write_design_csv(std::string const& path, sim::Study const& study, sim::ResultSchema const& schema) {
  auto const aside = sim::file_aside(path);
  try {
    Table table(aside);
    write_rows(table, study, schema);
    table.finish();
    std::error_code failed;
    std::filesystem::rename(aside, path, failed);
    if (failed) sim::throw_file_error("write", path, failed.value());
    sim::sync_directory(std::filesystem::absolute(path).parent_path());
  } catch (...) {
    std::error_code none;
    std::filesystem::remove(aside, none);
    throw;
  }
}

}  // namespace app
