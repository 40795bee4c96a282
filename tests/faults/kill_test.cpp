#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/io/sample_campaign.hpp"

namespace {

struct Run {
  int status = 0;
  unsigned long long found = 0, acknowledged = 0;
};

enum class KillMoment { never, after_start, while_consolidating };

bool has_begun_to_consolidate(std::filesystem::path const& log) {
  return sample::content(log).find("consolidating") != std::string::npos;
}

// Starts the writer and kills it `delay_us` after the moment, if it lives so long.
Run run_writer(std::filesystem::path const& out, std::filesystem::path const& log, KillMoment moment,
               long long delay_us) {
  sample::write_content(log, "");
  pid_t const child = ::fork();
  if (child == 0) {
    int const descriptor = ::open(log.c_str(), O_WRONLY | O_APPEND);
    ::dup2(descriptor, 1);
    ::execl(JOURNAL_WRITER, JOURNAL_WRITER, out.c_str(), "500", nullptr);
    ::_exit(127);
  }
  siginfo_t ended{};
  while (moment == KillMoment::while_consolidating && ended.si_pid == 0 && !has_begun_to_consolidate(log)) {
    std::this_thread::sleep_for(std::chrono::microseconds(200));
    ::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
  }
  if (moment != KillMoment::never) {
    std::this_thread::sleep_for(std::chrono::microseconds(delay_us));
    ::kill(child, SIGKILL);
  }
  Run run;
  ::waitpid(child, &run.status, 0);
  std::string const text = sample::content(log);
  for (char const* line = text.c_str(); line != nullptr && *line != 0;) {
    unsigned long long number = 0;
    if (std::sscanf(line, "found %llu", &number) == 1) run.found = number;
    // A last line cut by the kill may show a shorter number: harmless for a lower bound.
    if (std::sscanf(line, "ack %llu", &number) == 1) run.acknowledged = std::max(run.acknowledged, number);
    line = std::strchr(line, '\n');
    if (line != nullptr) ++line;
  }
  return run;
}

}  // namespace

TEST_CASE("killed at any moment and started again, a campaign loses nothing acknowledged and ends in the same file",
          "[faults]") {
  sample::Directory const directory;
  auto const reference = directory / "reference.h5";
  auto const log = directory / "log";
  auto const started = std::chrono::steady_clock::now();
  REQUIRE(run_writer(reference, log, KillMoment::never, 0).status == 0);
  std::chrono::duration<double, std::micro> const wall = std::chrono::steady_clock::now() - started;
  std::string const bytes = sample::content(reference);

  char const* const wanted = std::getenv("BERYLIA_KILLS");
  int const kills_wanted = wanted != nullptr ? std::atoi(wanted) : 120;
  std::uint64_t state = 2024;
  int kills = 0, campaigns = 0, kills_while_consolidating = 0;
  while (kills < kills_wanted) {
    ++campaigns;
    auto const out = directory / ("out" + std::to_string(campaigns) + ".h5");
    unsigned long long acknowledged = 0;
    for (int attempt = 0;; ++attempt) {
      // Early kills hit opening and scanning, later ones appending; then some hit consolidation.
      KillMoment const moment = attempt < 10   ? KillMoment::after_start
                                : attempt < 15 ? KillMoment::while_consolidating
                                               : KillMoment::never;
      long long const window_us = static_cast<long long>(wall.count() / 6);
      Run const run = run_writer(out, log, moment, static_cast<long long>(sample::next(state) >> 1) % window_us);
      bool const was_killed = WIFSIGNALED(run.status) && WTERMSIG(run.status) == SIGKILL;
      bool const is_finished = WIFEXITED(run.status) && WEXITSTATUS(run.status) == 0;
      REQUIRE((was_killed || is_finished));
      if (run.found != 0) REQUIRE(run.found >= acknowledged);
      acknowledged = std::max({acknowledged, run.acknowledged, run.found});
      kills += was_killed;
      kills_while_consolidating += was_killed && has_begun_to_consolidate(log);
      if (is_finished) break;
    }
    REQUIRE((sample::content(out) == bytes));
    REQUIRE(std::filesystem::exists(out.string() + ".parts") == false);
    std::filesystem::remove(out);
  }
  WARN(kills << " kills in " << campaigns << " campaigns, " << kills_while_consolidating << " while consolidating");
  CHECK(kills_while_consolidating > kills_wanted / 20);
}
