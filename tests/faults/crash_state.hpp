// The directory as it may be found after a loss of power at a chosen moment of a traced life.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/faults/trace.hpp"

namespace faults {

/// A directory tree: relative path and bytes; a directory's path ends in "/".
using Tree = std::map<std::string, std::string>;

Tree read_tree(std::filesystem::path const& root);
/// Makes `root` hold exactly `tree`.
void write_tree(std::filesystem::path const& root, Tree const& tree);

/// What of the changes to names and sizes that nobody synced reaches the disk.
enum class NameOrder {
  as_made,  // a prefix of them, in the order in which they were made: file systems with a journal
  any,      // each or not, by the toss of a coin: all that POSIX promises
};

struct Crash {
  std::size_t moment = 0;       // events before it happened
  double page_survival = 0;     // probability of a changed page that was not synced
  double name_survival = 0.5;   // of a name or size that was not synced; 1: all are there
  NameOrder order = NameOrder::as_made;
  std::uint64_t seed = 0;
  std::size_t page_size = 4096;  // of what survives or not [bytes]: a page of the kernel; 512 for a sector of a disk
};

/// The tree after the crash. Synced bytes, sizes and names are there. Each page with changes that were not synced is as
/// at the last sync or as after any later write to it; a size may have come without its pages, which then hold zeros.
Tree crash_state(Tree const& before, std::vector<Event> const& events, Crash const& crash);

}  // namespace faults
