// Files as the kernel gives them: every error checked, and said in words that help.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace sim {

/// Throws Error "cannot <action> <path> (<reason of error_number>) <what to do>".
[[noreturn]] void throw_file_error(std::string const& action, std::filesystem::path const& path, int error_number);

enum class LockKind { shared, exclusive };
enum class LockState { free_or_own, held_by_another, unsupported };

/// An open file descriptor, closed with the object. Movable. One thread at a time unless said otherwise.
class PosixFile {
 public:
  PosixFile() = default;
  /// Opens with open(2)'s flags (O_CLOEXEC and, but for directories, O_NOFOLLOW are added), mode 0644; throws Error.
  PosixFile(std::filesystem::path path, int flags);
  PosixFile(PosixFile&& other) noexcept;
  PosixFile& operator=(PosixFile&& other) noexcept;
  ~PosixFile();

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  std::filesystem::path const& path() const { return path_; }
  /// Size [bytes].
  std::uint64_t size() const;
  /// Writes all bytes at the end (O_APPEND) or the current position; throws Error, possibly after a part was written.
  void write_all(std::span<std::byte const> bytes);
  /// Reads up to bytes.size() bytes at `offset`; returns how many, fewer only at the end of the file. Any thread.
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> bytes) const;
  /// fdatasync; a failure is final, the caller must not try again (the pages may already be marked clean).
  void sync_data();
  void truncate(std::uint64_t size);
  /// Takes the lock of the whole file for this opening, or changes its kind, without waiting. It is a byte-range lock
  /// (fcntl, open file description), which network file systems pass on. Shared needs a file open for reading,
  /// exclusive one open for writing.
  LockState try_lock(LockKind kind);
  /// Who else holds a lock that `kind` would not go with; takes none. `unsupported` where nobody can tell.
  LockState probe_lock(LockKind kind) const;
  /// Closes and reports errors; the destructor ignores them.
  void close();

 private:
  int descriptor_ = -1;
  std::filesystem::path path_;
};

/// The hidden file beside `path` that write_file_durably fills before it takes the name.
std::filesystem::path file_aside(std::filesystem::path const& path);
/// fsync of a directory, so that created and renamed names last.
void sync_directory(std::filesystem::path const& directory);
/// Replaces a small file's content so that a crash leaves the old or the new one: written aside, synced, renamed.
void write_file_durably(std::filesystem::path const& path, std::string_view text);
/// Content of a file of at most `size_max` bytes; throws Error.
std::string read_small_file(std::filesystem::path const& path, std::uint64_t size_max);
/// Directory that holds `path`; "." for a bare name.
std::filesystem::path parent_directory(std::filesystem::path const& path);
/// Makes a file over the limit of `ulimit -f` an error instead of the end of the process; for the whole process.
void ignore_file_size_signal();

}  // namespace sim
