// Bytes of one replication in a journal: the record's payload and the checksummed frame around it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/results.hpp"

namespace sim {

/// First eight bytes of every frame.
inline constexpr std::uint64_t frame_magic = 0x014d52464a595242;  // "BRYJFRM\1"
inline constexpr std::uint32_t frame_version = 2;
/// Stands as the point of a frame that holds a note on the campaign, no replication; its future says which kind.
inline constexpr std::uint32_t note_point = 0xffffffff;
/// Header of a frame [bytes]; the payload follows, then its CRC32C (4 bytes).
inline constexpr std::size_t frame_header_size = 40;
inline constexpr std::size_t frame_overhead = frame_header_size + 4;
/// Largest payload accepted on reading and on writing [bytes].
inline constexpr std::uint32_t payload_size_max = 64u << 20;

/// Header of a frame, as read.
struct FrameHeader {
  std::uint32_t version = 0;
  std::uint32_t payload_size = 0;
  std::uint64_t fingerprint = 0;  // first word of the study's fingerprint
  ReplicationKey key;

  bool is_note() const { return key.point == note_point; }
};

/// Where the parts of a payload lie.
struct PayloadHead {
  ReplicationStatus status = ReplicationStatus::done;
  std::uint32_t responses = 0, focal = 0, other = 0, incidents = 0, message = 0;  // numbers of elements
  /// Byte offset of other_series in the payload.
  std::size_t other_offset() const;
};

/// Size of the fixed head of a payload [bytes].
inline constexpr std::size_t payload_head_size = 48;

/// Appends the payload of `record` to `out`; little-endian, series as float32, nothing compressed.
void encode_payload(ReplicationRecord const& record, std::vector<std::byte>& out);
/// Reads a payload written by encode_payload; throws Error if the sizes do not fit. The key is not part of it.
void decode_payload(std::span<std::byte const> payload, ReplicationRecord& record);
/// Reads only the head; throws Error unless the sizes add up to `payload_size`.
PayloadHead decode_payload_head(std::span<std::byte const> head, std::size_t payload_size);

/// Replaces `out` by the whole frame of `record`: header, payload, checksums.
void encode_frame(ReplicationRecord const& record, std::uint64_t fingerprint, std::vector<std::byte>& out);

/// Replaces `out` by the whole frame of a note of that kind.
void encode_note(std::uint32_t kind, std::string_view text, std::uint64_t fingerprint, std::vector<std::byte>& out);

enum class HeaderCheck { good, bad_magic, bad_checksum, other_version, bad_length };
/// Reads a frame's header from at least frame_header_size bytes.
HeaderCheck decode_frame_header(std::span<std::byte const> bytes, FrameHeader& header);

}  // namespace sim
