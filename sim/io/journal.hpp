// The campaign's memory while it runs: finished replications, appended to a checksummed journal, survive any kill.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/results.hpp"
#include "sim/io/journal_index.hpp"
#include "sim/io/provenance.hpp"

namespace sim {

/// How often finished replications become durable.
struct JournalOptions {
  std::uint32_t sync_frames = 64;    // fdatasync after this many frames ...
  std::uint32_t wall_sync_ms = 1000; // ... or after this time [ms], whichever comes first
};

/// What the manifest of a parts directory says.
struct Manifest {
  std::uint32_t format_version = 1;
  Fingerprint fingerprint;
  std::string study;
  std::string build;            // version and commit
  std::uint64_t planned = 0;    // replications
};

/// Manifest of `study` with this build.
Manifest make_manifest(BuildInfo const& build, ResultSchema const& schema);
/// Reads `parts`/manifest.toml; throws Error if it is missing, damaged or of a newer format.
Manifest read_manifest(std::filesystem::path const& parts);

/// Holds a parts directory for this process and appends to one journal in it. A replication is acknowledged - survives
/// SIGKILL and loss of power - once a sync after its append has returned. append() and sync() may be called by many
/// threads; the rest by one.
class Journal {
 public:
  /// Creates `parts` or continues in it: locks it, compares the manifest, scans all journals, cuts off torn tails.
  /// Throws Error: in use by another process, of another study, seed or build, of a newer format, unwritable, CONFLICT.
  /// Ignores SIGXFSZ for the whole process, so that a file size limit is an error too.
  static Journal open(std::filesystem::path const& parts, Manifest const& manifest, JournalOptions options = {});

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  /// Syncs if it can and releases the directory; errors are lost, call close() to see them.
  ~Journal();

  /// Keys of all replications in the directory, sorted, each once; those appended in this run are included.
  std::vector<ReplicationKey> done() const;
  /// Appends one replication. Throws Error on a full disk or a failing device; the journal then refuses all further
  /// appends with the same error, and what was acknowledged stays.
  void append(ReplicationRecord const& record);
  /// Returns when everything appended before is on the disk; throws Error.
  void sync();
  /// Replications of this run known to be on the disk.
  std::uint64_t acknowledged() const;
  /// Fingerprint of the campaign, from the manifest.
  Fingerprint const& fingerprint() const;
  /// What opening the directory met.
  ScanReport const& report() const;
  /// Syncs and gives all intact replications for reading. The journal stays locked and open.
  JournalIndex const& index();
  /// Syncs, closes and unlocks; throws Error.
  void close();
  /// Deletes the directory with all its journals and unlocks; for a campaign whose results file is complete.
  void remove();

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sim
