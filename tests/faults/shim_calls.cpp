// The calls themselves, under the names by which programs and libraries reach them.
#include <cerrno>
#include <cstdarg>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tests/faults/shim.hpp"

using faults::Call;
using shim::Failure;
using shim::Guard;

namespace {

std::uint64_t inode_of(int descriptor, std::uint64_t* size = nullptr) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return 0;
  if (size != nullptr) *size = static_cast<std::uint64_t>(status.st_size);
  return status.st_ino;
}

int fail_with(int error) {
  errno = error;
  return -1;
}

int open_file(int directory, char const* path, int flags, mode_t mode) {
  Guard const hold;
  std::string const name = shim::absolute(directory, path);
  if (!shim::is_watched(name)) return static_cast<int>(::syscall(SYS_openat, directory, path, flags, mode));
  if (Failure const failure = shim::next_failure("open", name); failure.error != 0) return fail_with(failure.error);
  struct stat before {};
  bool const existed = ::lstat(name.c_str(), &before) == 0;
  int const descriptor = static_cast<int>(::syscall(SYS_openat, directory, path, flags, mode));
  if (descriptor < 0) return descriptor;
  shim::remember(descriptor, name);
  std::uint64_t const file = inode_of(descriptor);
  if (!existed) shim::record({.call = Call::create, .file = file}, name);
  if (existed && (flags & O_TRUNC) != 0) shim::record({.call = Call::resize, .file = file}, name);
  return descriptor;
}

// One write; `position` below zero: at the file's own place.
ssize_t write_bytes(int descriptor, void const* bytes, std::size_t size, off_t position) {
  Guard const hold;
  std::string const name = shim::path_of(descriptor);
  bool const is_output = descriptor == STDOUT_FILENO && shim::is_tracing();
  if (!name.empty()) {
    Failure const failure = shim::next_failure("write", name);
    if (failure.error != 0) return fail_with(failure.error);
    if (failure.is_short && size > 1) size /= 2;
  }
  ssize_t const n = position < 0 ? ::syscall(SYS_write, descriptor, bytes, size)
                                 : ::syscall(SYS_pwrite64, descriptor, bytes, size, position);
  if (n <= 0 || (name.empty() && !is_output)) return n;
  std::string_view const data(static_cast<char const*>(bytes), static_cast<std::size_t>(n));
  if (is_output) {
    shim::record({.call = Call::output}, {}, data);
    return n;
  }
  shim::note_write(descriptor);
  std::uint64_t end = 0;
  std::uint64_t const file = inode_of(descriptor, &end);
  bool const appends = (::fcntl(descriptor, F_GETFL) & O_APPEND) != 0;
  if (!appends) end = static_cast<std::uint64_t>(position < 0 ? ::lseek(descriptor, 0, SEEK_CUR) : position + n);
  shim::record({.call = Call::write, .file = file, .offset = end - data.size()}, name, data);
  return n;
}

int sync_file(int descriptor, char const* call, long number) {
  std::string name;
  std::uint64_t file = 0;
  {
    Guard const hold;
    name = shim::path_of(descriptor);
    if (!name.empty()) {
      if (Failure const failure = shim::next_failure(call, name); failure.error != 0) return fail_with(failure.error);
      file = inode_of(descriptor);
      shim::record({.call = Call::sync_begin, .file = file}, name);
    }
  }
  // Others may go on meanwhile; what they write may or may not reach the disk.
  int const result = static_cast<int>(::syscall(number, descriptor));
  if (name.empty()) return result;
  if (shim::is_tracing()) ::usleep(200);
  Guard const hold;
  shim::record({.call = Call::sync_end, .error = result == 0 ? 0 : errno, .file = file}, name);
  return result;
}

int resize_file(int descriptor, off_t size) {
  Guard const hold;
  std::string const name = shim::path_of(descriptor);
  if (!name.empty()) {
    if (Failure const failure = shim::next_failure("ftruncate", name); failure.error != 0) return fail_with(failure.error);
  }
  int const result = static_cast<int>(::syscall(SYS_ftruncate, descriptor, size));
  if (result == 0 && !name.empty()) {
    shim::record({.call = Call::resize, .file = inode_of(descriptor), .offset = static_cast<std::uint64_t>(size)}, name);
  }
  return result;
}

// A call that takes or gives a name.
template <class Make>
int change_name(char const* what, Call call, std::string const& name, Make make) {
  if (!shim::is_watched(name)) return make();
  if (Failure const failure = shim::next_failure(what, name); failure.error != 0) return fail_with(failure.error);
  int const result = make();
  if (result == 0) shim::record({.call = call}, name);
  return result;
}

