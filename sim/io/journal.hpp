// The campaign's memory while it runs: finished replications, appended to a checksummed journal, survive any kill.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/campaign_shape.hpp"
#include "sim/base/results.hpp"
#include "sim/io/journal_scan.hpp"
#include "sim/io/manifest.hpp"

namespace sim {

/// Whose journal it is, and how often finished replications become durable.
struct JournalOptions {
  std::uint32_t sync_frames = 4096;   // fdatasync after this many frames ...
  std::uint32_t wall_sync_ms = 1000; // ... or after this time [ms], whichever comes first
  Shard shard;                       // this worker
  bool dynamic = false;              // true: a first process hands the work out, so that any worker may have done anything
  bool only_own = false;             // read no journal but this worker's own: another process knows what is done
};

/// Replications by what became of them.
struct StatusCounts {
  std::uint64_t done = 0, failed = 0, censored = 0;
  std::uint64_t total() const { return done + failed + censored; }
  void add(ReplicationStatus status);
};

/// One worker's place in a parts directory, and the journal that it appends to. A replication is acknowledged - survives
/// SIGKILL and loss of power - once a sync after its append has returned. append(), add_note() and sync() may be called by many
/// threads; the rest by one. Memory: one bit per planned replication.
class Journal {
 public:
  /// Creates `parts` or continues in it: compares the manifest, takes the locks, reads the worker's own journal and those
  /// of workers that share the work out differently, cuts off the own one's torn tail.
  /// Throws Error: in use by another process, of another study, seed or build, of another format, unwritable.
  /// Ignores SIGXFSZ for the whole process, so that a file size limit is an error too.
  static Journal open(std::filesystem::path const& parts, Manifest const& manifest, JournalOptions options = {});

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  /// Syncs if it can and releases the directory; errors are lost, call close() to see them.
  ~Journal();

  std::filesystem::path const& parts() const;
  /// File name of this worker's journal.
  std::string name() const;
  /// As the campaign was begun: texts are those of its first worker.
  Manifest const& manifest() const;
  /// What has been read and appended; not what other workers of the same division have done.
  ReplicationSet done() const;
  /// What became of those, each counted once.
  StatusCounts counts() const;
  /// Appends one replication. Throws Error on a full disk or a failing device; the journal then refuses all further
  /// appends with the same error, and what was acknowledged stays.
  void append(ReplicationRecord const& record);
  /// Appends a note of some kind.
  void add_note(std::uint32_t kind, std::string_view text);
  /// Returns when everything appended before is on the disk; throws Error.
  void sync();
  /// Replications and notes of this run known to be on the disk.
  std::uint64_t acknowledged() const;
  /// What opening the directory met.
  ScanReport const& report() const;
  /// True where the file system has no locks: then nothing keeps a second worker from the same journal.
  bool lacks_locks() const;
  /// Makes this process the only one in the directory; throws Error while others work in it.
  void become_alone();
  /// Syncs, closes and unlocks; throws Error. May be repeated.
  void close();
  /// Deletes the directory with all its journals and unlocks; for a campaign whose results file is complete.
  void remove();

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sim
