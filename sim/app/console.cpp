#include "sim/app/console.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>

#include "sim/base/error.hpp"
#include "sim/exec/distributed/mpi_session.hpp"

namespace app {

namespace {

/// Writes everything; the error number, or 0.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t const written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

[[noreturn]] void throw_unwritable(std::string_view path, int error_number, std::string_view advice) {
  throw sim::Error("cannot write '" + std::string(path) + "' (" + std::strerror(error_number) + ") " +
                   std::string(advice));
}

}  // namespace

void print(std::string_view text) {
  if (sim::this_rank() != 0) return;
  int const error_number = write_all(STDOUT_FILENO, text);
  if (error_number != 0 && error_number != EPIPE) {
    throw sim::Error(std::string("cannot write to standard output (") + std::strerror(error_number) +
                     ") free some space or send the output elsewhere");
  }
}

void complain(std::string_view text) {
  if (sim::this_rank() == 0) complain_on_any_rank(text);
}

void complain_on_any_rank(std::string_view text) { (void)write_all(STDERR_FILENO, text); }

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

void ignore_write_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void write_new_file(std::string_view path, std::string_view text) {
  std::string const name(path);
  int const descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    throw_unwritable(path, errno, errno == EEXIST ? "choose another name, or remove it first" : "choose another place");
  }
  int error_number = write_all(descriptor, text);
  if (::close(descriptor) != 0 && error_number == 0) error_number = errno;
  if (error_number == 0) return;
  ::unlink(name.c_str());
  throw_unwritable(path, error_number, "free some space or choose another place");
}

void require_absent(std::string_view path) {
  std::error_code code;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, code))) return;
  throw_unwritable(path, EEXIST, "choose another name, or remove it first");
}

void require_writable_folder(std::string_view path) {
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) folder = ".";
  std::error_code none;
  if (!std::filesystem::is_directory(folder, none)) {
    throw sim::Error("cannot write '" + std::string(path) + "' (there is no folder '" + folder.string() +
                     "') create it first: mkdir -p " + shell_quoted(folder.string()));
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) throw_unwritable(path, errno, "choose a folder you may write to");
}

}  // namespace app
