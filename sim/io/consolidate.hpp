// Turns the journals of a finished campaign into one results file that depends on nothing but build, study and seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/results.hpp"
#include "sim/io/journal.hpp"
#include "sim/io/journal_index.hpp"

namespace sim {

/// Counts of what went into the file.
struct ConsolidateReport {
  std::uint64_t planned = 0, done = 0, failed = 0, censored = 0;
  std::uint64_t incidents = 0;   // rows
  std::uint64_t file_bytes = 0;
  ScanReport scan;               // what reading the journals met
  std::vector<JournalNote> notes;
};

/// The campaign lacks replications: some workers have not finished.
struct CampaignIncomplete : Error {
  CampaignIncomplete(std::uint64_t found, std::uint64_t planned);
  std::uint64_t found, planned;  // replications
};

struct ConsolidateOptions {
  bool allow_missing = false;                       // write what is there although replications are missing
  std::size_t buffer_bytes = std::size_t{96} << 20;  // bound of the buffer of the quantile series [bytes]
  unsigned jobs = 0;                                 // threads that pack and sort; 0: all cores
  std::function<void()> between_parts = [] {};       // called now and then; what it throws gives the work up
  std::function<void(ConsolidateReport const&)> before_naming = [](auto const&) {};  // when the file is whole and checked
};

/// Writes the replications of `index`, in the order (point, future, replication), to the file `temporary`, which must not
/// exist, and reads it back to compare counts and checksums; then it takes the name `out`, durably. The bytes depend on
/// schema and records only. Memory is bounded by fixed buffers. Throws Error if replications are missing, do not fit the
/// schema, or the disk is full, and whatever `between_parts` throws; nothing is then left under either name.
/// Uses HDF5: one thread per process at a time.
ConsolidateReport write_results(JournalIndex const& index, ResultSchema const& schema, Fingerprint const& fingerprint,
                                std::filesystem::path const& temporary, std::filesystem::path const& out,
                                ConsolidateOptions const& options = {});

/// Syncs `journal`, which lies in parts_directory(out), writes the results of all journals there and of those in `others`, and
/// deletes the directory. Throws Error as write_results does, and if other workers are still at it; the journals are kept then.
ConsolidateReport consolidate(Journal& journal, ResultSchema const& schema, std::filesystem::path const& out,
                              ConsolidateOptions const& options = {}, std::vector<std::filesystem::path> const& others = {});

/// The same without a worker's journal, for a campaign of this build whose directory says `manifest`. Throws CampaignIncomplete.
ConsolidateReport merge_parts(Manifest const& manifest, ResultSchema const& schema, std::filesystem::path const& out,
                              ConsolidateOptions const& options = {}, std::vector<std::filesystem::path> const& others = {});

}  // namespace sim
