// Turns the journals of a finished campaign into one results file that depends on nothing but build, study and seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "sim/base/results.hpp"
#include "sim/io/journal.hpp"

namespace sim {

struct ConsolidateOptions {
  bool allow_missing = false;                       // write what is there although replications are missing
  std::size_t buffer_bytes = std::size_t{96} << 20;  // bound of the buffer of the quantile series [bytes]
  unsigned jobs = 0;                                 // threads that pack and sort; 0: all cores
  std::function<void()> between_parts = [] {};       // called now and then; what it throws gives the work up
};

/// Counts of what went into the file.
struct ConsolidateReport {
  std::uint64_t planned = 0, done = 0, failed = 0, censored = 0;
  std::uint64_t incidents = 0;   // rows
  std::uint64_t file_bytes = 0;
};

/// Writes all replications of `journal`, which lies in parts_directory(out), in the order (point, future, replication)
/// to a temporary file there, reads it back and compares counts and checksums, and only then gives it the name `out` and deletes the journals.
/// The bytes depend on schema and records only. Memory is bounded whatever the number of replications (40 bytes each
/// for the index, and the buffers). Throws Error if replications are missing, do not fit the schema, or the disk is
/// full, and whatever `between_parts` throws; nothing is then left under `out`, and the journals are kept. Uses HDF5: one thread per process at a time.
ConsolidateReport consolidate(Journal& journal, ResultSchema const& schema, std::filesystem::path const& out,
                              ConsolidateOptions const& options = {});

}  // namespace sim
