// Computes what is missing of the sample campaign and consolidates it; made to be killed. Prints "ack N" after a sync.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "sim/base/error.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/output.hpp"
#include "tests/io/sample_campaign.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::filesystem::path const out = argv[1];
  long const pause_us = std::atol(argv[2]);
  sim::ResultSchema const schema =
      sample::schema({.points = 4, .futures = 40, .replications = 5, .nations = 10, .focal_grid = 200});
  sim::Manifest const manifest = sample::manifest(schema);
  try {
    if (sim::inspect_output(out, manifest.fingerprint, 0) == sim::OutputState::complete) return 0;
    sim::Journal journal =
        sim::Journal::open(sim::parts_directory(out), manifest, {.sync_frames = 8, .wall_sync_ms = 5});
    auto const done = journal.done().keys();
    std::vector<sim::ReplicationKey> missing;
    for (auto const& key : sample::keys(schema)) {
      if (!std::binary_search(done.begin(), done.end(), key)) missing.push_back(key);
    }
    std::printf("found %zu\n", done.size());
    {
      std::vector<std::jthread> workers;
      for (std::size_t w = 0; w < 2; ++w) {
        workers.emplace_back([&, w] {
          for (std::size_t i = w; i < missing.size(); i += 2) {
            if (pause_us > 0) std::this_thread::sleep_for(std::chrono::microseconds(pause_us));
            journal.append(sample::record(schema, missing[i]));
            if (i % 10 == 0) {
              journal.sync();
              std::printf("ack %llu\n", static_cast<unsigned long long>(done.size() + journal.acknowledged()));
              std::fflush(stdout);
            }
          }
        });
      }
    }
    std::puts("consolidating");
    std::fflush(stdout);
    sim::consolidate(journal, schema, out);
    return 0;
  } catch (sim::Error const& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
