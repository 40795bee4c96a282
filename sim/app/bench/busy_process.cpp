#include "sim/app/bench/busy_process.hpp"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/error.hpp"

namespace app {

namespace {

/// Only calls that are safe between fork and exec.
[[noreturn]] void spin(int parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  cpu_set_t allowed, one;
  CPU_ZERO(&one);
  ::sched_getaffinity(0, sizeof allowed, &allowed);
  for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu) {
    if (CPU_ISSET(cpu, &allowed)) CPU_SET(cpu, &one);
  }
  ::sched_setaffinity(0, sizeof one, &one);
  // Another program, so that no memory is shared with what is measured.
  ::execl("/bin/sh", "sh", "-c", "while :; do :; done", static_cast<char*>(nullptr));
  ::_exit(1);
}

}  // namespace

BusyProcess::BusyProcess() {
  int const parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw sim::Error("no process to keep a core busy (fork failed) repeat when the machine has room");
  if (pid_ == 0) spin(parent);
}

BusyProcess::~BusyProcess() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

}  // namespace app
