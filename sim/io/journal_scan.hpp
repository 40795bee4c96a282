// Reads one journal front to back and gives every intact frame; says what was torn or damaged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/io/posix_file.hpp"
#include "sim/io/provenance.hpp"
#include "sim/io/record_codec.hpp"

namespace sim {

/// What a scan of journals met.
struct ScanReport {
  std::uint64_t files = 0;
  std::uint64_t frames = 0;           // intact ones of replications, repeated ones included
  std::uint64_t duplicates = 0;       // repeated with the same bytes
  std::uint64_t torn_bytes = 0;       // after the last intact frame of a file; cut off before writing goes on
  std::uint64_t damaged_regions = 0;  // unreadable stretches between intact frames
  std::uint64_t damaged_bytes = 0;
  std::vector<std::string> notes;     // one sentence for each of these with file and offset, at most 100
  /// True if every byte of every journal belongs to an intact frame.
  bool is_clean() const { return torn_bytes == 0 && damaged_bytes == 0; }
  void note(std::string text);
};

/// An intact frame, as it lies in its journal.
struct JournalFrame {
  FrameHeader header;
  std::uint64_t offset = 0;              // of the payload [bytes]
  std::span<std::byte const> payload;    // valid during the call
};

/// Calls `visit` for every intact frame of `file`, notes included, and adds to `report`; returns the end of the last one
/// [bytes]. Every checksum is compared. Memory: one frame, or 4 MiB. Throws Error for a frame of another study, seed or
/// build, or of another format. Damage is reported, not thrown. The file may grow meanwhile.
std::uint64_t scan_journal(PosixFile const& file, Fingerprint const& fingerprint, ScanReport& report,
                           std::function<void(JournalFrame const&)> const& visit);

/// Journals of a parts directory, sorted by name.
std::vector<std::filesystem::path> journal_files(std::filesystem::path const& parts);

}  // namespace sim
