#include "sim/io/consolidate.hpp"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <memory>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

#include "sim/base/error.hpp"
#include "sim/io/output.hpp"
#include "sim/io/parts_directory.hpp"
#include "sim/io/replication_tables.hpp"
#include "sim/io/results_file.hpp"
#include "sim/io/schema_writer.hpp"

namespace sim {

namespace {

// Removes the temporary file unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::filesystem::path path) : path_(std::move(path)) {
    ::unlink(path_.c_str());  // left by a kill; its place is ours
  }
  ~TemporaryFile() {
    if (!renamed_) ::unlink(path_.c_str());
  }
  TemporaryFile(TemporaryFile const&) = delete;
  TemporaryFile& operator=(TemporaryFile const&) = delete;

  std::filesystem::path const& path() const { return path_; }
  void rename_to(std::filesystem::path const& out) {
    PosixFile file(path_, O_RDWR);
    if (::fsync(file.descriptor()) != 0) throw_file_error("save (fsync)", path_, errno);
    if (::rename(path_.c_str(), out.c_str()) != 0) throw_file_error("write to", out, errno);
    renamed_ = true;
    sync_directory(parent_directory(out));
  }

 private:
  std::filesystem::path path_;
  bool renamed_ = false;
};

TableCounts count_tables(JournalIndex const& index, ResultSchema const& schema, ConsolidateReport& report) {
  TableCounts counts;
  StatusCounts statuses;
  counts.replications = index.size();
  std::size_t const columns = schema.incident_columns.size();
  for (std::size_t i = 0; i < index.size(); ++i) {
    PayloadHead const head = index.read_head(i);
    if (columns > 0) counts.incidents += head.incidents / columns;
    if (head.message > 0) ++counts.messages;
    statuses.add(head.status);
  }
  report.done = statuses.done;
  report.failed = statuses.failed;
  report.censored = statuses.censored;
  report.incidents = counts.incidents;
  return counts;
}

void check_complete(JournalIndex const& index, ResultSchema const& schema, ConsolidateReport& report,
                    bool allow_missing) {
  report.planned = planned_replications(schema);
  if (index.shape() != shape_of(schema)) {
    throw Error("the journals are of another study (their numbers of treatments, futures or replications differ) "
                "choose another output");
  }
  if (!allow_missing && index.size() != report.planned) {
    throw CampaignIncomplete(index.size(), report.planned);
  }
}

void write_file(JournalIndex const& index, ResultSchema const& schema, TableCounts const& counts,
                Fingerprint const& fingerprint, std::filesystem::path const& path, ConsolidateOptions const& options) {
  hdf5_quiet();
  Hdf5WriteStatus status;
  try {
    Hdf5Handle const access = hdf5_write_access(status);
    Hdf5Handle const creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "file properties");
    hdf5_check(H5Pset_obj_track_times(creation.get(), false), "object times");
    Hdf5Handle file(H5Fcreate(path.c_str(), H5F_ACC_EXCL, creation.get(), access.get()), H5Fclose, "the file");
    auto const between_parts = [&] {
      options.between_parts();
      if (status.error_number != 0) throw Hdf5Failure("a write");
    };
    write_schema(file.get(), schema, build_info(), fingerprint);
    write_replications(file.get(), index, schema, counts, options.jobs, between_parts);
    write_quantile_series(file.get(), index, schema, options.buffer_bytes, options.jobs, between_parts);
    hdf5_check(H5Fflush(file.get(), H5F_SCOPE_GLOBAL), "flushing");
    file.close("closing");
  } catch (Hdf5Failure const& failure) {
    if (status.error_number == 0) {
      throw Error("cannot write " + path.string() + " (HDF5 refused: " + failure.what() +
                  ") the replications are kept; repeat the same command, and report this if it happens again");
    }
  }
  if (status.error_number != 0) throw_file_error("write the results to", path, status.error_number);
}

// Reads everything back with the reader that everyone uses.
void verify_file(std::filesystem::path const& path, JournalIndex const& index, Fingerprint const& fingerprint,
                 ConsolidateReport const& report) {
  ResultsFile const file(path);
  file.verify();
  bool same = file.rows() == index.size() && file.fingerprint() == fingerprint &&
              file.incident_rows() == report.incidents;
  for (std::size_t i = 0; same && i < index.size(); ++i) same = file.keys()[i] == index.key(i);
  if (!same) {
    throw Error("the results file does not read back as it was written (" + path.string() +
                ") check the disk; the replications are kept, repeat the same command");
  }
}

}  // namespace

ConsolidateReport write_results(JournalIndex const& index, ResultSchema const& schema, Fingerprint const& fingerprint,
                                std::filesystem::path const& temporary, std::filesystem::path const& out,
                                ConsolidateOptions const& options) {
  ConsolidateReport report{.scan = index.report(), .notes = index.notes()};
  check_complete(index, schema, report, options.allow_missing);
  TableCounts const counts = count_tables(index, schema, report);
  TemporaryFile file(temporary);
  write_file(index, schema, counts, fingerprint, file.path(), options);
  verify_file(file.path(), index, fingerprint, report);
  report.file_bytes = std::filesystem::file_size(file.path());
  options.before_naming(report);
  file.rename_to(out);
  return report;
}

CampaignIncomplete::CampaignIncomplete(std::uint64_t found_, std::uint64_t planned_)
    : Error("the campaign is not finished (" + std::to_string(found_) + " of " + std::to_string(planned_) +
            " replications are there) repeat the same command for the rest"),
      found(found_), planned(planned_) {}

namespace {

// What both ways have in common; the directory is ours alone.
ConsolidateReport consolidate_alone(Manifest const& manifest, ResultSchema const& schema, std::filesystem::path const& out,
                                    ConsolidateOptions const& options, std::vector<std::filesystem::path> const& others) {
  std::vector<std::filesystem::path> journals = journal_files(parts_directory(out));
  journals.insert(journals.end(), others.begin(), others.end());
  JournalIndex index = JournalIndex::scan(journals, manifest);
  index.leave_out(schema.stopping);
  return write_results(index, schema, manifest.fingerprint, unfinished_results(out), out, options);
}

}  // namespace

ConsolidateReport consolidate(Journal& journal, ResultSchema const& schema, std::filesystem::path const& out,
                              ConsolidateOptions const& options, std::vector<std::filesystem::path> const& others) {
  journal.sync();
  journal.become_alone();
  ConsolidateReport report = consolidate_alone(journal.manifest(), schema, out, options, others);
  journal.remove();
  return report;
}

ConsolidateReport merge_parts(Manifest const& manifest, ResultSchema const& schema, std::filesystem::path const& out,
                              ConsolidateOptions const& options, std::vector<std::filesystem::path> const& others) {
  Entered const entered = enter_parts(parts_directory(out), manifest, LockKind::exclusive);
  ConsolidateReport report = consolidate_alone(manifest, schema, out, options, others);
  remove_parts(parts_directory(out));
  return report;
}

}  // namespace sim
