#include "sim/io/provenance.hpp"

#include <cstring>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"

namespace sim {

std::string Fingerprint::hex() const { return to_hex(bytes.data(), bytes.size()); }

std::uint64_t Fingerprint::word() const {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i) word = word << 8 | bytes[i];
  return word;
}

Fingerprint parse_fingerprint(std::string const& hex) {
  if (hex.size() != 64) {
    throw Error("not a fingerprint of 64 hexadecimal digits: \"" + hex.substr(0, 80) +
                "\" (the file is damaged) restore it from a copy");
  }
  Fingerprint fingerprint;
  for (std::size_t i = 0; i < 4; ++i) {
    std::uint64_t const word = parse_hex_word(std::string_view(hex).substr(16 * i, 16));
    for (std::size_t j = 0; j < 8; ++j) fingerprint.bytes[8 * i + j] = static_cast<std::uint8_t>(word >> (56 - 8 * j));
  }
  return fingerprint;
}

Fingerprint fingerprint_of(BuildInfo const& build, ResultSchema const& schema) {
  Sha256 hash;
  // Every part is preceded by its length, so that no two lists of parts give the same bytes.
  auto const add = [&hash](std::string_view part) {
    hash.update(std::to_string(part.size()) + ":");
    hash.update(part);
  };
  for (auto const& part : {build.version, build.commit, std::string(build.dirty ? "dirty" : "clean"), build.compiler,
                           build.flags, build.source_sha256}) {
    add(part);
  }
  add(schema.resolved_study);
  add(to_hex(schema.seed));
  add(std::to_string(schema.futures));
  add(std::to_string(schema.replications));
  for (auto const& [file, checksum] : schema.data_checksums) {
    add(file);
    add(checksum);
  }
  return Fingerprint{hash.finish()};
}

}  // namespace sim
