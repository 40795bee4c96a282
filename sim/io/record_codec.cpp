#include "sim/io/record_codec.hpp"

#include <bit>
#include <cstring>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"

namespace sim {

static_assert(std::endian::native == std::endian::little, "journals are little-endian and copied as they are");
static_assert(sizeof(float) == 4 && sizeof(double) == 8);

namespace {

template <class T>
void put(std::byte*& to, T const& value) {
  std::memcpy(to, &value, sizeof(T));
  to += sizeof(T);
}

template <class T>
T get(std::byte const*& from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  from += sizeof(T);
  return value;
}

template <class T>
void put_array(std::byte*& to, T const* data, std::size_t count) {
  if (count > 0) std::memcpy(to, data, count * sizeof(T));
  to += count * sizeof(T);
}

template <class T>
void get_array(std::byte const*& from, std::vector<T>& data, std::size_t count) {
  data.resize(count);
  if (count > 0) std::memcpy(data.data(), from, count * sizeof(T));
  from += count * sizeof(T);
}

// Makes room for a whole frame and writes its header; returns where the payload starts.
std::byte* begin_frame(ReplicationKey const& key, std::size_t payload_size, std::uint64_t fingerprint,
                       std::vector<std::byte>& out) {
  out.resize(frame_overhead + payload_size);
  std::byte* to = out.data();
  put(to, frame_magic);
  put(to, frame_version);
  put(to, static_cast<std::uint32_t>(payload_size));
  put(to, fingerprint);
  put(to, key.point);
  put(to, key.future);
  put(to, key.replication);
  put(to, crc32c(out.data(), frame_header_size - 4));
  return to;
}

// The checksum of the payload, once it is there.
void end_frame(std::vector<std::byte>& frame) {
  std::byte* tail = frame.data() + frame.size() - 4;
  put(tail, crc32c(frame.data() + frame_header_size, frame.size() - frame_overhead));
}

std::size_t payload_size_of(ReplicationRecord const& record) {
  return payload_head_size + 8 * (record.responses.size() + record.incidents.size()) +
         4 * (record.focal_series.size() + record.other_series.size()) + record.message.size();
}

void write_payload(ReplicationRecord const& record, std::byte* to) {
  put(to, static_cast<std::int32_t>(record.status));
  put(to, static_cast<std::uint32_t>(record.responses.size()));
  put(to, static_cast<std::uint32_t>(record.focal_series.size()));
  put(to, static_cast<std::uint32_t>(record.other_series.size()));
  put(to, static_cast<std::uint32_t>(record.incidents.size()));
  put(to, static_cast<std::uint32_t>(record.message.size()));
  put(to, record.digest);
  put(to, record.digest_before);
  put(to, record.events);
  put_array(to, record.responses.data(), record.responses.size());
  put_array(to, record.focal_series.data(), record.focal_series.size());
  put_array(to, record.other_series.data(), record.other_series.size());
  put_array(to, record.incidents.data(), record.incidents.size());
  put_array(to, record.message.data(), record.message.size());
}

[[noreturn]] void throw_malformed() {
  throw Error("a replication in the journal has a wrong length (the file is damaged) "
              "delete that journal file and repeat the command: its replications are computed again");
}

}  // namespace

std::size_t PayloadHead::other_offset() const {
  return payload_head_size + 8 * std::size_t{responses} + 4 * std::size_t{focal};
}

void encode_payload(ReplicationRecord const& record, std::vector<std::byte>& out) {
  std::size_t const start = out.size();
  out.resize(start + payload_size_of(record));
  write_payload(record, out.data() + start);
}

PayloadHead decode_payload_head(std::span<std::byte const> head, std::size_t payload_size) {
  if (head.size() < payload_head_size) throw_malformed();
  std::byte const* from = head.data();
  PayloadHead parts;
  auto const status = get<std::int32_t>(from);
  if (status < 0 || status > 2) throw_malformed();
  parts.status = static_cast<ReplicationStatus>(status);
  parts.responses = get<std::uint32_t>(from);
  parts.focal = get<std::uint32_t>(from);
  parts.other = get<std::uint32_t>(from);
  parts.incidents = get<std::uint32_t>(from);
  parts.message = get<std::uint32_t>(from);
  // 64-bit sums of 32-bit counts cannot overflow.
  std::uint64_t const total = payload_head_size + 8 * (std::uint64_t{parts.responses} + parts.incidents) +
                              4 * (std::uint64_t{parts.focal} + parts.other) + parts.message;
  if (total != payload_size) throw_malformed();
  return parts;
}

void decode_payload(std::span<std::byte const> payload, ReplicationRecord& record) {
  PayloadHead const head = decode_payload_head(payload, payload.size());
  std::byte const* from = payload.data() + 24;
  record.status = head.status;
  record.digest = get<std::uint64_t>(from);
  record.digest_before = get<std::uint64_t>(from);
  record.events = get<double>(from);
  get_array(from, record.responses, head.responses);
  get_array(from, record.focal_series, head.focal);
  get_array(from, record.other_series, head.other);
  get_array(from, record.incidents, head.incidents);
  record.message.assign(reinterpret_cast<char const*>(from), head.message);
}

void encode_frame(ReplicationRecord const& record, std::uint64_t fingerprint, std::vector<std::byte>& out) {
  std::size_t const payload_size = payload_size_of(record);
  if (payload_size > payload_size_max) {
    throw Error("replication " + std::to_string(record.key.point) + "/" + std::to_string(record.key.future) + "/" +
                std::to_string(record.key.replication) + " has " + std::to_string(payload_size) +
                " bytes of results (the limit is " + std::to_string(payload_size_max) +
                ") use a coarser grid or fewer focal nations");
  }
  write_payload(record, begin_frame(record.key, payload_size, fingerprint, out));
  end_frame(out);
}

void encode_note(std::uint32_t kind, std::string_view text, std::uint64_t fingerprint, std::vector<std::byte>& out) {
  text = text.substr(0, payload_size_max);
  std::byte* to = begin_frame({.point = note_point, .future = kind}, text.size(), fingerprint, out);
  put_array(to, text.data(), text.size());
  end_frame(out);
}

HeaderCheck decode_frame_header(std::span<std::byte const> bytes, FrameHeader& header) {
  std::byte const* from = bytes.data();
  if (get<std::uint64_t>(from) != frame_magic) return HeaderCheck::bad_magic;
  header.version = get<std::uint32_t>(from);
  header.payload_size = get<std::uint32_t>(from);
  header.fingerprint = get<std::uint64_t>(from);
  header.key.point = get<std::uint32_t>(from);
  header.key.future = get<std::uint32_t>(from);
  header.key.replication = get<std::uint32_t>(from);
  if (get<std::uint32_t>(from) != crc32c(bytes.data(), frame_header_size - 4)) return HeaderCheck::bad_checksum;
  if (header.version != frame_version) return HeaderCheck::other_version;
  std::size_t const size_min = header.is_note() ? 0 : payload_head_size;
  if (header.payload_size < size_min || header.payload_size > payload_size_max) return HeaderCheck::bad_length;
  return HeaderCheck::good;
}

}  // namespace sim
