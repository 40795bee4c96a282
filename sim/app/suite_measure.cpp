#include "sim/app/suite_measure.hpp"

#include <fmt/format.h>
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include <nlohmann/json.hpp>

#include "models/phold/yardstick.hpp"
#include "sim/base/error.hpp"
#include "sim/base/shell_quoted.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point wall_start) {
  return std::chrono::duration<double>(Clock::now() - wall_start).count();
}

SuiteSpeed by_hand(bool is_bound, phold::BenchOptions const& load) {
  auto const parameters = phold::bench_parameters(load);
  auto const wall_start = Clock::now();
  std::uint64_t const events = is_bound ? phold::run_bound(parameters, phold::bench_end(load), load.seed)
                                        : phold::run_yardstick(parameters, phold::bench_end(load), load.seed);
  return {static_cast<double>(events), seconds_since(wall_start), 0, {}};
}

SuiteSpeed in_this_process(std::string const& executor_name, unsigned threads, phold::BenchOptions const& load) {
  auto const parameters = phold::bench_parameters(load);
  sim::World world = phold::build(parameters, load.seed);
  sim::NoRows rows;
  auto const executor = sim::make_executor(executor_name, threads);
  executor->start(world, rows, sim::Time{});
  auto const wall_start = Clock::now();
  executor->run_until(sim::Time{} + phold::bench_end(load));
  double const seconds = seconds_since(wall_start);
  return {static_cast<double>(executor->statistics().events), seconds, world.digest(), {}};
}

char const* name_of(phold::Load load) {
  constexpr char const* names[] = {"uniform", "hot-spot", "bursts", "uneven"};
  return names[static_cast<std::size_t>(load)];
}

SuiteSpeed on_ranks(unsigned ranks, phold::BenchOptions const& load) {
  std::string const self = std::filesystem::read_symlink("/proc/self/exe").string();
  std::string const command = fmt::format(
      "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun -n {} --oversubscribe {} bench phold --executor distributed --lps {} "
      "--events-per-lp {} --lookahead {} --remote {} --end {} --seed {} --load {} --json 2>/dev/null",
      ranks, sim::shell_quoted(self), load.lps, load.events_per_lp, load.lookahead, load.remote, load.end, load.seed,
      name_of(load.load));
  std::string text;
  std::unique_ptr<FILE, int (*)(FILE*)> const pipe(::popen(command.c_str(), "r"), &::pclose);
  if (pipe == nullptr) return {.missing = "mpirun could not be started"};
  char buffer[4096];
  while (std::size_t const count = std::fread(buffer, 1, sizeof buffer, pipe.get())) text.append(buffer, count);
  auto const json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return {.missing = "no MPI in this build, or no mpirun"};
  return {json.at("events"), json.at("seconds"), std::strtoull(json.at("digest").get<std::string>().c_str(), nullptr, 16), {}};
}

}  // namespace

SuiteSpeed measure_engine(std::string const& engine, unsigned threads, phold::BenchOptions const& load) {
  if (engine == "yardstick" || engine == "bound") return by_hand(engine == "bound", load);
  if (engine == "distributed") return on_ranks(threads, load);
  return in_this_process(engine, threads, load);
}

namespace {

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

/// What a world with `load` and its executor add to a process [bytes].
double growth(std::string const& executor_name, phold::BenchOptions const& load) {
  int ends[2];
  if (::pipe(ends) != 0) throw sim::Error("no pipe (too many open files) close some");
  int const child = ::fork();
  if (child == 0) {
    ::malloc_trim(0);  // what was freed before is not to be filled again unseen
    double const before = resident_bytes();
    sim::World world = phold::build(phold::bench_parameters(load), load.seed);
    sim::NoRows rows;
    auto const executor = sim::make_executor(executor_name);
    executor->start(world, rows, sim::Time{});
    executor->run_until(sim::Time{} + phold::bench_end(load));
    double const after = resident_bytes() - before;
    ::_exit(::write(ends[1], &after, sizeof after) == sizeof after ? 0 : 1);
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

SuiteMemory measure_memory(std::string const& executor, std::uint32_t lps) {
  constexpr double own = sizeof(phold::Process) + sizeof(phold::Process::State);
  auto const bytes = [&](std::uint32_t events) {
    return growth(executor, {.lps = lps, .events_per_lp = events, .end = 0.3}) / lps;
  };
  double const one = bytes(1), five = bytes(5);
  double const per_event = (five - one) / 4;
  return {one - per_event - own, per_event};
}

BusyProcess::BusyProcess() : pid_(::fork()) {
  if (pid_ < 0) throw sim::Error("no process to keep a core busy (fork failed) repeat when the machine has room");
  if (pid_ > 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  cpu_set_t allowed, one;
  CPU_ZERO(&one);
  ::sched_getaffinity(0, sizeof allowed, &allowed);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &allowed)) continue;
    CPU_SET(cpu, &one);
    break;
  }
  ::sched_setaffinity(0, sizeof one, &one);
  for (volatile std::uint64_t turns = 0;;) turns = turns + 1;
}

BusyProcess::~BusyProcess() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

}  // namespace app
