#include "sim/app/results/recorded_rows.hpp"

#include <algorithm>

namespace app {

namespace {

constexpr std::size_t block_rows = 64;         // of replications
constexpr std::size_t incident_rows = 16384;

}  // namespace

RecordedRows::RecordedRows(sim::ResultsFile const& file)
    : file_(file), events_(file.events()), digests_(file.digests()), digests_before_(file.digests_before()),
      owners_(file.incident_replications()) {}

RecordedRows::Block const& RecordedRows::block_with(std::size_t row) {
  Block& block = blocks_[file_.keys()[row].point];
  if (row >= block.first && row < block.first + block.count) return block;
  sim::Rows const rows{row, std::min(block_rows, file_.rows() - row)};
  block = {.first = rows.first, .count = rows.count, .responses = {}, .series = {}};
  for (auto const& response : file_.schema().responses) block.responses.push_back(file_.response(response.name, rows));
  for (auto const& series : file_.schema().series)
    for (std::size_t focal = 0; focal < file_.schema().focal.size(); ++focal)
      block.series.push_back(file_.focal_series(series.name, focal, rows));
  return block;
}

RecordedRows::Incidents const& RecordedRows::incidents_with(std::size_t point, std::size_t first, std::size_t count) {
  Incidents& known = incidents_[point];
  if (first >= known.first && first + count <= known.first + known.count) return known;
  sim::Rows const rows{first, std::min(std::max(count, incident_rows), owners_.size() - first)};
  known = {.first = rows.first, .count = rows.count, .columns = {}};
  for (auto const& column : file_.schema().incident_columns) known.columns.push_back(file_.incidents(column.name, rows));
  return known;
}

sim::ReplicationRecord RecordedRows::read(std::size_t row) {
  sim::ReplicationRecord record{.key = file_.keys()[row], .status = file_.status()[row], .digest = digests_[row],
                                .digest_before = digests_before_[row], .events = events_[row]};
  Block const& block = block_with(row);
  auto const append = [&](auto& to, auto const& values) {
    std::size_t const width = values.size() / block.count;
    auto const begin = values.begin() + static_cast<std::ptrdiff_t>((row - block.first) * width);
    to.insert(to.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
  };
  for (auto const& values : block.responses) append(record.responses, values);
  for (auto const& values : block.series) append(record.focal_series, values);
  auto const range = std::equal_range(owners_.begin(), owners_.end(), static_cast<std::int32_t>(row));
  auto const first = static_cast<std::size_t>(range.first - owners_.begin());
  auto const count = static_cast<std::size_t>(range.second - range.first);
  if (count == 0) return record;
  Incidents const& incidents = incidents_with(record.key.point, first, count);
  for (std::size_t i = 0; i < count; ++i)
    for (auto const& column : incidents.columns) record.incidents.push_back(column[first - incidents.first + i]);
  return record;
}

}  // namespace app
