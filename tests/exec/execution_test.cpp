// What executors say of how they ran agrees with what they did.
#include <catch2/catch.hpp>

#include "tests/exec/gossip.hpp"
#include "tests/exec/variants.hpp"

namespace {

using sim::ExecutionStatistics;
using sim::Time;

constexpr Time end{60};

/// Runs gossip in pieces of `step` ticks; `events` gets the number of committed ones.
ExecutionStatistics run(std::string const& variant, std::int64_t step, std::uint64_t& events, sim::RunLimits limits = {}) {
  sim::World world = gossip::build({.people = 40, .lookahead = sim::Duration{5}});
  sim::NoRows rows;
  auto const executor = variants::make(variant);
  executor->start(world, rows, Time{}, limits);
  for (std::int64_t to = step; to <= end.ticks; to += step) executor->run_until(Time{to});
  events = executor->statistics().events;
  return executor->execution();
}

std::uint64_t committed(ExecutionStatistics const& how) { return how.handled - how.rolled_back; }

}  // namespace

TEST_CASE("events handled and not undone are the committed ones, whatever ran them", "[exec][execution]") {
  std::uint64_t events = 0, all = 0;
  run("sequential", 60, all);
  for (auto const& name : variants::names()) {
    INFO(name);
    ExecutionStatistics const how = run(name, 60, events);
    CHECK(events == all);
    CHECK(committed(how) == events);
    CHECK(how.windows_alone <= how.windows);
    CHECK(how.efficiency() == static_cast<double>(events) / static_cast<double>(how.handled));
    // A limit inside a window makes conservative workers begin again: what they did is undone, not forgotten.
    CHECK(committed(run(name, 60, events, {.events = all / 2})) == all / 2);
    CHECK(events == all / 2);
  }
  CHECK(run("conservative/2!", 60, events, {.events = all / 2}).rolled_back > 0);
}

TEST_CASE("windows are counted once, however many workers run them and wherever the run is paused", "[exec][execution]") {
  std::uint64_t events = 0;
  ExecutionStatistics const one = run("conservative/1", 60, events);
  CHECK(one.windows > 1);
  CHECK(one.windows <= 12);  // of 5 ticks in 60
  CHECK(one.windows_alone == 0);
  CHECK(one.waiting_s == 0);
  for (std::string const name : {"conservative/2!", "conservative/3!"}) {
    ExecutionStatistics const several = run(name, 60, events);
    CHECK(several.windows == one.windows);
    CHECK(several.windows_alone == 0);
    CHECK(several.waiting_s > 0);
  }
  ExecutionStatistics const small = run("conservative/8", 60, events);  // no window has enough for eight
  CHECK(small.windows == one.windows);
  CHECK(small.windows_alone == small.windows);
  for (std::string const name : {"conservative/1", "conservative/2!", "conservative/8"}) {
    CHECK(run(name, 2, events).windows == one.windows);
  }
}

TEST_CASE("workers meet at every window, or less often where their regions are far from each other", "[exec][execution]") {
  auto const run_with = [](std::string const& variant, std::int64_t far) {
    sim::Duration const near{5};
    gossip::Options options{.people = 40, .lookahead = near};
    if (far > 0) options.regions = {{0, 20}, {near, sim::Duration{far}, sim::Duration{far}, near}};
    sim::World world = gossip::build(options);
    sim::NoRows rows;
    auto const executor = variants::make(variant);
    executor->start(world, rows, Time{});
    executor->run_until(Time{1000});
    return executor->execution();
  };
  for (std::string const variant : {"conservative/2!"}) {
    ExecutionStatistics const near = run_with(variant, 0), far = run_with(variant, 50);
    CHECK(near.windows == 200);
    CHECK(near.meetings == near.windows + 1);
    CHECK(far.windows == 200);
    CHECK(far.meetings < near.meetings / 9);
    CHECK(run_with(variant, 5).meetings == near.meetings);
  }
  CHECK(run_with("conservative/1", 50).meetings == 0);
  CHECK(run_with("sequential", 50).meetings == 0);
}

TEST_CASE("what is resumed counts from there", "[exec][execution]") {
  std::uint64_t all = 0;
  run("sequential", 60, all);
  for (auto const& name : variants::names()) {
    INFO(name);
    gossip::Options const options{.people = 40, .lookahead = sim::Duration{5}};
    sim::World first = gossip::build(options), second = gossip::build(options);
    sim::NoRows rows;
    auto const executor = variants::make(name);
    executor->start(first, rows, Time{});
    executor->run_until(Time{31});
    auto const snapshot = executor->snapshot();
    ExecutionStatistics how = executor->execution();
    CHECK(committed(how) == snapshot->statistics.events);
    executor->resume(second, rows, snapshot);
    CHECK(executor->execution().handled == 0);
    executor->run_until(end);
    how += executor->execution();
    CHECK(committed(how) == all);
  }
}
