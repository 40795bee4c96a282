#include "sim/io/posix_file.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/error.hpp"

namespace sim {

namespace {

char const* advice(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "free some space there and repeat the same command";
    case EFBIG:
      return "raise the limit on file sizes (ulimit -f) and repeat the same command";
    case EIO:
      return "check the disk, then repeat the same command";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose a place that you may read or write";
    case ENOENT:
      return "check the path";
    case ENAMETOOLONG:
      return "choose a shorter name";
    case EMFILE:
    case ENFILE:
      return "allow more open files (ulimit -n), or close other programs";
    case ELOOP:
      return "symbolic links are not followed here: give the real path";
    default:
      return "check the path and the disk, then repeat the command";
  }
}

struct flock whole_file(LockKind kind) {
  struct flock lock {};
  lock.l_type = kind == LockKind::shared ? F_RDLCK : F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

// Some network file systems are mounted without locks.
bool has_no_locks(int error_number) {
  return error_number == ENOLCK || error_number == ENOSYS || error_number == EOPNOTSUPP || error_number == EINVAL;
}

std::string reason(int error_number) {
  std::string buffer(128, '\0');
  return strerror_r(error_number, buffer.data(), buffer.size());  // the GNU variant
}

}  // namespace

void throw_file_error(std::string const& action, std::filesystem::path const& path, int error_number) {
  throw Error("cannot " + action + " " + path.string() + " (" + reason(error_number).c_str() + ") " +
              advice(error_number));
}

PosixFile::PosixFile(std::filesystem::path path, int flags) : path_(std::move(path)) {
  bool const reads = (flags & O_ACCMODE) == O_RDONLY;
  int const follow = (flags & O_DIRECTORY) != 0 ? 0 : O_NOFOLLOW;
  do {  // O_NONBLOCK: a pipe without a writer must not hold the program up
    descriptor_ = ::open(path_.c_str(), flags | O_CLOEXEC | follow | (reads ? O_NONBLOCK : 0), 0644);
  } while (descriptor_ < 0 && errno == EINTR);
  if (descriptor_ < 0) throw_file_error(reads ? "open" : "write to", path_, errno);
  struct stat status {};
  if (!reads || (flags & O_DIRECTORY) != 0 || ::fstat(descriptor_, &status) != 0 || S_ISREG(status.st_mode)) return;
  ::close(std::exchange(descriptor_, -1));
  throw Error("cannot read " + path_.string() + " (it is a " + (S_ISDIR(status.st_mode) ? "directory" : "pipe or device") +
              ", no file) give the path of a file");
}

PosixFile::PosixFile(PosixFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

PosixFile& PosixFile::operator=(PosixFile&& other) noexcept {
  if (this != &other) {
    if (is_open()) ::close(descriptor_);
    descriptor_ = std::exchange(other.descriptor_, -1);
    path_ = std::move(other.path_);
  }
  return *this;
}

PosixFile::~PosixFile() {
  if (is_open()) ::close(descriptor_);
}

std::uint64_t PosixFile::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) throw_file_error("inspect", path_, errno);
  return static_cast<std::uint64_t>(status.st_size);
}

void PosixFile::write_all(std::span<std::byte const> bytes) {
  while (!bytes.empty()) {
    ssize_t const n = ::write(descriptor_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw_file_error("write to", path_, errno);
    if (n == 0) throw_file_error("write to", path_, ENOSPC);
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
}

std::size_t PosixFile::read_at(std::uint64_t offset, std::span<std::byte> bytes) const {
  std::size_t total = 0;
  while (total < bytes.size()) {
    ssize_t const n =
        ::pread(descriptor_, bytes.data() + total, bytes.size() - total, static_cast<off_t>(offset + total));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw_file_error("read", path_, errno);
    if (n == 0) break;
    total += static_cast<std::size_t>(n);
  }
  return total;
}

void PosixFile::sync_data() {
  if (::fdatasync(descriptor_) != 0) throw_file_error("save (fdatasync)", path_, errno);
}

void PosixFile::truncate(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) throw_file_error("shorten", path_, errno);
}

LockState PosixFile::try_lock(LockKind kind) {
  struct flock lock = whole_file(kind);
  while (::fcntl(descriptor_, F_OFD_SETLK, &lock) != 0) {
    if (errno == EAGAIN || errno == EACCES) return LockState::held_by_another;
    if (has_no_locks(errno)) return LockState::unsupported;
    if (errno != EINTR) throw_file_error("lock", path_, errno);
  }
  return LockState::free_or_own;
}

LockState PosixFile::probe_lock(LockKind kind) const {
  struct flock lock = whole_file(kind);
  while (::fcntl(descriptor_, F_OFD_GETLK, &lock) != 0) {
    if (has_no_locks(errno)) return LockState::unsupported;
    if (errno != EINTR) throw_file_error("look at the lock of", path_, errno);
  }
  return lock.l_type == F_UNLCK ? LockState::free_or_own : LockState::held_by_another;
}

void PosixFile::close() {
  if (!is_open()) return;
  if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) throw_file_error("close", path_, errno);
}

void sync_directory(std::filesystem::path const& directory) {
  PosixFile const handle(directory, O_RDONLY | O_DIRECTORY);
  // Some file systems cannot sync a directory and say EINVAL; they order names by themselves.
  if (::fsync(handle.descriptor()) != 0 && errno != EINVAL) throw_file_error("save (fsync)", directory, errno);
}

std::filesystem::path file_aside(std::filesystem::path const& path) {
  return parent_directory(path) / ("." + path.filename().string() + ".berylia-tmp");
}

void write_file_durably(std::filesystem::path const& path, std::string_view text) {
  std::filesystem::path const aside = file_aside(path);
  PosixFile file(aside, O_WRONLY | O_CREAT | O_TRUNC);
  try {
    file.write_all(std::as_bytes(std::span(text.data(), text.size())));
    file.sync_data();
    file.close();
    if (::rename(aside.c_str(), path.c_str()) != 0) throw_file_error("rename a finished file to", path, errno);
  } catch (Error const&) {
    ::unlink(aside.c_str());
    throw;
  }
  sync_directory(parent_directory(path));
}

std::string read_small_file(std::filesystem::path const& path, std::uint64_t size_max) {
  PosixFile const file(path, O_RDONLY);
  std::uint64_t const size = file.size();
  if (size > size_max) {
    throw Error("cannot read " + path.string() + " (it has " + std::to_string(size) + " bytes, more than " +
                std::to_string(size_max) + ") check that this is the right file");
  }
  std::string text(size, '\0');
  text.resize(file.read_at(0, std::as_writable_bytes(std::span(text.data(), text.size()))));
  return text;
}

std::filesystem::path parent_directory(std::filesystem::path const& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

void ignore_file_size_signal() { std::signal(SIGXFSZ, SIG_IGN); }

}  // namespace sim
