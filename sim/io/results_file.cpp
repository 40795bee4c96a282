#include "sim/io/results_file.hpp"

#include <algorithm>
#include <limits>

#include "sim/base/error.hpp"
#include "sim/io/checked_reader.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/replication_tables.hpp"
#include "sim/io/schema_reader.hpp"

namespace sim {

struct ResultsFile::Impl {
  explicit Impl(std::filesystem::path const& path) : file(path) {}

  void read_replications();
  ResponseInfo const& response(std::string_view name) const;
  void check_series(std::string_view name) const;
  Rows cut(Rows rows) const {
    rows.first = std::min(rows.first, keys.size());
    rows.count = std::min(rows.count, keys.size() - rows.first);
    return rows;
  }
  [[noreturn]] void throw_unknown(char const* kind, std::string_view name) const {
    throw Error("no " + std::string(kind) + " \"" + std::string(name) + "\" in the results (study \"" + schema.study +
                "\") list what there is with h5dump -n or the program's describe");
  }
  void check_index(char const* kind, std::size_t index, std::size_t size) const {
    if (index >= size) throw_unknown(kind, std::to_string(index));
  }

  CheckedFile file;
  ResultSchema schema;
  BuildInfo build;
  Fingerprint fingerprint;
  std::vector<ReplicationKey> keys;
  std::vector<ReplicationStatus> status;
  std::size_t incident_rows = 0;
};

void ResultsFile::Impl::read_replications() {
  auto const point = file.int32s("/replications/point"), future = file.int32s("/replications/future"),
             replication = file.int32s("/replications/replication"), codes = file.int32s("/replications/status");
  std::size_t const n = point.size();
  if (future.size() != n || replication.size() != n || codes.size() != n) {
    file.fail("the columns of /replications have different lengths");
  }
  for (std::size_t i = 0; i < n; ++i) {
    auto const is_below = [](std::int32_t value, std::size_t bound) {
      return value >= 0 && static_cast<std::size_t>(value) < bound;
    };
    bool const fits = is_below(point[i], schema.treatments.size()) && is_below(future[i], schema.futures) &&
                      is_below(replication[i], schema.replications) && is_below(codes[i], 3);
    ReplicationKey const key{static_cast<std::uint32_t>(point[i]), static_cast<std::uint32_t>(future[i]),
                             static_cast<std::uint32_t>(replication[i])};
    if (!fits || (i > 0 && !(keys.back() < key))) file.fail("/replications is not in order");
    keys.push_back(key);
    status.push_back(static_cast<ReplicationStatus>(codes[i]));
  }
  CheckedDataset const rows = file.open("/incidents/replication_row");
  if (rows.dims.size() != 1) file.fail("/incidents/replication_row has a wrong shape");
  incident_rows = rows.dims[0];
}

ResponseInfo const& ResultsFile::Impl::response(std::string_view name) const {
  for (auto const& info : schema.responses) {
    if (info.name == name) return info;
  }
  throw_unknown("response", name);
}

void ResultsFile::Impl::check_series(std::string_view name) const {
  for (auto const& info : schema.series) {
    if (info.name == name) return;
  }
  throw_unknown("series", name);
}

ResultsFile::ResultsFile(std::filesystem::path const& path) : impl_(std::make_unique<Impl>(path)) {
  check_format(impl_->file);
  impl_->schema = read_schema(impl_->file);
  impl_->build = read_build(impl_->file);
  impl_->fingerprint = parse_fingerprint(impl_->file.text("/provenance/fingerprint"));
  impl_->read_replications();
}

ResultsFile::ResultsFile(ResultsFile&&) noexcept = default;
ResultsFile& ResultsFile::operator=(ResultsFile&&) noexcept = default;
ResultsFile::~ResultsFile() = default;

ResultSchema const& ResultsFile::schema() const { return impl_->schema; }
BuildInfo const& ResultsFile::build() const { return impl_->build; }
Fingerprint const& ResultsFile::fingerprint() const { return impl_->fingerprint; }

std::vector<std::pair<std::string, std::string>> ResultsFile::provenance() const {
  BuildInfo const& build = impl_->build;
  std::vector<std::pair<std::string, std::string>> pairs{{"version", build.version},
                                                         {"commit", build.commit},
                                                         {"dirty", build.dirty ? "yes" : "no"},
                                                         {"compiler", build.compiler},
                                                         {"flags", build.flags},
                                                         {"source_sha256", build.source_sha256},
                                                         {"seed", std::to_string(impl_->schema.seed)},
                                                         {"fingerprint", impl_->fingerprint.hex()}};
  for (auto const& [file, checksum] : impl_->schema.data_checksums) pairs.emplace_back("data " + file, checksum);
  return pairs;
}

std::size_t ResultsFile::rows() const { return impl_->keys.size(); }
std::vector<ReplicationKey> const& ResultsFile::keys() const { return impl_->keys; }
std::vector<ReplicationStatus> const& ResultsFile::status() const { return impl_->status; }

std::size_t ResultsFile::row_of(ReplicationKey const& key) const {
  auto const it = std::lower_bound(impl_->keys.begin(), impl_->keys.end(), key);
  if (it == impl_->keys.end() || *it != key) {
    impl_->throw_unknown("replication", std::to_string(key.point) + "/" + std::to_string(key.future) + "/" +
                                            std::to_string(key.replication));
  }
  return static_cast<std::size_t>(it - impl_->keys.begin());
}

std::vector<double> ResultsFile::events() const {
  auto values = impl_->file.float64s("/replications/events");
  if (values.size() != rows()) impl_->file.fail("/replications/events has a wrong length");
  return values;
}

namespace {

std::vector<std::uint64_t> read_digests(CheckedFile const& file, std::string const& path, std::size_t rows) {
  std::vector<std::uint64_t> words;
  for (auto const& text : file.strings(path)) words.push_back(parse_hex_word(text));
  if (words.size() != rows) file.fail(path + " has a wrong length");
  return words;
}

}  // namespace

std::vector<std::uint64_t> ResultsFile::digests() const {
  return read_digests(impl_->file, "/replications/digest", rows());
}

std::vector<std::uint64_t> ResultsFile::digests_before() const {
  return read_digests(impl_->file, "/replications/digest_before", rows());
}

std::vector<FailureMessage> ResultsFile::messages() const {
  auto const row = impl_->file.int32s("/replications/messages/row");
  auto const text = impl_->file.strings("/replications/messages/text");
  if (row.size() != text.size()) impl_->file.fail("/replications/messages has columns of different lengths");
  std::vector<FailureMessage> messages;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] < 0 || static_cast<std::size_t>(row[i]) >= rows()) {
      impl_->file.fail("/replications/messages/row points nowhere");
    }
    messages.push_back({static_cast<std::size_t>(row[i]), text[i]});
  }
  return messages;
}

