#include "sim/app/stop_signals.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "sim/exec/distributed/mpi_session.hpp"

namespace app {

namespace {

constexpr std::array signals{SIGINT, SIGTERM, SIGHUP, SIGUSR1};

// A signal handler can reach nothing but a global; it is touched in this file only.
std::atomic<sim::StopRequest> requested{sim::StopRequest::none};
static_assert(std::atomic<sim::StopRequest>::is_always_lock_free);

enum class Part { alone, first_rank, other_rank };
std::atomic<Part> part{Part::alone};

template <std::size_t size>
void say(char const (&text)[size]) {
  if (part == Part::other_rank) return;
  [[maybe_unused]] auto const ignored = ::write(STDERR_FILENO, text, size - 1);
}

// Only async-signal-safe calls here.
extern "C" void on_signal(int number) {
  int const error_number = errno;
  if (part != Part::alone && number == SIGTERM && requested != sim::StopRequest::now) {
    requested = sim::StopRequest::now;
    say("\nmpirun ends this run (Ctrl-C, or another rank has died): what is finished is kept, the same command continues\n");
    errno = error_number;
    return;
  }
  switch (requested.load()) {
    case sim::StopRequest::none:
      requested = sim::StopRequest::after_running;
      say("\nstopping: what runs finishes first (once more: drop it)\n");
      break;
    case sim::StopRequest::after_running:
      requested = sim::StopRequest::now;
      say("\nstopping now: what runs is dropped\n");
      break;
    case sim::StopRequest::now:
      ::signal(number, SIG_DFL);
      ::raise(number);
      break;
  }
  errno = error_number;
}

}  // namespace

StopSignals::StopSignals() {
  requested = sim::StopRequest::none;
  part = sim::rank_count() == 1 ? Part::alone : sim::this_rank() == 0 ? Part::first_rank : Part::other_rank;
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (int const number : signals) {
    struct sigaction before {};
    ::sigaction(number, nullptr, &before);
    // A signal that was ignored from the start stays so: nohup and background jobs rely on it.
    if (before.sa_handler != SIG_IGN) ::sigaction(number, &action, nullptr);
  }
}

StopSignals::~StopSignals() {
  for (int const number : signals) ::signal(number, SIG_IGN);
}

std::atomic<sim::StopRequest> const& StopSignals::request() const { return requested; }

void StopSignals::ask(sim::StopRequest request) {
  sim::StopRequest now = requested;
  while (now < request && !requested.compare_exchange_weak(now, request)) {
  }
}

}  // namespace app
