// Goes through a trace in memory: every file with its writes, every change of a name, and what was synced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/faults/crash_state.hpp"
#include "tests/faults/trace.hpp"

namespace faults {

/// One write, or one change of a file's size.
struct Step {
  std::size_t event = 0;
  bool is_resize = false;
  std::uint64_t offset = 0;  // of a write, or the new size
  std::string const* data = nullptr;
  std::uint64_t size_after = 0;
};

/// A file and all that happened to it.
struct File {
  std::string base;        // content before the first event
  std::vector<Step> steps;
  std::size_t durable = 0;  // steps of events before this one are on the disk
  std::uint64_t size = 0;
};

/// A name made, moved or removed.
struct NameChange {
  std::size_t event = 0;
  Call call = Call::create;
  std::string path, new_path;
  std::optional<std::size_t> file;  // of create and rename
  bool is_durable = false;
};

/// Names of files and directories; a directory has no file number.
using Names = std::map<std::string, std::optional<std::size_t>>;

/// Makes a change; one that misses what it builds on does nothing.
void perform(Names& names, NameChange const& change);

/// What every process saw, and what was synced. Events are counted from 1.
class Replay {
 public:
  explicit Replay(Tree const& before);
  void take(std::size_t number, Event const& event);

  /// The names before the first event.
  Names const& start() const { return start_; }
  std::vector<File> files;
  std::vector<NameChange> changes;

 private:
  void change(std::size_t number, Event const& event, std::optional<std::size_t> file);
  File& file_of(Event const& event);
  void end_sync(Event const& event);

  Names start_, names_;
  std::map<std::uint64_t, std::size_t> by_inode_;
  std::vector<std::pair<std::size_t, std::uint64_t>> begins_;  // event, inode
};

}  // namespace faults
