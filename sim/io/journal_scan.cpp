#include "sim/io/journal_scan.hpp"

#include <algorithm>
#include <cstring>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"

namespace sim {

namespace {

constexpr std::size_t notes_max = 100;

// Reads a file front to back with a window that always holds a whole frame if there is one.
class Window {
 public:
  Window(PosixFile const& file, std::uint64_t size) : file_(file), size_(size) {}

  // `count` bytes at `offset`; shorter at the end of the file.
  std::span<std::byte const> at(std::uint64_t offset, std::size_t count) {
    count = static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - std::min(size_, offset)));
    if (offset < start_ || offset + count > start_ + filled_) {
      buffer_.resize(std::max(count, window_size));
      start_ = offset;
      filled_ = file_.read_at(offset, buffer_);
      count = std::min(count, filled_);
    }
    return {buffer_.data() + (offset - start_), count};
  }

 private:
  static constexpr std::size_t window_size = std::size_t{4} << 20;
  PosixFile const& file_;
  std::uint64_t size_;
  std::vector<std::byte> buffer_;
  std::uint64_t start_ = 0;
  std::size_t filled_ = 0;
};

// Offset of the next magic at or after `offset`; `size` if there is none.
std::uint64_t find_magic(Window& window, std::uint64_t offset, std::uint64_t size) {
  std::byte pattern[8];
  std::memcpy(pattern, &frame_magic, 8);
  constexpr std::size_t step = std::size_t{1} << 20;
  while (offset + 8 <= size) {
    auto const bytes = window.at(offset, step);
    auto const hit = std::search(bytes.begin(), bytes.end(), std::begin(pattern), std::end(pattern));
    if (hit != bytes.end()) return offset + static_cast<std::uint64_t>(hit - bytes.begin());
    if (bytes.size() < 8) break;
    offset += bytes.size() - 7;  // a magic may straddle two stretches
  }
  return size;
}

// What reading at a place found: a frame, or why there is none.
struct Attempt {
  HeaderCheck check = HeaderCheck::good;
  FrameHeader header;
  std::span<std::byte const> payload;
  std::string why;  // empty: an intact frame
};

Attempt read_frame(Window& window, std::uint64_t offset) {
  Attempt attempt;
  auto const head = window.at(offset, frame_header_size);
  if (head.size() < frame_header_size) return attempt.why = "incomplete header", attempt;
  attempt.check = decode_frame_header(head, attempt.header);
  if (attempt.check == HeaderCheck::bad_magic) return attempt.why = "no frame starts here", attempt;
  if (attempt.check != HeaderCheck::good) return attempt.why = "damaged header", attempt;
  std::size_t const frame_size = frame_overhead + attempt.header.payload_size;
  auto const frame = window.at(offset, frame_size);
  if (frame.size() < frame_size) return attempt.why = "incomplete frame", attempt;
  std::uint32_t crc = 0;
  std::memcpy(&crc, frame.data() + frame_size - 4, 4);
  attempt.payload = frame.subspan(frame_header_size, attempt.header.payload_size);
  if (crc32c(attempt.payload.data(), attempt.payload.size()) != crc) attempt.why = "damaged payload";
  return attempt;
}

// Refuses a frame that is whole but not of this campaign.
void require_own(Attempt const& attempt, Fingerprint const& fingerprint, std::string const& name, std::uint64_t at) {
  std::string const where = "journal " + name;
  std::string const place = " (at byte " + std::to_string(at) + ") ";
  if (attempt.check == HeaderCheck::other_version) {
    throw Error(where + " has format " + std::to_string(attempt.header.version) + ", this program knows " +
                std::to_string(frame_version) + place + "use the version of the program that wrote it");
  }
  if (attempt.why.empty() && attempt.header.fingerprint != fingerprint.word()) {
    throw Error(where + " belongs to another study, seed or build" + place + "remove it from that directory");
  }
}

}  // namespace

void ScanReport::note(std::string text) {
  if (notes.size() < notes_max) notes.push_back(std::move(text));
}

std::vector<std::filesystem::path> journal_files(std::filesystem::path const& parts) {
  std::vector<std::filesystem::path> files;
  std::error_code code;
  for (auto it = std::filesystem::directory_iterator(parts, code); !code && it != std::filesystem::directory_iterator();
       it.increment(code)) {
    if (it->path().extension() == ".journal") files.push_back(it->path());
  }
  if (code) throw_file_error("list", parts, code.value());
  std::sort(files.begin(), files.end());
  return files;
}

std::uint64_t scan_journal(PosixFile const& file, Fingerprint const& fingerprint, ScanReport& report,
                           std::function<void(JournalFrame const&)> const& visit) {
  std::string const name = file.path().string();
  std::uint64_t const size = file.size();
  Window window(file, size);
  std::uint64_t offset = 0;  // where a frame should start
  std::string why;
  ++report.files;
  while (offset < size) {
    std::uint64_t at = offset;  // where one does
    Attempt attempt = read_frame(window, at);
    why = attempt.why;
    for (;;) {
      require_own(attempt, fingerprint, name, at);
      if (attempt.why.empty()) break;
      at = find_magic(window, at + 1, size);
      if (at >= size) break;
      attempt = read_frame(window, at);
    }
    if (at >= size) break;
    if (at > offset) {
      ++report.damaged_regions;
      report.damaged_bytes += at - offset;
      report.note(name + ": " + std::to_string(at - offset) + " bytes at " + std::to_string(offset) +
                  " are unreadable (" + why + "); the replications in them are computed again");
    }
    if (!attempt.header.is_note()) ++report.frames;
    visit({attempt.header, at + frame_header_size, attempt.payload});
    offset = at + frame_overhead + attempt.header.payload_size;
  }
  if (offset < size) {
    report.torn_bytes += size - offset;
    report.note(name + ": the last " + std::to_string(size - offset) + " bytes are unfinished (" + why +
                "); the replication in them is computed again");
  }
  return offset;
}

}  // namespace sim
