// What lies at the place where a campaign wants to write: nothing, its own unfinished or finished work, or another's.
#pragma once

#include <cstdint>
#include <filesystem>

#include "sim/io/provenance.hpp"

namespace sim {

enum class OutputState {
  absent,     // nothing there
  resumable,  // journals of the same study, seed and build
  complete,   // the results file of the same study, seed and build; journals that a kill left beside it are removed
};

/// "OUT.h5.parts", beside OUT.h5.
std::filesystem::path parts_directory(std::filesystem::path const& out);

/// Looks before anything runs. Throws Error if `out` is a campaign of another study, seed or build, a part of one or no
/// results file at all, if its directory does not exist or cannot be written, or if fewer than `bytes_needed` bytes are free there.
OutputState inspect_output(std::filesystem::path const& out, Fingerprint const& fingerprint,
                           std::uint64_t bytes_needed);

/// Upper estimate of the disk space of a campaign with journals and results file, incidents assumed
/// `incidents_per_replication` rows [bytes].
std::uint64_t estimate_bytes(ResultSchema const& schema, double incidents_per_replication = 200);

}  // namespace sim
