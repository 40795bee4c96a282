#include "sim/io/journal_files.hpp"

#include <algorithm>

#include <fcntl.h>
#include <sys/resource.h>

namespace sim {

namespace {

// Open files that something else may need: HDF5, the study, standard streams, threads' pipes.
constexpr rlim_t reserve = 24;

std::size_t open_files_max() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1;
  if (limit.rlim_cur < limit.rlim_max) {
    rlimit const raised{limit.rlim_max, limit.rlim_max};
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  return static_cast<std::size_t>(limit.rlim_cur > reserve ? std::min<rlim_t>(limit.rlim_cur - reserve, 1u << 20) : 1);
}

}  // namespace

JournalFiles::JournalFiles(std::vector<std::filesystem::path> paths, std::size_t open_max)
    : paths_(std::move(paths)), open_max_(open_max > 0 ? open_max : open_files_max()), files_(paths_.size()) {}

std::shared_ptr<PosixFile const> JournalFiles::open(std::size_t i) const {
  std::scoped_lock const hold(*mutex_);
  if (files_[i]) return files_[i];
  if (opened_.size() >= open_max_) {
    files_[opened_.front()].reset();
    opened_.pop_front();
  }
  files_[i] = std::make_shared<PosixFile const>(paths_[i], O_RDONLY);
  opened_.push_back(i);
  return files_[i];
}

}  // namespace sim
