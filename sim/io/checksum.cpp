#include "sim/io/checksum.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/io/posix_file.hpp"

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

#include <fcntl.h>

namespace sim {

namespace {

using Crc32cTables = std::array<std::array<std::uint32_t, 256>, 8>;

// Slicing by eight (Kounavis and Berry 2005), reflected polynomial 0x82f63b78.
constexpr Crc32cTables make_tables() {
  Crc32cTables tables{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0x82f63b78u : 0u);
    tables[0][i] = crc;
  }
  for (std::size_t k = 1; k < 8; ++k) {
    for (std::size_t i = 0; i < 256; ++i) {
      tables[k][i] = (tables[k - 1][i] >> 8) ^ tables[0][tables[k - 1][i] & 0xff];
    }
  }
  return tables;
}

constexpr Crc32cTables tables = make_tables();

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t crc32c_instruction(void const* data, std::size_t size,
                                                                   std::uint32_t crc) {
  auto const* bytes = static_cast<unsigned char const*>(data);
  std::uint64_t state = ~crc;
  for (; size >= 8; size -= 8, bytes += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    state = _mm_crc32_u64(state, word);
  }
  auto narrow = static_cast<std::uint32_t>(state);
  for (; size > 0; --size, ++bytes) narrow = _mm_crc32_u8(narrow, *bytes);
  return ~narrow;
}
#endif

constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::string hex_of(std::uint64_t word, int digits) {
  std::string text(static_cast<std::size_t>(digits), '0');
  for (int i = digits - 1; i >= 0; --i, word >>= 4) text[static_cast<std::size_t>(i)] = "0123456789abcdef"[word & 15];
  return text;
}

}  // namespace

std::uint32_t crc32c_portable(void const* data, std::size_t size, std::uint32_t crc) {
  auto const* bytes = static_cast<unsigned char const*>(data);
  std::uint32_t state = ~crc;
  for (; size >= 8; size -= 8, bytes += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    word ^= state;
    state = 0;
    for (std::size_t k = 0; k < 8; ++k) state ^= tables[7 - k][(word >> (8 * k)) & 0xff];
  }
  for (; size > 0; --size, ++bytes) state = (state >> 8) ^ tables[0][(state ^ *bytes) & 0xff];
  return ~state;
}

std::uint32_t crc32c(void const* data, std::size_t size, std::uint32_t crc) {
#if defined(__x86_64__)
  static bool const has_instruction = __builtin_cpu_supports("sse4.2") != 0;
  if (has_instruction) return crc32c_instruction(data, size, crc);
#endif
  return crc32c_portable(data, size, crc);
}

void Sha256::block(std::uint8_t const* data) {
  std::array<std::uint32_t, 64> w{};
  for (std::size_t i = 0; i < 16; ++i) {
    w[i] = std::uint32_t{data[4 * i]} << 24 | std::uint32_t{data[4 * i + 1]} << 16 |
           std::uint32_t{data[4 * i + 2]} << 8 | std::uint32_t{data[4 * i + 3]};
  }
  for (std::size_t i = 16; i < 64; ++i) {
    std::uint32_t const s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
    std::uint32_t const s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  auto [a, b, c, d, e, f, g, h] = state_;
  for (std::size_t i = 0; i < 64; ++i) {
    std::uint32_t const s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    std::uint32_t const t1 = h + s1 + ((e & f) ^ (~e & g)) + round_constants[i] + w[i];
    std::uint32_t const s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    std::uint32_t const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  std::array<std::uint32_t, 8> const step{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state_[i] += step[i];
}

void Sha256::update(void const* data, std::size_t size) {
  auto const* bytes = static_cast<std::uint8_t const*>(data);
  while (size > 0) {
    std::size_t const filled = length_ % 64;
    if (filled == 0 && size >= 64) {
      block(bytes);
      length_ += 64, bytes += 64, size -= 64;
      continue;
    }
    std::size_t const n = std::min(size, 64 - filled);
    std::memcpy(pending_.data() + filled, bytes, n);
    length_ += n, bytes += n, size -= n;
    if (length_ % 64 == 0) block(pending_.data());
  }
}

std::array<std::uint8_t, 32> Sha256::finish() {
  std::uint64_t const bits = length_ * 8;
  std::array<std::uint8_t, 72> padding{0x80};
  std::size_t const n = (length_ % 64 < 56 ? 56 : 120) - length_ % 64;
  for (std::size_t i = 0; i < 8; ++i) padding[n + i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
  update(padding.data(), n + 8);
  std::array<std::uint8_t, 32> digest{};
  for (std::size_t i = 0; i < 32; ++i) digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

std::string sha256_hex(std::string_view text) {
  Sha256 hash;
  hash.update(text);
  auto const digest = hash.finish();
  return to_hex(digest.data(), digest.size());
}

std::string sha256_hex_of_file(std::filesystem::path const& path) {
  PosixFile const file(path, O_RDONLY);
  Sha256 hash;
  std::vector<std::byte> buffer(1u << 20);
  std::uint64_t offset = 0;
  while (std::size_t const n = file.read_at(offset, buffer)) {
    hash.update(buffer.data(), n);
    offset += n;
  }
  auto const digest = hash.finish();
  return to_hex(digest.data(), digest.size());
}

std::string to_hex(std::uint8_t const* bytes, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += hex_of(bytes[i], 2);
  return text;
}

std::string to_hex(std::uint64_t word) { return hex_of(word, 16); }
std::string to_hex(std::uint32_t word) { return hex_of(word, 8); }

std::uint64_t parse_hex_word(std::string_view text) {
  std::uint64_t word = 0;
  for (char const c : text) {
    bool const is_digit = c >= '0' && c <= '9', is_letter = c >= 'a' && c <= 'f';
    if (text.size() != 16 || (!is_digit && !is_letter)) {
      throw Error("not a hexadecimal word of 16 digits: \"" + std::string(text.substr(0, 64)) +
                  "\" (the file is damaged) restore it from a copy");
    }
    word = word << 4 | static_cast<std::uint64_t>(is_digit ? c - '0' : c - 'a' + 10);
  }
  if (text.size() != 16) throw Error("empty hexadecimal word (the file is damaged) restore it from a copy");
  return word;
}

}  // namespace sim
