#include "sim/app/results/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <type_traits>

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
    number([&] { return std::string(what); }, in_file, now);
  }
  /// The same with a name that is made only where it is needed.
  template <class What>
  void number(What what, double in_file, double now)
    requires std::is_invocable_v<What>
  {
    bool const both_undefined = in_file != in_file && now != now;
    if (both_undefined || std::bit_cast<std::uint64_t>(in_file) == std::bit_cast<std::uint64_t>(now)) return;
    differences_.push_back(fmt::format("{}: {:.17g} in the file, {:.17g} now", what(), in_file, now));
  }
  std::vector<std::string> const& differences() const { return differences_; }

 private:
  std::vector<std::string> differences_;
};

void compare_responses(sim::ResultSchema const& schema, sim::ReplicationRecord const& recorded, sim::ReplicationRecord const& now,
                       Comparison& comparison) {
  if (now.responses.size() != sim::response_width(schema) || recorded.responses.size() != now.responses.size())
    return;  // not finished: the status tells
  for (std::size_t i = 0; i < schema.responses.size(); ++i) {
    auto const& info = schema.responses[i];
    std::size_t const offset = sim::response_offset(schema, i);
    for (std::size_t n = 0; n < (info.per_nation ? schema.nations.size() : 1); ++n) {
      auto const what = [&] { return info.per_nation ? info.name + " of " + schema.nations[n] : info.name; };
      comparison.number(what, recorded.responses[offset + n], now.responses[offset + n]);
    }
  }
}

void compare_series(sim::ResultSchema const& schema, sim::ReplicationRecord const& recorded, sim::ReplicationRecord const& now,
                    Comparison& comparison) {
  std::size_t const grid = schema.focal_grid.size(), focal = schema.focal.size();
  std::size_t const size = schema.series.size() * focal * grid;
  if (now.focal_series.size() != size || recorded.focal_series.size() != size) return;  // not finished
  for (std::size_t at = 0; at < size; ++at) {
    auto const what = [&] {
      return "series " + schema.series[at / grid / focal].name + " of " + schema.focal[at / grid % focal] + ", interval " +
             std::to_string(at % grid);
    };
    comparison.number(what, static_cast<double>(recorded.focal_series[at]), static_cast<double>(now.focal_series[at]));
  }
}

void compare_incidents(sim::ResultSchema const& schema, sim::ReplicationRecord const& recorded, sim::ReplicationRecord const& now,
                       Comparison& comparison) {
  std::size_t const columns = schema.incident_columns.size();
  if (columns == 0) return;
  comparison.number("incident rows", static_cast<double>(recorded.incidents.size() / columns),
                    static_cast<double>(now.incidents.size() / columns));
  if (recorded.incidents.size() != now.incidents.size()) return;
  for (std::size_t at = 0; at < now.incidents.size(); ++at) {
    auto const what = [&] { return "incident " + std::to_string(at / columns) + ", " + schema.incident_columns[at % columns].name; };
    comparison.number(what, recorded.incidents[at], now.incidents[at]);
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

std::vector<std::string> differences(sim::ResultSchema const& schema, sim::ReplicationRecord const& recorded,
                                     sim::ReplicationRecord const& now) {
  Comparison comparison;
  comparison.text("status", text_of(recorded.status), text_of(now.status));
  comparison.text("digest", sim::to_hex(recorded.digest), sim::to_hex(now.digest));
  comparison.text("digest before the first difference", sim::to_hex(recorded.digest_before), sim::to_hex(now.digest_before));
  comparison.number("events", recorded.events, now.events);
  compare_responses(schema, recorded, now, comparison);
  compare_series(schema, recorded, now, comparison);
  compare_incidents(schema, recorded, now, comparison);
  return comparison.differences();
}

void keep_columns(sim::ResultSchema const& file, sim::ResultSchema const& program, sim::ReplicationRecord& now) {
  auto const same_name = [](sim::ColumnInfo const& a, sim::ColumnInfo const& b) { return a.name == b.name; };
  if (std::equal(file.incident_columns.begin(), file.incident_columns.end(), program.incident_columns.begin(), program.incident_columns.end(), same_name)) return;
  std::size_t const columns = program.incident_columns.size();
  std::vector<double> kept;
  for (std::size_t row = 0; columns != 0 && row + columns <= now.incidents.size(); row += columns) {
    for (sim::ColumnInfo const& column : file.incident_columns) {
      auto const at = std::find_if(program.incident_columns.begin(), program.incident_columns.end(), [&](auto const& c) { return c.name == column.name; });
      kept.push_back(at == program.incident_columns.end() ? std::numeric_limits<double>::quiet_NaN()
                                                          : now.incidents[row + static_cast<std::size_t>(at - program.incident_columns.begin())]);
    }
  }
  now.incidents = std::move(kept);
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
