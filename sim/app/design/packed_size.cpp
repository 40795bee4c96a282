#include "sim/app/design/packed_size.hpp"

#include <algorithm>
#include <span>

#include "sim/io/chunk_codec.hpp"

namespace app {

namespace {

constexpr std::size_t bytes_max = 8u << 20;
constexpr std::size_t chunk_elements = 65536;
/// Index, status, digests and counts of a replication in the tables of a results file, of which digests do not shrink.
constexpr double row_bytes = 40;

template <class T>
double packed(std::vector<T> const& values) {
  double bytes = 0;
  for (std::size_t at = 0; at < values.size(); at += chunk_elements) {
    std::span const part(values.data() + at, std::min(chunk_elements, values.size() - at));
    bytes += static_cast<double>(sim::encode_chunk(std::as_bytes(part), sizeof(T)).bytes.size());
  }
  return bytes;
}

}  // namespace

void PackedSize::add(sim::ReplicationRecord const& record) {
  std::size_t const bytes = 8 * (record.responses.size() + record.incidents.size()) + 4 * record.focal_series.size();
  if (added_ > 0 && bytes_ + bytes > bytes_max) return;
  ++added_;
  bytes_ += bytes;
  responses_.insert(responses_.end(), record.responses.begin(), record.responses.end());
  series_.insert(series_.end(), record.focal_series.begin(), record.focal_series.end());
  incidents_.insert(incidents_.end(), record.incidents.begin(), record.incidents.end());
}

double PackedSize::bytes_per_replication() const {
  if (added_ == 0) return 0;
  double bytes = packed(responses_) + packed(series_);
  std::size_t const width = schema_.incident_columns.size();
  for (std::size_t c = 0; c < width; ++c) {
    std::vector<double> numbers;
    std::vector<std::int32_t> codes;
    for (std::size_t at = c; at < incidents_.size(); at += width) {
      if (schema_.incident_columns[c].is_integer) codes.push_back(static_cast<std::int32_t>(incidents_[at]));
      else numbers.push_back(incidents_[at]);
    }
    bytes += packed(numbers) + packed(codes);
  }
  return row_bytes + bytes / static_cast<double>(added_);
}

double fixed_results_bytes(sim::ResultSchema const& schema) {
  constexpr double quantiles_and_mean = 6, texts = 200e3;
  double const series = static_cast<double>(schema.series.size() * schema.nations.size() * schema.other_grid.size());
  return texts + 8.0 * static_cast<double>(schema.factor_values.size()) + 4 * quantiles_and_mean * series * static_cast<double>(schema.treatments.size());
}

}  // namespace app
