// Finds every intact replication in the journals of a campaign, and says what was torn, damaged or repeated.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/base/results.hpp"
#include "sim/io/posix_file.hpp"
#include "sim/io/provenance.hpp"
#include "sim/io/record_codec.hpp"

namespace sim {

/// What a scan of the journals met.
struct ScanReport {
  std::uint64_t files = 0;
  std::uint64_t frames = 0;           // intact, repeated ones included
  std::uint64_t duplicates = 0;       // repeated with the same bytes
  std::uint64_t torn_bytes = 0;       // after the last intact frame of a file; cut off before writing goes on
  std::uint64_t damaged_regions = 0;  // unreadable stretches between intact frames
  std::uint64_t damaged_bytes = 0;
  std::vector<std::string> notes;     // one sentence for each of these with file and offset, at most 100
  /// True if every byte of every journal belongs to an intact frame.
  bool is_clean() const { return torn_bytes == 0 && damaged_bytes == 0; }
};

/// Where one replication lies.
struct JournalEntry {
  ReplicationKey key;
  std::uint32_t file = 0;
  std::uint64_t offset = 0;        // of the payload [bytes]
  std::uint32_t payload_size = 0;  // [bytes]
  std::uint32_t payload_crc = 0;
};

/// All intact replications of a parts directory in the order (point, future, replication), each once, readable at
/// random. Keeps 40 bytes per replication. Reading is const and may be done by several threads.
class JournalIndex {
 public:
  /// Scans every journal of `parts`. Throws Error for a frame of another study, a newer format, or two frames with the
  /// same key and different bytes ("CONFLICT"). Damage is reported, not thrown.
  static JournalIndex scan(std::filesystem::path const& parts, Fingerprint const& fingerprint);

  std::size_t size() const { return entries_.size(); }
  std::vector<JournalEntry> const& entries() const { return entries_; }
  ScanReport const& report() const { return report_; }
  /// Decodes entry `i`; throws Error if its bytes no longer match their checksum.
  void read(std::size_t i, ReplicationRecord& record) const;
  /// Head of entry `i`'s payload.
  PayloadHead read_head(std::size_t i) const;
  /// Floats [first, first + out.size()) of entry `i`'s other_series, not checksummed again.
  void read_other_series(std::size_t i, std::size_t first, std::span<float> out) const;

  struct SourceFile {
    PosixFile file;
    std::uint64_t intact_end = 0;  // end of the last intact frame
  };
  std::vector<SourceFile> const& files() const { return files_; }

 private:
  friend class Journal;
  void scan_file(std::uint32_t file, Fingerprint const& fingerprint);
  void note(std::string text);
  /// Sorts, drops repeated entries with the same bytes, throws the CONFLICT.
  void settle();
  void load(JournalEntry const& entry, std::vector<std::byte>& payload) const;

  std::vector<SourceFile> files_;
  std::vector<JournalEntry> entries_;
  ScanReport report_;
};

/// Journals of a parts directory, sorted by name.
std::vector<std::filesystem::path> journal_files(std::filesystem::path const& parts);

}  // namespace sim
