#include "sim/io/journal_index.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include <fcntl.h>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"

namespace sim {

namespace {

constexpr std::size_t notes_max = 100;

std::string name_of(ReplicationKey const& key) {
  return "point " + std::to_string(key.point) + ", future " + std::to_string(key.future) + ", replication " +
         std::to_string(key.replication);
}

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

// One frame at `offset` if it is intact; the reason in `why` if not.
bool read_frame(Window& window, std::uint64_t offset, FrameHeader& header, std::uint32_t& payload_crc,
                std::string& why, bool& is_newer) {
  auto const head = window.at(offset, frame_header_size);
  if (head.size() < frame_header_size) return why = "incomplete header", false;
  HeaderCheck const check = decode_frame_header(head, header);
  is_newer = check == HeaderCheck::newer_version;
  if (check == HeaderCheck::bad_magic) return why = "no frame starts here", false;
  if (check != HeaderCheck::good) return why = "damaged header", false;
  std::size_t const frame_size = frame_overhead + header.payload_size;
  auto const frame = window.at(offset, frame_size);
  if (frame.size() < frame_size) return why = "incomplete frame", false;
  std::memcpy(&payload_crc, frame.data() + frame_size - 4, 4);
  auto const payload = frame.subspan(frame_header_size, header.payload_size);
  if (crc32c(payload.data(), payload.size()) != payload_crc) return why = "damaged payload", false;
  return true;
}

}  // namespace

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

void JournalIndex::note(std::string text) {
  if (report_.notes.size() < notes_max) report_.notes.push_back(std::move(text));
}

JournalIndex JournalIndex::scan(std::filesystem::path const& parts, Fingerprint const& fingerprint) {
  JournalIndex index;
  for (auto const& path : journal_files(parts)) {
    index.files_.push_back({PosixFile(path, O_RDONLY), 0});
    index.scan_file(static_cast<std::uint32_t>(index.files_.size() - 1), fingerprint);
  }
  index.report_.files = index.files_.size();
  index.settle();
  return index;
}

void JournalIndex::scan_file(std::uint32_t file, Fingerprint const& fingerprint) {
  SourceFile& source = files_[file];
  std::string const name = source.file.path().string();
  std::uint64_t const size = source.file.size();
  Window window(source.file, size);
  std::uint64_t offset = 0;     // where a frame should start
  std::string why;
  while (offset < size) {
    FrameHeader header;
    std::uint32_t payload_crc = 0;
    bool is_newer = false;
    std::uint64_t at = offset;  // where one does
    std::string reason;
    while (at < size && !read_frame(window, at, header, payload_crc, reason, is_newer)) {
      if (is_newer) {
        throw Error("journal " + name + " has a newer format (at byte " + std::to_string(at) +
                    ") use the version of the program that wrote it");
      }
      if (at == offset) why = reason;
      at = find_magic(window, at + 1, size);
    }
    if (at >= size) break;
    if (header.fingerprint != fingerprint.word()) {
      throw Error("journal " + name + " belongs to another study, seed or build (at byte " + std::to_string(at) +
                  ") remove it from that directory");
    }
    if (at > offset) {
      ++report_.damaged_regions;
      report_.damaged_bytes += at - offset;
      note(name + ": " + std::to_string(at - offset) + " bytes at " + std::to_string(offset) + " are unreadable (" +
           why + "); the replications in them are computed again");
    }
    entries_.push_back({header.key, file, at + frame_header_size, header.payload_size, payload_crc});
    ++report_.frames;
    offset = at + frame_overhead + header.payload_size;
    source.intact_end = offset;
  }
  if (offset < size) {
    report_.torn_bytes += size - offset;
    note(name + ": the last " + std::to_string(size - offset) + " bytes are unfinished (" + why +
         "); the replication in them is computed again");
  }
}

void JournalIndex::settle() {
  auto const order = [](JournalEntry const& a, JournalEntry const& b) {
    return std::tie(a.key, a.file, a.offset) < std::tie(b.key, b.file, b.offset);
  };
  std::sort(entries_.begin(), entries_.end(), order);
  std::size_t kept = 0;
  std::vector<std::byte> bytes_a, bytes_b;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (kept == 0 || entries_[kept - 1].key != entries_[i].key) {
      entries_[kept++] = entries_[i];
      continue;
    }
    JournalEntry const &a = entries_[kept - 1], &b = entries_[i];
    load(a, bytes_a);
    load(b, bytes_b);
    if (bytes_a != bytes_b) {
      throw Error("CONFLICT: two different results for " + name_of(a.key) + " (" + files_[a.file].file.path().string() +
                  " at byte " + std::to_string(a.offset) + " and " + files_[b.file].file.path().string() +
                  " at byte " + std::to_string(b.offset) +
                  "; the same build must give the same bytes) keep both and report this as a fault of the program");
    }
    ++report_.duplicates;
  }
  entries_.resize(kept);
}

void JournalIndex::load(JournalEntry const& entry, std::vector<std::byte>& payload) const {
  payload.resize(entry.payload_size);
  PosixFile const& file = files_[entry.file].file;
  if (file.read_at(entry.offset, payload) != payload.size() ||
      crc32c(payload.data(), payload.size()) != entry.payload_crc) {
    throw Error("journal " + file.path().string() + " changed while it was read (at byte " +
                std::to_string(entry.offset) + ", " + name_of(entry.key) + ") check the disk and repeat the command");
  }
}

void JournalIndex::read(std::size_t i, ReplicationRecord& record) const {
  thread_local std::vector<std::byte> payload;
  load(entries_[i], payload);
  decode_payload(payload, record);
  record.key = entries_[i].key;
}

PayloadHead JournalIndex::read_head(std::size_t i) const {
  std::byte head[payload_head_size];
  JournalEntry const& entry = entries_[i];
  std::size_t const n = files_[entry.file].file.read_at(entry.offset, head);
  return decode_payload_head({head, n}, entry.payload_size);
}

void JournalIndex::read_other_series(std::size_t i, std::size_t first, std::span<float> out) const {
  PayloadHead const head = read_head(i);
  JournalEntry const& entry = entries_[i];
  std::uint64_t const offset = entry.offset + head.other_offset() + 4 * first;
  if (first + out.size() > head.other ||
      files_[entry.file].file.read_at(offset, std::as_writable_bytes(out)) != out.size_bytes()) {
    throw Error("the series of " + name_of(entry.key) + " are too short (in " +
                files_[entry.file].file.path().string() + ") check the disk and repeat the command");
  }
}

}  // namespace sim
