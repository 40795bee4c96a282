// CRC32C for damage, SHA-256 for identity.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace sim {

/// CRC-32C (Castagnoli, RFC 3720) of `size` bytes, continued from `crc` (0 to start). The same value with and without
/// the processor's own instruction.
std::uint32_t crc32c(void const* data, std::size_t size, std::uint32_t crc = 0);

/// The table-driven variant, for processors without SSE 4.2 and for tests.
std::uint32_t crc32c_portable(void const* data, std::size_t size, std::uint32_t crc = 0);

/// SHA-256 (FIPS 180-4) of a byte stream handed over in pieces.
class Sha256 {
 public:
  /// Appends `size` bytes.
  void update(void const* data, std::size_t size);
  void update(std::string_view text) { update(text.data(), text.size()); }
  /// Digest of all bytes so far; the object must not be used afterwards.
  std::array<std::uint8_t, 32> finish();

 private:
  void block(std::uint8_t const* data);
  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> pending_{};
  std::uint64_t length_ = 0;  // bytes so far
};

/// 64 hex digits of the SHA-256 of `text`.
std::string sha256_hex(std::string_view text);
/// 64 hex digits of the SHA-256 of a file's content; throws Error if it cannot be read.
std::string sha256_hex_of_file(std::filesystem::path const& path);

/// Lower-case hex digits of bytes, first byte first.
std::string to_hex(std::uint8_t const* bytes, std::size_t size);
/// 16 lower-case hex digits of a word, most significant first.
std::string to_hex(std::uint64_t word);
/// 8 lower-case hex digits.
std::string to_hex(std::uint32_t word);
/// Reads 16 hex digits; throws Error for anything else.
std::uint64_t parse_hex_word(std::string_view text);

}  // namespace sim
