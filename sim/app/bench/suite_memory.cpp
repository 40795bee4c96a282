#include "sim/app/bench/suite_memory.hpp"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "sim/base/error.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

double peak_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return 1024 * static_cast<double>(usage.ru_maxrss);
}

/// What a world with `options` and its executor add to the peak of a process.
double grow(SuiteEngine const& engine, phold::BenchOptions const& options) {
  double const before = peak_bytes();
  sim::time_executor(sim::bench_load(options), *sim::make_executor(engine.name, engine.threads));
  return peak_bytes() - before;
}

/// The same in a process of its own, whose peak begins with what this one holds now.
double growth(SuiteEngine const& engine, phold::BenchOptions const& options) {
  int ends[2];
  if (::pipe(ends) != 0) throw sim::Error("no pipe (too many open files) close some");
  ::malloc_trim(0);  // or the other process would find free memory, and need less
  int const child = ::fork();
  if (child == 0) {
    try {
      double const bytes = grow(engine, options);
      ::_exit(::write(ends[1], &bytes, sizeof bytes) == sizeof bytes ? 0 : 1);
    } catch (...) {
      ::_exit(1);
    }
  }
  ::close(ends[1]);
  double bytes = 0;
  bool const is_told = child > 0 && ::read(ends[0], &bytes, sizeof bytes) == sizeof bytes;
  ::close(ends[0]);
  if (child > 0) ::waitpid(child, nullptr, 0);
  if (!is_told) throw sim::Error("a process of the suite ended early (no memory?) repeat when the machine has room");
  return bytes;
}

}  // namespace

SuiteMemory measure_memory(SuiteEngine const& engine, std::uint32_t lps) {
  constexpr double own = sizeof(phold::Process) + sizeof(phold::Process::State);
  auto const per_lp = [&](std::uint32_t events) {
    return growth(engine, {.lps = lps, .events_per_lp = events, .end = 1}) / lps;
  };
  double const with_one = per_lp(1), with_five = per_lp(5);
  double const per_event = (with_five - with_one) / 4;
  return {with_one - per_event - own, per_event};
}

double available_memory() {
  std::ifstream file("/proc/meminfo");
  for (std::string key; file >> key;) {
    double kib = 0;
    if (key == "MemAvailable:" && file >> kib) return 1024 * kib;
  }
  return 0;
}

}  // namespace app