int rename_file(int from_directory, char const* from, int to_directory, char const* to) {
  Guard const hold;
  std::string const both = shim::absolute(from_directory, from) + '\0' + shim::absolute(to_directory, to);
  return change_name("rename", Call::rename, both, [&] {
    return static_cast<int>(::syscall(SYS_renameat, from_directory, from, to_directory, to));
  });
}

int remove_name(int directory, char const* path, int flags) {
  Guard const hold;
  bool const is_directory = (flags & AT_REMOVEDIR) != 0;
  return change_name(is_directory ? "rmdir" : "unlink", is_directory ? Call::remove_directory : Call::unlink,
                     shim::absolute(directory, path),
                     [&] { return static_cast<int>(::syscall(SYS_unlinkat, directory, path, flags)); });
}

}  // namespace

#define SHIM_MODE(flags)              \
  mode_t mode = 0;                    \
  if (((flags) & O_CREAT) != 0) {     \
    va_list arguments;                \
    va_start(arguments, flags);       \
    mode = va_arg(arguments, mode_t); \
    va_end(arguments);                \
  }

extern "C" {

int open(char const* path, int flags, ...) {
  SHIM_MODE(flags)
  return open_file(AT_FDCWD, path, flags, mode);
}

int open64(char const* path, int flags, ...) {
  SHIM_MODE(flags)
  return open_file(AT_FDCWD, path, flags, mode);
}

int openat(int directory, char const* path, int flags, ...) {
  SHIM_MODE(flags)
  return open_file(directory, path, flags, mode);
}

int close(int descriptor) {
  Guard const hold;
  std::string const name = shim::path_of(descriptor);
  // Only what was written can fail to be saved; HDF5 1.10 would crash on an error that no kernel gives.
  bool const is_written = shim::has_written(descriptor);
  shim::forget(descriptor);
  int const result = static_cast<int>(::syscall(SYS_close, descriptor));
  if (!is_written) return result;
  Failure const failure = shim::next_failure("close", name);
  return failure.error != 0 ? fail_with(failure.error) : result;
}

ssize_t write(int descriptor, void const* bytes, size_t size) { return write_bytes(descriptor, bytes, size, -1); }

ssize_t pwrite(int descriptor, void const* bytes, size_t size, off_t position) {
  return write_bytes(descriptor, bytes, size, position);
}

ssize_t pwrite64(int descriptor, void const* bytes, size_t size, off64_t position) {
  return write_bytes(descriptor, bytes, size, position);
}

ssize_t writev(int descriptor, iovec const* pieces, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all.append(static_cast<char const*>(pieces[i].iov_base), pieces[i].iov_len);
  return write_bytes(descriptor, all.data(), all.size(), -1);
}

int fsync(int descriptor) { return sync_file(descriptor, "fsync", SYS_fsync); }
int fdatasync(int descriptor) { return sync_file(descriptor, "fdatasync", SYS_fdatasync); }
int ftruncate(int descriptor, off_t size) noexcept { return resize_file(descriptor, size); }
int ftruncate64(int descriptor, off64_t size) noexcept { return resize_file(descriptor, size); }

int rename(char const* from, char const* to) noexcept { return rename_file(AT_FDCWD, from, AT_FDCWD, to); }

int renameat(int from_directory, char const* from, int to_directory, char const* to) noexcept {
  return rename_file(from_directory, from, to_directory, to);
}

int link(char const* from, char const* to) noexcept {
  Guard const hold;
  std::string const both = shim::absolute(AT_FDCWD, from) + '\0' + shim::absolute(AT_FDCWD, to);
  return change_name("link", Call::link, both, [&] {
    return static_cast<int>(::syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
  });
}

int unlink(char const* path) noexcept { return remove_name(AT_FDCWD, path, 0); }
int unlinkat(int directory, char const* path, int flags) noexcept { return remove_name(directory, path, flags); }
int rmdir(char const* path) noexcept { return remove_name(AT_FDCWD, path, AT_REMOVEDIR); }

int remove(char const* path) noexcept {
  struct stat status {};
  bool const is_directory = ::lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
  return remove_name(AT_FDCWD, path, is_directory ? AT_REMOVEDIR : 0);
}

int mkdir(char const* path, mode_t mode) noexcept {
  Guard const hold;
  return change_name("mkdir", Call::make_directory, shim::absolute(AT_FDCWD, path),
                     [&] { return static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode)); });
}

}  // extern "C"
