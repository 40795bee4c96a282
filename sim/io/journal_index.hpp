// Finds every intact replication in the journals of a campaign and reads them in the order of results.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/base/campaign_shape.hpp"
#include "sim/io/journal_files.hpp"
#include "sim/io/journal_scan.hpp"
#include "sim/io/manifest.hpp"

namespace sim {

/// A note in a journal: what a worker wrote when it began or ended.
struct JournalNote {
  std::filesystem::path journal;
  std::uint32_t kind = 0;
  std::string text;
  std::uint64_t frames_before = 0;  // replications in this journal before it, repeated ones included
};

/// What one journal holds.
struct JournalContent {
  std::filesystem::path journal;
  std::uint64_t frames = 0;         // of replications, repeated ones included
  std::uint64_t done = 0, failed = 0, censored = 0;
};

/// All intact replications of some journals in the order (point, future, replication), each once, readable at random.
/// Memory: 16 bytes per planned replication. Reading is const and may be done by several threads.
class JournalIndex {
 public:
  /// Scans all journals of `parts`. Throws Error for a frame of another study or format, a replication the study does
  /// not have, or two frames with the same key and different bytes ("CONFLICT"). Damage is reported, not thrown.
  static JournalIndex scan(std::filesystem::path const& parts, Manifest const& manifest);
  /// The same for these journals, wherever they lie.
  static JournalIndex scan(std::vector<std::filesystem::path> const& journals, Manifest const& manifest);

  /// Forgets the replications that do not belong to the results: more than a stopping rule turned out to need.
  void leave_out(StoppingInfo const& stopping);

  /// Replications found; the functions below count them from 0.
  std::size_t size() const { return entries_.size(); }
  CampaignShape const& shape() const { return shape_; }
  ReplicationKey key(std::size_t i) const;
  ReplicationStatus status(std::size_t i) const { return static_cast<ReplicationStatus>(entries_[i].status); }
  ScanReport const& report() const { return report_; }
  /// In the order of journals, then as written.
  std::vector<JournalNote> const& notes() const { return notes_; }
  /// In the order of journals.
  std::vector<JournalContent> const& contents() const { return contents_; }

  /// Decodes replication `i`; throws Error if its bytes no longer match their checksum.
  void read(std::size_t i, ReplicationRecord& record) const;
  /// Head of replication `i`'s payload.
  PayloadHead read_head(std::size_t i) const;
  /// Floats [first, first + out.size()) of replication `i`'s other_series, not checksummed again.
  void read_other_series(std::size_t i, std::size_t first, std::span<float> out) const;

 private:
  struct Entry {
    std::uint64_t offset = 0;  // of the payload [bytes]; 0: not there
    std::uint32_t payload_size = 0;
    std::uint16_t file = 0;
    std::uint8_t status = 0;
  };
  static_assert(sizeof(Entry) == 16);

  void scan_file(std::uint16_t file, Manifest const& manifest);
  void add(JournalFrame const& frame, std::uint16_t file);
  void require_same(ReplicationKey const& key, Entry const& a, Entry const& b) const;
  void close_gaps();
  void load(Entry const& entry, ReplicationKey const& key, std::vector<std::byte>& payload) const;

  CampaignShape shape_;
  JournalFiles files_;
  std::vector<Entry> entries_;           // while scanning by position; then those found
  std::vector<std::uint64_t> positions_;  // of the entries; empty if all planned replications are there
  std::vector<JournalNote> notes_;
  std::vector<JournalContent> contents_;
  ScanReport report_;
};

}  // namespace sim
