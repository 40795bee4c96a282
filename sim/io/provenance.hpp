// Which program made a result: version, commit, compiler and sources, and the fingerprint that ties outputs to a study.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "sim/base/results.hpp"

namespace sim {

/// Identity of this build, fixed when it was compiled.
struct BuildInfo {
  std::string version;        // of the project, e.g. "0.1.0"
  std::string commit;         // 40 hex digits; "unknown" without git
  bool dirty = false;         // the sources differed from the commit
  std::string compiler;       // name and version
  std::string flags;          // build type and compiler flags
  std::string source_sha256;  // 64 hex digits over the engine's and the models' sources; tells two dirty builds apart
};

/// The running program's build.
BuildInfo const& build_info();

/// SHA-256 over everything that decides the bytes of a results file.
struct Fingerprint {
  std::array<std::uint8_t, 32> bytes{};
  /// 64 lower-case hex digits.
  std::string hex() const;
  /// The first eight bytes, stored in every frame of a journal.
  std::uint64_t word() const;
  friend bool operator==(Fingerprint const&, Fingerprint const&) = default;
};

/// Reads 64 hex digits; throws Error for anything else.
Fingerprint parse_fingerprint(std::string const& hex);

/// Fingerprint of build, resolved study, seed, numbers of futures and replications, and data checksums.
Fingerprint fingerprint_of(BuildInfo const& build, ResultSchema const& schema);

}  // namespace sim
