#include "sim/app/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "sim/app/console.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/provenance.hpp"

namespace app {

namespace {

/// Collects what differs between the file and the replay.
class Comparison {
 public:
  void text(std::string_view what, std::string_view in_file, std::string_view now) {
    if (in_file != now) differences_.push_back(fmt::format("{}: {} in the file, {} now", what, in_file, now));
  }
  /// Equal to the bit; one NaN is as good as another.
  void number(std::string_view what, double in_file, double now) {
    bool const both_undefined = in_file != in_file && now != now;
    if (both_undefined || std::bit_cast<std::uint64_t>(in_file) == std::bit_cast<std::uint64_t>(now)) return;
    differences_.push_back(fmt::format("{}: {:.17g} in the file, {:.17g} now", what, in_file, now));
  }
  std::vector<std::string> const& differences() const { return differences_; }

 private:
  std::vector<std::string> differences_;
};

void compare_responses(sim::ResultsFile const& file, std::size_t row, sim::ReplicationRecord const& now,
                       Comparison& comparison) {
  sim::ResultSchema const& schema = file.schema();
  if (now.responses.size() != sim::response_width(schema)) return;  // not finished: the status tells
  for (std::size_t i = 0; i < schema.responses.size(); ++i) {
    auto const& info = schema.responses[i];
    auto const stored = file.response(info.name, {row, 1});
    std::size_t const offset = sim::response_offset(schema, i);
    for (std::size_t n = 0; n < stored.size(); ++n) {
      std::string const what = info.per_nation ? info.name + " of " + schema.nations[n] : info.name;
      comparison.number(what, stored[n], now.responses[offset + n]);
    }
  }
}

void compare_series(sim::ResultsFile const& file, std::size_t row, sim::ReplicationRecord const& now,
                    Comparison& comparison) {
  sim::ResultSchema const& schema = file.schema();
  std::size_t const grid = schema.focal_grid.size(), focal = schema.focal.size();
  if (now.focal_series.size() != schema.series.size() * focal * grid) return;  // not finished
  for (std::size_t i = 0; i < schema.series.size(); ++i) {
    for (std::size_t n = 0; n < focal; ++n) {
      auto const stored = file.focal_series(schema.series[i].name, n, {row, 1});
      for (std::size_t t = 0; t < grid; ++t) {
        std::string const what = "series " + schema.series[i].name + " of " + schema.focal[n] + ", interval " + std::to_string(t);
        comparison.number(what, static_cast<double>(stored[t]), static_cast<double>(now.focal_series[(i * focal + n) * grid + t]));
      }
    }
  }
}

void compare_incidents(sim::ResultsFile const& file, std::size_t row, sim::ReplicationRecord const& now,
                       Comparison& comparison) {
  auto const owners = file.incident_replications();
  auto const range = std::equal_range(owners.begin(), owners.end(), static_cast<std::int32_t>(row));
  auto const first = static_cast<std::size_t>(range.first - owners.begin());
  auto const stored = static_cast<std::size_t>(range.second - range.first);
  auto const& columns = file.schema().incident_columns;
  std::size_t const rows = columns.empty() ? 0 : now.incidents.size() / columns.size();
  comparison.number("incident rows", static_cast<double>(stored), static_cast<double>(rows));
  if (stored != rows) return;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    auto const values = file.incidents(columns[c].name);
    for (std::size_t i = 0; i < rows; ++i) {
      comparison.number("incident " + std::to_string(i) + ", " + columns[c].name, values[first + i],
                        now.incidents[i * columns.size() + c]);
    }
  }
}

}  // namespace

std::string_view text_of(sim::ReplicationStatus status) {
  switch (status) {
    case sim::ReplicationStatus::done: return "done";
    case sim::ReplicationStatus::failed: return "failed";
    case sim::ReplicationStatus::censored: return "censored";
  }
  return "unknown";
}

std::vector<std::string> differences(sim::ResultsFile const& file, sim::ReplicationRecord const& now) {
  std::size_t const row = file.row_of(now.key);
  Comparison comparison;
  comparison.text("status", text_of(file.status()[row]), text_of(now.status));
  comparison.text("digest", sim::to_hex(file.digests()[row]), sim::to_hex(now.digest));
  comparison.text("digest before the first difference", sim::to_hex(file.digests_before()[row]),
                  sim::to_hex(now.digest_before));
  comparison.number("events", file.events()[row], now.events);
  compare_responses(file, row, now, comparison);
  compare_series(file, row, now, comparison);
  compare_incidents(file, row, now, comparison);
  return comparison.differences();
}

void complain_of(std::vector<std::string> const& differences) {
  constexpr std::size_t shown = 20;
  for (std::size_t i = 0; i < std::min(shown, differences.size()); ++i) complain("different " + differences[i] + "\n");
  if (differences.size() > shown) complain(fmt::format("and {} more\n", differences.size() - shown));
}

void warn_of_another_build(sim::ResultsFile const& file, sim::ResultSchema const& schema) {
  if (sim::fingerprint_of(sim::build_info(), schema) == file.fingerprint()) return;
  complain(fmt::format("the file was made by another build ({}{}) or other data: differences are possible\n",
                       file.build().commit, file.build().dirty ? ", modified" : ""));
}

}  // namespace app
