#include "sim/io/replication_tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/dataset_writer.hpp"
#include "sim/io/schema_writer.hpp"
#include "sim/io/series_quantiles.hpp"

namespace sim {

namespace {

constexpr double nan64 = std::numeric_limits<double>::quiet_NaN();
constexpr float nan32 = std::numeric_limits<float>::quiet_NaN();

hsize_t chunk_rows(hsize_t elements_per_row) {
  return std::max<hsize_t>(1, chunk_elements / std::max<hsize_t>(1, elements_per_row));
}

// One nation's response is read alone, of all replications: chunks are long and narrow, and as wide as a short campaign allows.
constexpr hsize_t nation_chunk_rows = 8192;

hsize_t nations_per_chunk(hsize_t replications, hsize_t nations) {
  hsize_t const rows = std::clamp<hsize_t>(replications, 1, nation_chunk_rows);
  return std::clamp<hsize_t>(nation_chunk_rows / rows, 1, std::max<hsize_t>(1, nations));
}

// The group `replications`: one row each.
class ReplicationTable {
 public:
  ReplicationTable(hid_t file, TableCounts const& counts)
      : group_(create_group(file, "replications")), messages_(create_group(group_.get(), "messages")),
        digest_type_(hdf5_string_type(16)), text_type_(hdf5_string_type(message_bytes_max)),
        point_(column("point", H5T_STD_I32LE, counts)), future_(column("future", H5T_STD_I32LE, counts)),
        replication_(column("replication", H5T_STD_I32LE, counts)), status_(column("status", H5T_STD_I32LE, counts)),
        events_(column("events", H5T_IEEE_F64LE, counts)), digest_(column("digest", digest_type_.get(), counts)),
        digest_before_(column("digest_before", digest_type_.get(), counts)),
        message_row_(messages_.get(), "row", H5T_STD_I32LE, {counts.messages}, {chunk_elements}),
        message_text_(messages_.get(), "text", text_type_.get(), {counts.messages}, {chunk_elements / 64}) {
    write_attribute(status_.id(), "labels", "0 done, 1 failed, 2 censored");
    write_attribute(events_.id(), "unit", "1");
  }

  void append(std::int32_t row, ReplicationRecord const& record) {
    std::int32_t const numbers[] = {static_cast<std::int32_t>(record.key.point),
                                    static_cast<std::int32_t>(record.key.future),
                                    static_cast<std::int32_t>(record.key.replication),
                                    static_cast<std::int32_t>(record.status)};
    point_.append_deferred(&numbers[0]);
    future_.append_deferred(&numbers[1]);
    replication_.append_deferred(&numbers[2]);
    status_.append_deferred(&numbers[3]);
    events_.append_deferred(&record.events);
    digest_.append_deferred(to_hex(record.digest).data());
    digest_before_.append_deferred(to_hex(record.digest_before).data());
    if (record.message.empty()) return;
    message_row_.append_deferred(&row);
    std::string text = record.message;
    if (text.size() > message_bytes_max) {
      text.resize(message_bytes_max);
      // Cut between characters of UTF-8.
      while (!text.empty() && (record.message[text.size()] & 0xc0) == 0x80) text.pop_back();
    }
    message_text_.append_deferred(pack_strings({text}, message_bytes_max).data());
  }

  void add_writers(std::vector<RowWriter*>& writers) {
    for (auto* writer : {&point_, &future_, &replication_, &status_, &events_, &digest_, &digest_before_,
                         &message_row_, &message_text_}) {
      writers.push_back(writer);
    }
  }

 private:
  RowWriter column(char const* name, hid_t type, TableCounts const& counts) {
    return {group_.get(), name, type, {counts.replications}, {chunk_elements}};
  }
  Hdf5Handle group_, messages_, digest_type_, text_type_;
  RowWriter point_, future_, replication_, status_, events_, digest_, digest_before_, message_row_, message_text_;
};

// The group `responses`: one dataset each.
class ResponseTables {
 public:
  ResponseTables(hid_t file, ResultSchema const& schema, TableCounts const& counts)
      : group_(create_group(file, "responses")), missing_(response_width(schema), nan64) {
    for (std::size_t i = 0; i < schema.responses.size(); ++i) {
      ResponseInfo const& response = schema.responses[i];
      std::vector<hsize_t> dims{counts.replications};
      if (response.per_nation) dims.push_back(schema.nations.size());
      hsize_t const width = response.per_nation ? schema.nations.size() : 1;
      std::vector<hsize_t> chunk{response.per_nation ? nation_chunk_rows : chunk_elements};
      if (response.per_nation) chunk.push_back(nations_per_chunk(counts.replications, width));
      writers_.emplace_back(group_.get(), response.name, H5T_IEEE_F64LE, std::move(dims), std::move(chunk));
      offsets_.push_back(response_offset(schema, i));
      write_response_attributes(writers_.back().id(), response, static_cast<std::int32_t>(i));
    }
  }
  void append(ReplicationRecord const& record) {
    double const* values = record.responses.empty() ? missing_.data() : record.responses.data();
    for (std::size_t i = 0; i < writers_.size(); ++i) writers_[i].append_deferred(values + offsets_[i]);
  }
  void add_writers(std::vector<RowWriter*>& writers) {
    for (auto& writer : writers_) writers.push_back(&writer);
  }

