// Computes what is missing of the sample campaign, or of one worker's share of it, and consolidates it; made to be killed.
// It says on standard output, one line each: "found N repeated N" (what the worker's journal held), "ack N N ..." (these
// are on the disk now), "computed N", "consolidating", "done". Options: size=FUTURES, pause=US before each replication,
// stop=N (leave abruptly after so many), shard=I of=N (only this worker's share, no consolidation), merge=1 (with of=N:
// only consolidate).
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>

#include <unistd.h>

#include "sim/base/error.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/output.hpp"
#include "tests/faults/fault_campaign.hpp"

namespace {

struct Options {
  std::filesystem::path out;
  std::uint32_t size = 40;
  long pause_us = 0, stop = -1;
  sim::Shard shard;
  bool merge = false;
};

bool read_options(int argc, char** argv, Options& options) {
  if (argc < 2) return false;
  options.out = argv[1];
  for (int i = 2; i < argc; ++i) {
    char const* const value = std::strchr(argv[i], '=');
    if (value == nullptr) return false;
    std::string const name(argv[i], static_cast<std::size_t>(value - argv[i]));
    long const number = std::atol(value + 1);
    if (name == "size") options.size = static_cast<std::uint32_t>(number);
    else if (name == "pause") options.pause_us = number;
    else if (name == "stop") options.stop = number;
    else if (name == "shard") options.shard.index = static_cast<std::uint32_t>(number);
    else if (name == "of") options.shard.count = static_cast<std::uint32_t>(number);
    else if (name == "merge") options.merge = number != 0;
    else return false;
  }
  return true;
}

// Not through stdio: a line is written whole or not at all, and at once.
void say(std::string line) {
  line += '\n';
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::_Exit(9);
}

// Two threads append; each acknowledges what it appended after every fifth.
void compute(sim::Journal& journal, sim::ResultSchema const& schema, std::vector<std::uint64_t> const& missing,
             Options const& options) {
  sim::CampaignShape const shape = sim::shape_of(schema);
  std::atomic<long> left{options.stop};
  std::mutex mutex;
  std::exception_ptr problem;
  auto const work = [&](std::size_t first) {
    std::string pending;
    std::size_t count = 0;
    auto const acknowledge = [&] {
      journal.sync();
      say("ack" + pending);
      pending.clear();
    };
    for (std::size_t i = first; i < missing.size(); i += 2) {
      if (options.stop >= 0 && --left < 0) return;
      if (options.pause_us > 0) std::this_thread::sleep_for(std::chrono::microseconds(options.pause_us));
      journal.append(sample::record(schema, shape.key_at(missing[i])));
      pending += ' ' + std::to_string(missing[i]);
      if (++count % 5 == 0) acknowledge();
    }
    acknowledge();
  };
  auto const guarded = [&](std::size_t first) {
    try {
      work(first);
    } catch (...) {
      std::scoped_lock const hold(mutex);
      problem = std::current_exception();
    }
  };
  {
    std::jthread const other([&] { guarded(1); });
    guarded(0);
  }
  if (problem) std::rethrow_exception(problem);
}

// What is missing of the worker's share: every n-th replication.
std::vector<std::uint64_t> missing_of(sim::ReplicationSet const& done, sim::Shard const& shard) {
  std::vector<std::uint64_t> missing;
  for (std::uint64_t i = shard.index; i < done.shape().size(); i += shard.count) {
    if (!done.contains(done.shape().key_at(i))) missing.push_back(i);
  }
  return missing;
}

int run(Options const& options) {
  sim::ResultSchema const schema = faults::schema(options.size);
  sim::Manifest const manifest = sample::manifest(schema);
  if (sim::inspect_output(options.out, manifest.fingerprint, 0) == sim::OutputState::complete) {
    say("done");
    return 0;
  }
  sim::Journal journal = sim::Journal::open(sim::parts_directory(options.out), manifest,
                                            {.sync_frames = 8, .wall_sync_ms = 5, .shard = options.shard});
  sim::ReplicationSet const done = journal.done();
  say("found " + std::to_string(done.size()) + " repeated " + std::to_string(journal.report().duplicates));
  if (!options.merge) {
    std::vector<std::uint64_t> const missing = missing_of(done, options.shard);
    compute(journal, schema, missing, options);
    if (options.stop >= 0 && static_cast<std::size_t>(options.stop) < missing.size()) ::_exit(7);  // as if killed
    say("computed " + std::to_string(missing.size()));
  }
  if (options.shard.count > 1 && !options.merge) {
    journal.close();
    return 0;
  }
  say("consolidating");
  sim::consolidate(journal, schema, options.out);
  say("done");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!read_options(argc, argv, options)) return 64;
  try {
    return run(options);
  } catch (sim::Error const& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
