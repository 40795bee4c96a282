// The directory of an unfinished campaign: locked, identified and removed; for this folder only.
#pragma once

#include <filesystem>
#include <string>

#include "sim/io/journal.hpp"
#include "sim/io/posix_file.hpp"

namespace sim {

/// Content of manifest.toml.
std::string to_text(Manifest const& manifest);
/// Locks `parts`/lock for this process; throws Error if another process holds it.
PosixFile lock_directory(std::filesystem::path const& parts);
/// Writes the manifest of a new directory or compares that of an old one; throws Error if they differ.
void settle_manifest(std::filesystem::path const& parts, Manifest const& manifest);
/// Where the results file of `out` is written until it is whole.
std::filesystem::path unfinished_results(std::filesystem::path const& out);
/// Deletes journals, unfinished results, manifest, lock and directory, in an order that a kill can interrupt.
void remove_parts(std::filesystem::path const& parts);
/// Deletes what a kill left of a finished campaign's directory; does nothing to one of another campaign or in use.
void remove_leftover_parts(std::filesystem::path const& parts, Fingerprint const& fingerprint);

}  // namespace sim
