#include "sim/io/journal_index.hpp"

#include <cstring>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"

namespace sim {

namespace {

std::string name_of(ReplicationKey const& key) {
  return "point " + std::to_string(key.point) + ", future " + std::to_string(key.future) + ", replication " +
         std::to_string(key.replication);
}

}  // namespace

JournalIndex JournalIndex::scan(std::filesystem::path const& parts, Manifest const& manifest) {
  return scan(journal_files(parts), manifest);
}

JournalIndex JournalIndex::scan(std::vector<std::filesystem::path> const& journals, Manifest const& manifest) {
  if (journals.size() > shards_max) {
    throw Error("too many journals (" + std::to_string(journals.size()) + ", at most " + std::to_string(shards_max) +
                ") merge some of them first");
  }
  JournalIndex index;
  index.shape_ = manifest.shape;
  index.entries_.resize(manifest.shape.size());
  index.files_ = JournalFiles(journals);
  for (std::size_t file = 0; file < journals.size(); ++file) index.scan_file(static_cast<std::uint16_t>(file), manifest);
  index.close_gaps();
  return index;
}

void JournalIndex::scan_file(std::uint16_t file, Manifest const& manifest) {
  contents_.push_back({.journal = files_.path(file)});
  scan_journal(*files_.open(file), manifest.fingerprint, report_, [&](JournalFrame const& frame) {
    if (!frame.header.is_note()) return add(frame, file);
    notes_.push_back({files_.path(file), frame.header.key.future,
                      {reinterpret_cast<char const*>(frame.payload.data()), frame.payload.size()}, contents_[file].frames});
  });
}

void JournalIndex::add(JournalFrame const& frame, std::uint16_t file) {
  ReplicationKey const& key = frame.header.key;
  if (!shape_.contains(key)) {
    throw Error("journal " + files_.path(file).string() + " holds a replication that the study does not have (" +
                name_of(key) + ") remove it from that directory");
  }
  PayloadHead const head = decode_payload_head(frame.payload, frame.payload.size());
  JournalContent& content = contents_[file];
  ++content.frames;
  content.done += head.status == ReplicationStatus::done;
  content.failed += head.status == ReplicationStatus::failed;
  content.censored += head.status == ReplicationStatus::censored;
  Entry const found{frame.offset, frame.header.payload_size, file, static_cast<std::uint8_t>(head.status)};
  Entry& entry = entries_[shape_.position(key)];
  if (entry.offset == 0) {
    entry = found;
    return;
  }
  require_same(key, entry, found);
  ++report_.duplicates;
}

void JournalIndex::require_same(ReplicationKey const& key, Entry const& a, Entry const& b) const {
  std::vector<std::byte> bytes_a, bytes_b;
  load(a, key, bytes_a);
  load(b, key, bytes_b);
  if (bytes_a == bytes_b) return;
  auto const place = [&](Entry const& entry) {
    return files_.path(entry.file).string() + " at byte " + std::to_string(entry.offset);
  };
  throw Error("CONFLICT: two different results for " + name_of(key) + " (" + place(a) + " and " + place(b) +
              "; the same build must give the same bytes) keep both and report this as a fault of the program");
}

void JournalIndex::close_gaps() {
  std::size_t found = 0;
  for (Entry const& entry : entries_) found += entry.offset != 0;
  if (found == entries_.size()) return;
  positions_.reserve(found);
  for (std::uint64_t at = 0; at < entries_.size(); ++at) {
    if (entries_[at].offset == 0) continue;
    entries_[positions_.size()] = entries_[at];
    positions_.push_back(at);
  }
  entries_.resize(found);
}

void JournalIndex::leave_out(StoppingInfo const& stopping) {
  if (!stopping.is_settled()) return;
  std::size_t kept = 0;
  std::vector<std::uint64_t> positions;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!belongs(key(i), stopping)) continue;
    positions.push_back(positions_.empty() ? i : positions_[i]);
    entries_[kept++] = entries_[i];
  }
  entries_.resize(kept);
  positions_ = std::move(positions);
}

ReplicationKey JournalIndex::key(std::size_t i) const { return shape_.key_at(positions_.empty() ? i : positions_[i]); }

void JournalIndex::load(Entry const& entry, ReplicationKey const& key, std::vector<std::byte>& payload) const {
  payload.resize(entry.payload_size + 4);
  std::size_t const found = files_.open(entry.file)->read_at(entry.offset, payload);
  std::uint32_t crc = 0;
  std::memcpy(&crc, payload.data() + entry.payload_size, 4);
  if (found != payload.size() || crc32c(payload.data(), entry.payload_size) != crc) {
    throw Error("journal " + files_.path(entry.file).string() + " changed while it was read (at byte " +
                std::to_string(entry.offset) + ", " + name_of(key) + ") check the disk and repeat the command");
  }
  payload.resize(entry.payload_size);
}

void JournalIndex::read(std::size_t i, ReplicationRecord& record) const {
  thread_local std::vector<std::byte> payload;
  record.key = key(i);
  load(entries_[i], record.key, payload);
  decode_payload(payload, record);
}

PayloadHead JournalIndex::read_head(std::size_t i) const {
  std::byte head[payload_head_size];
  Entry const& entry = entries_[i];
  std::size_t const n = files_.open(entry.file)->read_at(entry.offset, head);
  return decode_payload_head({head, n}, entry.payload_size);
}

void JournalIndex::read_other_series(std::size_t i, std::size_t first, std::span<float> out) const {
  PayloadHead const head = read_head(i);
  Entry const& entry = entries_[i];
  std::uint64_t const offset = entry.offset + head.other_offset() + 4 * first;
  if (first + out.size() > head.other ||
      files_.open(entry.file)->read_at(offset, std::as_writable_bytes(out)) != out.size_bytes()) {
    throw Error("the series of " + name_of(key(i)) + " are too short (in " + files_.path(entry.file).string() +
                ") check the disk and repeat the command");
  }
}

}  // namespace sim
