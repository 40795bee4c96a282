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

// Starts the writer and, unless `kill_after_us` is negative, kills it then.
Run run_writer(std::filesystem::path const& out, std::filesystem::path const& log, long pause_us,
               long long kill_after_us) {
  pid_t const child = ::fork();
  if (child == 0) {
    int const descriptor = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    ::dup2(descriptor, 1);
    ::execl(JOURNAL_WRITER, JOURNAL_WRITER, out.c_str(), std::to_string(pause_us).c_str(), nullptr);
    ::_exit(127);
  }
  if (kill_after_us >= 0) {
    std::this_thread::sleep_for(std::chrono::microseconds(kill_after_us));
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
  REQUIRE(run_writer(reference, directory / "log", 0, -1).status == 0);
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
      // Early kills hit opening and scanning, later ones appending, the last ones consolidation.
      long long const after = attempt > 25 ? -1 : static_cast<long long>(sample::next(state) % 100'000);
      Run const run = run_writer(out, directory / "log", 500, after);
      bool const was_killed = WIFSIGNALED(run.status) && WTERMSIG(run.status) == SIGKILL;
      bool const is_finished = WIFEXITED(run.status) && WEXITSTATUS(run.status) == 0;
      REQUIRE((was_killed || is_finished));
      if (run.found != 0) REQUIRE(run.found >= acknowledged);
      acknowledged = std::max({acknowledged, run.acknowledged, run.found});
      if (was_killed) ++kills;
      if (was_killed && sample::content(directory / "log").find("consolidating") != std::string::npos) {
        ++kills_while_consolidating;
      }
      if (is_finished) break;
    }
    REQUIRE((sample::content(out) == bytes));
    CHECK(!std::filesystem::exists(out.string() + ".parts"));
    std::filesystem::remove(out);
  }
  WARN(kills << " kills in " << campaigns << " campaigns, " << kills_while_consolidating << " while consolidating");
  CHECK(kills_while_consolidating > 0);
}
