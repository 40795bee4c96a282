// The directory of an unfinished campaign: its names, its lock, its beginning and its end; for this folder only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sim/io/manifest.hpp"
#include "sim/io/posix_file.hpp"

namespace sim {

/// Journal of one worker: "3-of-16.journal"; with `dynamic`, where a first process hands the work out, "rank-3-of-16.journal".
std::string journal_name(Shard const& shard, bool dynamic);
/// The workers that share their work out as a journal's name says: "of-16", "rank-of-16"; the whole name of a foreign one.
std::string journal_family(std::filesystem::path const& journal);

/// A directory that has been entered.
struct Entered {
  PosixFile manifest_file;  // its lock stands for the whole directory
  Manifest manifest;        // as found
  std::string note;         // what had to be mended; empty: nothing
};

/// Makes `parts` with its manifest unless it is there, compares the manifest, and locks it: shared for those who work,
/// exclusive for the one who consolidates and removes. A damaged manifest is written anew if all journals are of this
/// campaign and nobody works in it. Throws Error: another study, seed, build or format; no manifest but journals; the lock is
/// held so that `kind` does not go with it.
Entered enter_parts(std::filesystem::path const& parts, Manifest const& manifest, LockKind kind);
/// Turns the shared lock into an exclusive one; throws Error if others are at work.
void require_alone(PosixFile& manifest_file);

/// Where the results file of `out` is written until it is whole.
std::filesystem::path unfinished_results(std::filesystem::path const& out);
/// Deletes journals, unfinished results, manifest and directory, in an order that a kill can interrupt.
void remove_parts(std::filesystem::path const& parts);
/// Deletes what a kill left of a finished campaign's directory; does nothing to one of another campaign or in use.
void remove_leftover_parts(std::filesystem::path const& parts, Fingerprint const& fingerprint);

}  // namespace sim
