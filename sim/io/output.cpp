#include "sim/io/output.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "sim/base/campaign_shape.hpp"
#include "sim/base/error.hpp"
#include "sim/io/manifest.hpp"
#include "sim/io/parts_directory.hpp"
#include "sim/io/posix_file.hpp"
#include "sim/io/results_file.hpp"

namespace sim {

namespace {

void check_directory(std::filesystem::path const& directory, std::uint64_t bytes_needed) {
  if (!std::filesystem::is_directory(directory)) throw_file_error("write into", directory, ENOENT);
  if (::access(directory.c_str(), W_OK | X_OK) != 0) throw_file_error("write into", directory, errno);
  struct statvfs status {};
  if (::statvfs(directory.c_str(), &status) != 0) throw_file_error("inspect", directory, errno);
  std::uint64_t const free_bytes = std::uint64_t{status.f_bavail} * status.f_frsize;
  if (free_bytes < bytes_needed) {
    throw Error("not enough space in " + directory.string() + " (the campaign may need " +
                std::to_string(bytes_needed >> 20) + " MiB, " + std::to_string(free_bytes >> 20) +
                " MiB are free) free some space, choose another disk, or ask for fewer replications");
  }
}

}  // namespace

std::filesystem::path parts_directory(std::filesystem::path const& out) {
  std::filesystem::path parts = out;
  parts += ".parts";
  return parts;
}

OutputState inspect_output(std::filesystem::path const& out, Fingerprint const& fingerprint,
                           std::uint64_t bytes_needed) {
  if (out.empty() || !out.has_filename()) {
    throw Error("no name for the results file (\"" + out.string() + "\") give one, for example -o results.h5");
  }
  std::filesystem::path const parts = parts_directory(out);
  if (std::filesystem::exists(std::filesystem::symlink_status(out))) {
    if (!std::filesystem::is_regular_file(out)) {
      throw Error("cannot write to " + out.string() + " (it exists and is no file) choose another name");
    }
    Fingerprint found;
    std::uint64_t rows = 0, planned = 0;
    try {
      ResultsFile const file(out);
      found = file.fingerprint();
      rows = file.rows();
      planned = planned_replications(file.schema());
    } catch (Error const& error) {
      throw Error("will not overwrite " + out.string() + " (it exists and is no readable results file: " +
                  error.what() + ") choose another name or move it away");
    }
    if (found != fingerprint) {
      throw Error("will not overwrite " + out.string() +
                  " (it holds results of another study text, seed, data or build) choose another name or move it away");
    }
    if (rows < planned) {
      throw Error("will not overwrite " + out.string() + " (it holds " + std::to_string(rows) + " of " + std::to_string(planned) +
                  " replications, a part that merge has written) choose another name or move it away");
    }
    remove_leftover_parts(parts, fingerprint);
    return OutputState::complete;
  }
  if (std::filesystem::exists(manifest_path(parts))) {
    check_directory(parent_directory(out), 0);
    Manifest const manifest = read_manifest(parts);
    if (manifest.fingerprint != fingerprint) {
      throw Error("cannot continue in " + parts.string() + " (it holds an unfinished campaign of study \"" +
                  manifest.study + "\", build " + manifest.build +
                  ", with another study text, seed, data or build than now) "
                  "choose another output, or delete that directory to give its replications up");
    }
    return OutputState::resumable;
  }
  check_directory(parent_directory(out), bytes_needed);
  return OutputState::absent;
}

std::uint64_t estimate_bytes(ResultSchema const& schema, double incidents_per_replication) {
  double const series = static_cast<double>(schema.series.size());
  double const other = 4 * series * static_cast<double>(schema.nations.size() * schema.other_grid.size());
  double const kept = 8 * static_cast<double>(response_width(schema)) + 64 +
                      4 * series * static_cast<double>(schema.focal.size() * schema.focal_grid.size()) +
                      8 * incidents_per_replication * static_cast<double>(schema.incident_columns.size() + 1);
  auto const& looks = schema.stopping.counts;  // a rule may end it at the first
  double const share = looks.empty() ? 1 : static_cast<double>(looks.front()) / looks.back();
  double const replications = share * static_cast<double>(schema.treatments.size()) * schema.futures * schema.replications;
  // Journals and results file lie side by side while consolidating; six numbers per point summarise the other series.
  return static_cast<std::uint64_t>(replications * (2 * kept + other) +
                                    6 * other * static_cast<double>(schema.treatments.size())) + (4u << 20);
}

}  // namespace sim
