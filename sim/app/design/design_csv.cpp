#include "sim/app/design/design_csv.hpp"

#include <filesystem>
#include <fstream>

#include "sim/app/console.hpp"
#include "sim/app/csv_writer.hpp"

namespace app {

namespace {

/// How every table of points begins.
constexpr std::string_view first_columns = "point,treatment,label,reference,future";

void write_header(CsvWriter& csv, sim::Study const& study, sim::ResultSchema const& schema) {
  for (char const* name : {"point", "treatment", "label", "reference", "future"}) csv.field(name);
  for (auto const& lever : study.levers)
    for (char const* part : {".level", ".status", ".from", ".to"}) csv.field(lever.name + part);
  for (auto const& factor : schema.factors) csv.field(factor.name + " [" + factor.unit + "]");
  csv.end_row();
}

void write_levers(CsvWriter& csv, sim::Study const& study, std::vector<int> const& levels) {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    csv.field(std::int64_t{levels[i]});
    if (levels[i] == 0) {
      csv.field("").field("").field("");
      continue;
    }
    auto const& own = study.levers[i].levels[static_cast<std::size_t>(levels[i] - 1)];
    csv.field(own.status).field(to_string(own.from)).field(own.to == sim::never ? std::string() : to_string(own.to));
  }
}

void write_rows(CsvWriter& csv, sim::Study const& study, sim::ResultSchema const& schema) {
  std::size_t const width = schema.factors.size();
  for (std::size_t p = 0; p < study.treatments.size(); ++p) {
    auto const& treatment = study.treatments[p];
    auto const levels = levels_of(study, treatment);
    for (std::uint32_t f = 0; f < schema.futures; ++f) {
      csv.field(static_cast<std::int64_t>(p)).field(treatment.name).field(treatment.label);
      csv.field(std::int64_t{treatment.name == study.reference}).field(std::int64_t{f});
      write_levers(csv, study, levels);
      for (std::size_t i = 0; i < width; ++i) csv.field(schema.factor_values[f * width + i]);
      csv.end_row();
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
  CsvWriter csv(path);
  write_header(csv, study, schema);
  write_rows(csv, study, schema);
  csv.finish();
}

}  // namespace app
