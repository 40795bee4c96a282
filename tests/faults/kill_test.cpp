#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include <sys/wait.h>

#include "tests/faults/fault_campaign.hpp"
#include "tests/faults/trace.hpp"

using namespace faults;

namespace {

constexpr std::uint32_t futures = 40;

struct Tally {
  long kills = 0, while_consolidating = 0, campaigns = 0, promises = 0;
};

bool has_ended(pid_t child) {
  siginfo_t ended{};
  ::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
  return ended.si_pid != 0;
}

bool has_begun_to_consolidate(WriterCall const& call) {
  return output_so_far(call).find("consolidating") != std::string::npos;
}

// One campaign of some workers that are killed again and again. With 0 workers their number changes every other round.
class KilledCampaign {
 public:
  KilledCampaign(std::filesystem::path out, unsigned workers, std::uint64_t seed, long window_us)
      : out_(std::move(out)), changes_(workers == 0), workers_(workers), chance_(seed), window_us_(window_us) {}

  // Workers are killed ten times at any moment and end in the eleventh round; then it is consolidated, killed five times.
  void live(Tally& tally) {
    for (int round = 0; round < 11; ++round) {
      if (changes_ && round % 2 == 0) workers_ = 1 + static_cast<unsigned>(sample::next(chance_) % 4);
      work(round < 10, tally);
    }
    bool is_finished = workers_ == 1 && std::filesystem::exists(out_);
    for (int attempt = 0; !is_finished; ++attempt) is_finished = consolidate(attempt < 5, tally);
    REQUIRE(!std::filesystem::exists(out_.string() + ".parts"));
    ++tally.campaigns;
    tally.promises += static_cast<long>(promised_.size());
  }

 private:
  WriterCall call(unsigned worker, bool merges) const {
    std::string const merge = merges && workers_ > 1 ? "merge=1" : "merge=0";
    return {out_, {"size=" + std::to_string(futures), "pause=500", "shard=" + std::to_string(worker),
                   "of=" + std::to_string(workers_), merge}, {}, worker};
  }

  long delay_us() { return static_cast<long>(sample::next(chance_) % static_cast<std::uint64_t>(window_us_)); }

  // All workers at once; each is killed after its own while.
  void work(bool kills, Tally& tally) {
    std::vector<std::pair<long, unsigned>> order;
    std::vector<pid_t> running;
    for (unsigned w = 0; w < workers_; ++w) {
      running.push_back(start_writer(call(w, false)));
      order.push_back({delay_us(), w});
    }
    std::sort(order.begin(), order.end());
    long slept_us = 0;
    for (auto const& [moment_us, worker] : order) {
      if (!kills) break;
      std::this_thread::sleep_for(std::chrono::microseconds(moment_us - slept_us));
      slept_us = moment_us;
      ::kill(running[worker], SIGKILL);
    }
    for (unsigned w = 0; w < workers_; ++w) note(end_of(running[w], call(w, false)), tally);
    look();
  }

  // True once it has finished.
  bool consolidate(bool kills, Tally& tally) {
    WriterCall const merge = call(0, true);
    pid_t const child = start_writer(merge);
    while (kills && !has_ended(child) && !has_begun_to_consolidate(merge)) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    if (kills) {
      std::this_thread::sleep_for(std::chrono::microseconds(delay_us()));
      ::kill(child, SIGKILL);
    }
    WriterRun const run = end_of(child, merge);
    note(run, tally);
    look();
    return !run.was_killed();
  }

  void note(WriterRun const& run, Tally& tally) {
    INFO("status " << run.status << " " << run.errors);
    REQUIRE((run.was_killed() || run.exit_code() == 0));
    tally.kills += run.was_killed();
    tally.while_consolidating += run.was_killed() && run.output.find("consolidating") != std::string::npos;
    promised_.merge(acknowledged(run.output));
  }

  // Everything acknowledged so far lies in the journals, and nothing twice; or the results are there already.
  void look() const {
    if (std::filesystem::exists(out_)) return;
    Found const found = found_in(out_.string() + ".parts", schema(futures));
    REQUIRE(std::includes(found.numbers.begin(), found.numbers.end(), promised_.begin(), promised_.end()));
    REQUIRE(found.repeated == 0);
  }

  std::filesystem::path out_;
  bool changes_;
  unsigned workers_;
  std::uint64_t chance_;
  long window_us_;
  std::set<std::size_t> promised_;
};

}  // namespace

TEST_CASE("killed at any moment and started again, campaigns lose nothing acknowledged and end in the same file",
          "[faults]") {
  sample::Directory const directory;
  std::filesystem::create_directories(directory / "run");
  WriterCall const undisturbed{directory / "run/reference.h5", {"size=" + std::to_string(futures), "pause=500"}, {}};
  auto const started = std::chrono::steady_clock::now();
  REQUIRE(run_writer(undisturbed).exit_code() == 0);
  std::chrono::duration<double, std::micro> const wall = std::chrono::steady_clock::now() - started;
  std::string const bytes = sample::content(undisturbed.out);

  long const kills = wanted("BERYLIA_KILLS", 120);
  Tally tally;
  while (tally.kills < kills) {
    auto const seed = static_cast<std::uint64_t>(tally.campaigns);
    std::filesystem::path const out = directory / "run" / std::to_string(tally.campaigns) / "out.h5";
    std::filesystem::create_directory(out.parent_path());
    // One worker alone, then two, three and four that share the work, then now so many and now so many.
    KilledCampaign(out, static_cast<unsigned>((1 + tally.campaigns) % 5), seed, static_cast<long>(wall.count() / 6)).live(tally);
    REQUIRE((sample::content(out) == bytes));
    std::filesystem::remove_all(out.parent_path());
  }
  WARN(tally.kills << " kills in " << tally.campaigns << " campaigns, " << tally.while_consolidating
                   << " while consolidating; " << tally.promises << " replications acknowledged");
  CHECK(tally.while_consolidating > kills / 20);
}
