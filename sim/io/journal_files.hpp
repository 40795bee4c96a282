// Many journals to read from, of which only so many are open at a time as the process may have.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "sim/io/posix_file.hpp"

namespace sim {

/// Opens journals when they are read. Any thread.
class JournalFiles {
 public:
  /// At most `open_max` at a time; 0: as many as the process may open, less a reserve, after asking for all it can get.
  explicit JournalFiles(std::vector<std::filesystem::path> paths = {}, std::size_t open_max = 0);

  std::size_t size() const { return paths_.size(); }
  std::filesystem::path const& path(std::size_t i) const { return paths_[i]; }
  /// Journal `i`, open as long as the pointer is held; throws Error.
  std::shared_ptr<PosixFile const> open(std::size_t i) const;

 private:
  std::vector<std::filesystem::path> paths_;
  std::size_t open_max_ = 1;
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();  // guards the rest
  mutable std::vector<std::shared_ptr<PosixFile const>> files_;
  mutable std::deque<std::size_t> opened_;  // the longest open first
};

}  // namespace sim