std::vector<double> ResultsFile::response(std::string_view name, Rows rows) const {
  ResponseInfo const& info = impl_->response(name);
  std::string const path = "/responses/" + info.name;
  rows = impl_->cut(rows);
  std::vector<hsize_t> dims{this->rows()};
  if (info.per_nation) dims.push_back(impl_->schema.nations.size());
  CheckedDataset const dataset = impl_->file.open(path, ElementKind::float64, dims);
  if (rows.count == this->rows()) return impl_->file.float64s(path);
  std::vector<hsize_t> start(dims.size(), 0), count = dims;
  start[0] = rows.first, count[0] = rows.count;
  std::vector<double> values(rows.count * (info.per_nation ? impl_->schema.nations.size() : 1));
  impl_->file.read_block(dataset, start, count, values.data());
  return values;
}

std::vector<double> ResultsFile::response_of(std::string_view name, std::size_t nation, Rows rows) const {
  ResponseInfo const& info = impl_->response(name);
  if (!info.per_nation) impl_->throw_unknown("per-nation response", name);
  impl_->check_index("nation number", nation, impl_->schema.nations.size());
  rows = impl_->cut(rows);
  CheckedDataset const dataset = impl_->file.open("/responses/" + info.name, ElementKind::float64,
                                                  {this->rows(), impl_->schema.nations.size()});
  std::vector<double> values(rows.count);
  impl_->file.read_block(dataset, {rows.first, nation}, {rows.count, 1}, values.data());
  return values;
}

