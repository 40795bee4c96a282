#include <algorithm>
#include <vector>

#include "sim/io/dataset_writer.hpp"
#include "sim/io/replication_tables.hpp"
#include "sim/io/schema_writer.hpp"
#include "sim/io/series_quantiles.hpp"

namespace sim {

namespace {

// Finished replications of each point, as positions in the index.
std::vector<std::vector<std::size_t>> rows_by_point(JournalIndex const& index, std::size_t points) {
  std::vector<std::vector<std::size_t>> rows(points);
  for (std::size_t i = 0; i < index.size(); ++i) {
    PayloadHead const head = index.read_head(i);
    if (head.status == ReplicationStatus::done && head.other > 0) rows[index.key(i).point].push_back(i);
  }
  return rows;
}

// [nation][grid][probability] to [nation][probability][grid], the order in which a band is drawn.
std::vector<float> transposed(std::vector<float> const& values, std::size_t nations, std::size_t grid) {
  constexpr std::size_t n = series_probabilities.size();
  std::vector<float> out(values.size());
  for (std::size_t nation = 0; nation < nations; ++nation) {
    for (std::size_t t = 0; t < grid; ++t) {
      for (std::size_t p = 0; p < n; ++p) out[(nation * n + p) * grid + t] = values[(nation * grid + t) * n + p];
    }
  }
  return out;
}

}  // namespace

void write_quantile_series(hid_t file, JournalIndex const& index, ResultSchema const& schema, std::size_t buffer_bytes,
                           unsigned jobs, std::function<void()> const& between_parts) {
  Hdf5Handle const parent(H5Gopen2(file, "series", H5P_DEFAULT), H5Gclose, "group series");
  Hdf5Handle const quantile_group = create_group(parent.get(), "quantiles");
  Hdf5Handle const mean_group = create_group(parent.get(), "mean");
  write_float64(parent.get(), "probabilities", {series_probabilities.size()}, series_probabilities.data());
  hsize_t const points = schema.treatments.size(), nations = schema.nations.size(), grid = schema.other_grid.size();
  hsize_t const probabilities = series_probabilities.size();
  std::size_t const columns = nations * grid;
  auto const rows = rows_by_point(index, points);
  std::vector<float> quantiles(columns * probabilities), mean(columns);
  for (std::size_t s = 0; s < schema.series.size(); ++s) {
    SeriesInfo const& series = schema.series[s];
    // Chunks hold whole nations of one point.
    hsize_t const nations_per_chunk = std::max<hsize_t>(1, chunk_elements / std::max<hsize_t>(1, probabilities * grid));
    RowWriter quantile_writer(quantile_group.get(), series.name, H5T_IEEE_F32LE, {points, nations, probabilities, grid},
                              {1, nations_per_chunk, probabilities, std::min(grid, chunk_elements)});
    RowWriter mean_writer(mean_group.get(), series.name, H5T_IEEE_F32LE, {points, nations, grid},
                          {1, nations_per_chunk, std::min(grid, chunk_elements)});
    write_quantity_attributes(quantile_writer.id(), series.unit, series.definition, static_cast<std::int32_t>(s));
    write_quantity_attributes(mean_writer.id(), series.unit, series.definition, static_cast<std::int32_t>(s));
    for (auto const& members : rows) {
      auto const source = [&](std::size_t first, std::size_t width, std::span<float> table) {
        for (std::size_t r = 0; r < members.size(); ++r) {
          index.read_other_series(members[r], s * columns + first, table.subspan(r * width, width));
        }
      };
      if (columns > 0) column_quantiles(source, members.size(), columns, {buffer_bytes, jobs}, quantiles, mean);
      quantile_writer.append(transposed(quantiles, nations, grid).data());
      mean_writer.append(mean.data());
      between_parts();
    }
    quantile_writer.finish();
    mean_writer.finish();
  }
}

}  // namespace sim
