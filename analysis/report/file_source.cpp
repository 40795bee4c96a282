#include "analysis/report/file_source.hpp"

#include <algorithm>

#include "analysis/report/incident_source.hpp"
#include "sim/base/error.hpp"
#include "sim/io/output.hpp"
#include "sim/io/results_file.hpp"

namespace analysis {
namespace {

class FileSource final : public ResultsSource, public IncidentSource {
 public:
  explicit FileSource(std::filesystem::path const& path) : file_(path) {}

  sim::ResultSchema const& schema() const override { return file_.schema(); }

  std::vector<ReplicationRow> replications() const override {
    auto const digests = file_.digests();
    auto const before = file_.digests_before();
    std::vector<ReplicationRow> rows;
    rows.reserve(file_.rows());
    for (std::size_t i = 0; i < file_.rows(); ++i) {
      rows.push_back({file_.keys()[i], file_.status()[i], digests[i], before[i]});
    }
    return rows;
  }

  std::vector<RowMessage> messages() const override {
    std::vector<RowMessage> all;
    for (auto const& m : file_.messages()) all.push_back({m.row, m.text});
    return all;
  }

  std::vector<double> response(std::size_t index, RowRange rows) const override {
    return file_.response(schema().responses.at(index).name, {rows.first, rows.count});
  }

  std::vector<float> focal_series(std::size_t series, std::size_t focal, RowRange rows) const override {
    return file_.focal_series(schema().series.at(series).name, focal, {rows.first, rows.count});
  }

  std::vector<std::pair<std::string, std::string>> provenance() const override { return file_.provenance(); }

  IncidentTable incidents(std::vector<std::string> const& columns) const override {
    IncidentTable table{file_.incident_replications(), {}};
    for (std::string const& name : columns) {
      auto const& known = schema().incident_columns;
      bool const is_there = std::any_of(known.begin(), known.end(), [&](auto const& column) { return column.name == name; });
      table.columns.push_back(is_there ? file_.incidents(name) : std::vector<double>());
    }
    return table;
  }

 private:
  sim::ResultsFile file_;
};

}  // namespace

std::unique_ptr<ResultsSource> open_results(std::filesystem::path const& path) {
  if (!std::filesystem::exists(std::filesystem::symlink_status(path)) &&
      std::filesystem::exists(sim::parts_directory(path) / "manifest.toml")) {
    throw sim::Error("no results in " + path.string() + " yet (the campaign in " + sim::parts_directory(path).string() +
                     " is running or was interrupted) wait, or repeat its `berylia run` to finish it");
  }
  return std::make_unique<FileSource>(path);
}

std::vector<Beside> open_beside(std::vector<std::string> const& paths) {
  std::vector<Beside> all;
  for (auto const& path : paths) all.push_back({open_results(path), path});
  return all;
}

}  // namespace analysis