std::vector<float> ResultsFile::focal_series(std::string_view name, std::size_t focal, Rows rows) const {
  impl_->check_series(name);
  impl_->check_index("focal nation number", focal, impl_->schema.focal.size());
  rows = impl_->cut(rows);
  std::size_t const grid = impl_->schema.focal_grid.size();
  CheckedDataset const dataset = impl_->file.open("/series/focal/" + std::string(name), ElementKind::float32,
                                                  {this->rows(), impl_->schema.focal.size(), grid});
  std::vector<float> values(rows.count * grid);
  impl_->file.read_block(dataset, {rows.first, focal, 0}, {rows.count, 1, grid}, values.data());
  return values;
}

SeriesQuantiles ResultsFile::series_quantiles(std::string_view name, std::size_t point, std::size_t nation) const {
  impl_->check_series(name);
  std::size_t const points = impl_->schema.treatments.size(), nations = impl_->schema.nations.size(),
                    grid = impl_->schema.other_grid.size();
  impl_->check_index("treatment number", point, points);
  impl_->check_index("nation number", nation, nations);
  SeriesQuantiles result;
  result.probabilities = impl_->file.float64s("/series/probabilities");
  std::size_t const n = result.probabilities.size();
  CheckedDataset const quantiles =
      impl_->file.open("/series/quantiles/" + std::string(name), ElementKind::float32, {points, nations, n, grid});
  CheckedDataset const mean =
      impl_->file.open("/series/mean/" + std::string(name), ElementKind::float32, {points, nations, grid});
  result.values.resize(n * grid);
  result.mean.resize(grid);
  impl_->file.read_block(quantiles, {point, nation, 0, 0}, {1, 1, n, grid}, result.values.data());
  impl_->file.read_block(mean, {point, nation, 0}, {1, 1, grid}, result.mean.data());
  return result;
}

std::size_t ResultsFile::incident_rows() const { return impl_->incident_rows; }

std::vector<std::int32_t> ResultsFile::incident_replications() const {
  auto values = impl_->file.int32s("/incidents/replication_row");
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < 0 || static_cast<std::size_t>(values[i]) >= rows() || (i > 0 && values[i] < values[i - 1])) {
      impl_->file.fail("/incidents/replication_row is not in order");
    }
  }
  return values;
}

std::vector<double> ResultsFile::incidents(std::string_view column, Rows rows) const {
  auto const& columns = impl_->schema.incident_columns;
  auto const info = std::find_if(columns.begin(), columns.end(), [&](ColumnInfo const& one) { return one.name == column; });
  if (info == columns.end()) impl_->throw_unknown("incident column", column);
  std::string const path = "/incidents/" + info->name;
  rows.first = std::min(rows.first, impl_->incident_rows);
  rows.count = std::min(rows.count, impl_->incident_rows - rows.first);
  std::vector<double> values(rows.count);
  CheckedDataset const dataset =
      impl_->file.open(path, info->is_integer ? ElementKind::int32 : ElementKind::float64, {impl_->incident_rows});
  if (!info->is_integer) {
    if (rows.count == impl_->incident_rows) return impl_->file.float64s(path);
    impl_->file.read_block(dataset, {rows.first}, {rows.count}, values.data());
    return values;
  }
  std::vector<std::int32_t> integers(rows.count);
  if (rows.count == impl_->incident_rows) integers = impl_->file.int32s(path);
  else impl_->file.read_block(dataset, {rows.first}, {rows.count}, integers.data());
  std::transform(integers.begin(), integers.end(), values.begin(), [](std::int32_t value) {
    return value == missing_int32 ? std::numeric_limits<double>::quiet_NaN() : value;
  });
  return values;
}

void ResultsFile::verify() const {
  impl_->file.each_dataset([this](std::string const& path) { impl_->file.verify(impl_->file.open(path)); });
}

}  // namespace sim