 private:
  Hdf5Handle group_;
  std::vector<double> missing_;
  std::vector<RowWriter> writers_;
  std::vector<std::size_t> offsets_;
};

// The group `series/focal`: one dataset each, chunked by nation.
class FocalTables {
 public:
  FocalTables(hid_t file, ResultSchema const& schema, TableCounts const& counts)
      : series_(H5Gopen2(file, "series", H5P_DEFAULT), H5Gclose, "group series"),
        group_(create_group(series_.get(), "focal")), width_(schema.focal.size() * schema.focal_grid.size()),
        missing_(width_ * schema.series.size(), nan32) {
    hsize_t const grid = schema.focal_grid.size();
    for (std::size_t i = 0; i < schema.series.size(); ++i) {
      SeriesInfo const& series = schema.series[i];
      writers_.emplace_back(group_.get(), series.name, H5T_IEEE_F32LE,
                            std::vector<hsize_t>{counts.replications, schema.focal.size(), grid},
                            std::vector<hsize_t>{chunk_rows(grid), 1, std::min(grid, chunk_elements)});
      write_quantity_attributes(writers_.back().id(), series.unit, series.definition, static_cast<std::int32_t>(i));
    }
  }
  void append(ReplicationRecord const& record) {
    float const* values = record.focal_series.empty() ? missing_.data() : record.focal_series.data();
    for (std::size_t i = 0; i < writers_.size(); ++i) writers_[i].append_deferred(values + i * width_);
  }
  void add_writers(std::vector<RowWriter*>& writers) {
    for (auto& writer : writers_) writers.push_back(&writer);
  }

 private:
  Hdf5Handle series_, group_;
  std::size_t width_;
  std::vector<float> missing_;
  std::vector<RowWriter> writers_;
};

// The group `incidents`: tidy columns.
class IncidentTable {
 public:
  IncidentTable(hid_t file, ResultSchema const& schema, TableCounts const& counts)
      : group_(create_group(file, "incidents")), schema_(schema),
        row_(group_.get(), "replication_row", H5T_STD_I32LE, {counts.incidents}, {chunk_elements}) {
    Hdf5Handle const labels = create_group(group_.get(), "labels");
    for (std::size_t i = 0; i < schema.incident_columns.size(); ++i) {
      ColumnInfo const& column = schema.incident_columns[i];
      columns_.emplace_back(group_.get(), column.name, column.is_integer ? H5T_STD_I32LE : H5T_IEEE_F64LE,
                            std::vector<hsize_t>{counts.incidents}, std::vector<hsize_t>{chunk_elements});
      write_quantity_attributes(columns_.back().id(), column.unit, column.definition, static_cast<std::int32_t>(i));
      if (!column.labels.empty()) write_strings(labels.get(), column.name, column.labels);
    }
  }
  // One record may fill several blocks.
  void append(std::int32_t row, ReplicationRecord const& record, std::function<void()> const& flush) {
    std::size_t const width = columns_.size();
    for (std::size_t start = 0; width > 0 && start < record.incidents.size(); start += width) {
      if (row_.is_full()) flush();
      row_.append_deferred(&row);
      for (std::size_t i = 0; i < width; ++i) {
        double const value = record.incidents[start + i];
        if (!schema_.incident_columns[i].is_integer) {
          columns_[i].append_deferred(&value);
          continue;
        }
        bool const fits = value > -2147483648.0 && value < 2147483648.0;  // false for NaN
        std::int32_t const number = fits ? static_cast<std::int32_t>(value) : missing_int32;
        columns_[i].append_deferred(&number);
      }
    }
  }
  void add_writers(std::vector<RowWriter*>& writers) {
    writers.push_back(&row_);
    for (auto& column : columns_) writers.push_back(&column);
  }

 private:
  Hdf5Handle group_;
  ResultSchema const& schema_;
  RowWriter row_;
  std::vector<RowWriter> columns_;
};

void check_fits(ReplicationRecord const& record, ResultSchema const& schema) {
  std::size_t const series = schema.series.size();
  auto const fits = [&](std::size_t found, std::size_t wanted) {
    return found == wanted || (found == 0 && record.status != ReplicationStatus::done);
  };
  if (fits(record.responses.size(), response_width(schema)) &&
      fits(record.focal_series.size(), series * schema.focal.size() * schema.focal_grid.size()) &&
      fits(record.other_series.size(), series * schema.nations.size() * schema.other_grid.size()) &&
      (schema.incident_columns.empty() ? record.incidents.empty()
                                       : record.incidents.size() % schema.incident_columns.size() == 0)) {
    return;
  }
  throw Error("a replication does not fit its study (point " + std::to_string(record.key.point) + ", future " +
              std::to_string(record.key.future) + ", replication " + std::to_string(record.key.replication) +
              ": wrong number of results) choose another output and report this as a fault of the program");
}

}  // namespace

void write_replications(hid_t file, JournalIndex const& index, ResultSchema const& schema, TableCounts const& counts,
                        unsigned jobs, std::function<void()> const& between_parts) {
  ReplicationTable replications(file, counts);
  ResponseTables responses(file, schema, counts);
  FocalTables focal(file, schema, counts);
  IncidentTable incidents(file, schema, counts);
  std::vector<RowWriter*> writers;
  replications.add_writers(writers);
  responses.add_writers(writers);
  focal.add_writers(writers);
  incidents.add_writers(writers);
  auto const flush = [&] { flush_full(writers, jobs); };
  ReplicationRecord record;
  for (std::size_t i = 0; i < index.size(); ++i) {
    index.read(i, record);
    check_fits(record, schema);
    auto const row = static_cast<std::int32_t>(i);
    replications.append(row, record);
    responses.append(record);
    focal.append(record);
    incidents.append(row, record, flush);
    flush();
    if (i % 64 == 0) between_parts();
  }
  finish_all(writers, jobs);
  between_parts();
}

}  // namespace sim
