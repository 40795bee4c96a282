#include "tests/faults/shim.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace shim {

namespace {

std::string variable(char const* name) {
  char const* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

// Which call fails, and how; error -1 stands for a short write.
struct Plan {
  std::string call;
  long n = 0, error = 0, times = 0;  // times 0: from the n-th on for ever
  long seen = 0;
};

Plan read_plan() {
  Plan plan;
  char call[32] = "";
  if (std::sscanf(variable("SHIM_FAIL").c_str(), "%31[a-z],%ld,%ld,%ld", call, &plan.n, &plan.error, &plan.times) == 4) {
    plan.call = call;
  }
  return plan;
}

int open_trace(std::string const& path) {
  if (path.empty()) return -1;
  long const low = ::syscall(SYS_openat, AT_FDCWD, path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  int const high = ::fcntl(static_cast<int>(low), F_DUPFD_CLOEXEC, 900);  // out of the program's way
  ::syscall(SYS_close, low);
  return high;
}

struct State {
  std::mutex mutex;
  std::string const root = variable("SHIM_ROOT");
  int const trace = open_trace(variable("SHIM_TRACE"));
  Plan plan = read_plan();
  std::array<std::string, 1024> paths;
  std::array<bool, 1024> has_written{};
};

// Made by the first call, which may come before any constructor of the program; never destroyed.
State& state() {
  static State* const only = new State;
  return *only;
}

}  // namespace

Guard::Guard() {
  state().mutex.lock();
  if (state().trace >= 0) ::flock(state().trace, LOCK_EX);
}

Guard::~Guard() {
  int const kept = errno;
  if (state().trace >= 0) ::flock(state().trace, LOCK_UN);
  state().mutex.unlock();
  errno = kept;
}

std::string absolute(int directory, char const* path) {
  if (path[0] == '/') return path;
  std::array<char, 4096> buffer;
  std::string link = directory == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/" + std::to_string(directory);
  ssize_t const n = ::readlink(link.c_str(), buffer.data(), buffer.size());
  return n < 0 ? std::string(path) : std::string(buffer.data(), static_cast<std::size_t>(n)) + "/" + path;
}

bool is_watched(std::string const& path) {
  std::string const& root = state().root;
  return !root.empty() && path.compare(0, root.size(), root) == 0 &&
         (path.size() == root.size() || path[root.size()] == '/');
}

namespace {

bool is_known(int descriptor) {
  return descriptor >= 0 && static_cast<std::size_t>(descriptor) < state().paths.size();
}

}  // namespace

std::string path_of(int descriptor) {
  return is_known(descriptor) ? state().paths[static_cast<std::size_t>(descriptor)] : "";
}

void remember(int descriptor, std::string path) {
  if (!is_known(descriptor)) return;
  state().paths[static_cast<std::size_t>(descriptor)] = std::move(path);
  state().has_written[static_cast<std::size_t>(descriptor)] = false;
}

void forget(int descriptor) { remember(descriptor, {}); }

void note_write(int descriptor) {
  if (is_known(descriptor)) state().has_written[static_cast<std::size_t>(descriptor)] = true;
}

bool has_written(int descriptor) {
  return is_known(descriptor) && state().has_written[static_cast<std::size_t>(descriptor)];
}

bool is_tracing() { return state().trace >= 0; }

void record(faults::TraceHead head, std::string_view path, std::string_view data) {
  if (!is_tracing()) return;
  head.path_size = static_cast<std::uint32_t>(path.size());
  head.data_size = static_cast<std::uint32_t>(data.size());
  std::array<iovec, 3> const pieces{{{&head, sizeof head},
                                     {const_cast<char*>(path.data()), path.size()},
                                     {const_cast<char*>(data.data()), data.size()}}};
  long const written = ::syscall(SYS_writev, state().trace, pieces.data(), pieces.size());
  if (written != static_cast<long>(sizeof head + path.size() + data.size())) ::abort();  // no proof without a trace
}

Failure next_failure(std::string_view call, std::string_view path) {
  Plan& plan = state().plan;
  if (plan.call != call) return {};
  ++plan.seen;
  if (plan.seen < plan.n || (plan.times > 0 && plan.seen >= plan.n + plan.times)) return {};
  if (plan.error < 0) return {.is_short = true};
  record({.call = faults::Call::failed, .error = static_cast<std::int32_t>(plan.error)}, path, call);
  return {.error = static_cast<int>(plan.error)};
}

namespace {

__attribute__((constructor)) void mark_start() {
  Guard const hold;
  record({.call = faults::Call::start}, {});
}

}  // namespace

}  // namespace shim
