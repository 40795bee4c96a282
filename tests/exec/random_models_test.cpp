// Random models under random schedules: no executor, pause or snapshot can be told from what comes out.
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <set>

#include "sim/kernel/failure.hpp"
#include "tests/exec/automaton.hpp"
#include "tests/exec/gossip.hpp"
#include "tests/exec/variants.hpp"

namespace {

using gossip::RowLog;
using sim::Time;

/// Everything that can be seen of a run.
struct Outcome {
  std::uint64_t digest = 0;
  sim::RunStatistics statistics;
  std::vector<gossip::SeenRow> rows;
  std::vector<sim::EventKey> followed;  // what a sink was told in a world that traces causes
  std::string failure;                  // then the digest says nothing
};

bool same(Outcome const& a, Outcome const& b) {
  if (a.failure != b.failure || a.rows != b.rows || a.followed != b.followed) return false;
  if (!a.failure.empty()) return true;
  return a.digest == b.digest && a.statistics.events == b.statistics.events && a.statistics.ties == b.statistics.ties &&
         a.statistics.outcome == b.statistics.outcome && a.statistics.shortest_delay == b.statistics.shortest_delay;
}

struct FollowingLog final : sim::RowSink {
  void event(sim::EventHeader const& event, sim::EventCause const&) override { keys.push_back(event.key); }
  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override { log.row(key, bytes); }
  std::vector<sim::EventKey> keys;
  RowLog log;
};

/// Where a run pauses, and which executor goes on from there; empty for the same one, without a snapshot.
struct Pause {
  Time at;
  std::string goes_on;
};

struct Schedule {
  std::string variant;
  std::vector<Pause> pauses;
};

Schedule random_schedule(sim::RngStream& rng, Time end) {
  auto const all = variants::names();
  auto const any = [&] { return all[rng.below(static_cast<std::uint32_t>(all.size()))]; };
  Schedule schedule{any(), {}};
  for (std::uint32_t i = rng.below(4); i-- > 0;) {
    Time const at{rng.below(static_cast<std::uint32_t>(end.ticks + 1))};
    schedule.pauses.push_back({at, rng.bernoulli(0.5) ? any() : ""});
  }
  std::sort(schedule.pauses.begin(), schedule.pauses.end(), [](Pause const& a, Pause const& b) { return a.at < b.at; });
  return schedule;
}

std::string text_of(Schedule const& schedule) {
  std::string text = schedule.variant;
  for (Pause const& pause : schedule.pauses) {
    text += " until " + std::to_string(pause.at.ticks) + (pause.goes_on.empty() ? "" : ", then " + pause.goes_on);
  }
  return text;
}

Outcome run(automaton::Model const& model, Schedule const& schedule) {
  Outcome outcome;
  FollowingLog sink;
  sim::RunLimits const limits{.events = model.event_limit};
  sim::World world = automaton::build(model), later = automaton::build(model);
  sim::World* now = &world;
  auto executor = variants::make(schedule.variant);
  try {
    executor->start(world, sink, Time{}, limits);
    for (Pause const& pause : schedule.pauses) {
      executor->run_until(pause.at);
      if (pause.goes_on.empty() || executor->statistics().outcome == sim::RunOutcome::censored) continue;
      auto const snapshot = executor->snapshot();
      executor = variants::make(pause.goes_on);
      now = now == &world ? &later : &world;
      now->rewind();
      executor->resume(*now, sink, snapshot, limits);
    }
    executor->run_until(model.end);
    outcome.digest = now->digest();
    outcome.statistics = executor->statistics();
  } catch (sim::ReplicationFailure const& failure) {
    outcome.failure = failure.what();
  }
  outcome.rows = std::move(sink.log.rows);
  outcome.followed = std::move(sink.keys);
  return outcome;
}

std::uint64_t from_environment(char const* name, std::uint64_t otherwise) {
  char const* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

TEST_CASE("random models come out the same on every executor, however they are paused", "[exec][random]") {
  std::uint64_t const first = from_environment("BERYLIA_RANDOM_SEED", 1);
  std::chrono::seconds const time(from_environment("BERYLIA_RANDOM_SECONDS", 10));
  auto const wall_end = std::chrono::steady_clock::now() + time;
  std::uint64_t number = first, failures = 0, censored = 0, events = 0;
  std::set<std::string> used;
  // At least so many that each executor and each kind of end has had its turn.
  for (; number < first + 60 || std::chrono::steady_clock::now() < wall_end; ++number) {
    automaton::Model const model = automaton::random_model(number);
    Outcome const reference = run(model, {"sequential", {}});
    failures += !reference.failure.empty();
    censored += reference.statistics.outcome == sim::RunOutcome::censored;
    events += reference.statistics.events;
    sim::RngStream rng({.seed = number}, sim::stream_id("random schedule"), 0, 0);
    for (int i = 0; i < 4; ++i) {
      Schedule const schedule = random_schedule(rng, model.end);
      used.insert(schedule.variant);
      INFO("model " << number << " (BERYLIA_RANDOM_SEED), " << text_of(schedule));
      REQUIRE(same(run(model, schedule), reference));
    }
  }
  std::cout << "random models " << first << " to " << number - 1 << ": " << events << " events, " << failures
            << " failures, " << censored << " at the limit of events\n";
  REQUIRE(used.size() == variants::names().size());
  REQUIRE(failures > 0);
  REQUIRE(censored > 0);
  REQUIRE(events > 10'000);
}
