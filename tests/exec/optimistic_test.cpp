// What only the optimistic executor does: running ahead, rolling back, cancelling, holding back.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <new>
#include <stdexcept>

#include "sim/exec/executors.hpp"
#include "sim/exec/optimistic/optimistic.hpp"
#include "sim/kernel/failure.hpp"
#include "tests/exec/gossip.hpp"

namespace {

using gossip::RowLog;
using sim::Duration;
using sim::Time;

struct Step {};
struct Nudge {};
struct Report {
  std::int64_t nudges;
};
struct Reported {
  std::int64_t nudges;
};

/// Writes down what it is told.
struct Clerk {
  static constexpr std::string_view name = "clerk";
  using Events = sim::EventList<Report>;
  using Rows = sim::RowList<Reported>;
  enum class Draw : std::uint8_t { count_ };
  struct State {};
  void init(State&, sim::Context<Clerk>&) const {}
  void on(Report const& report, State&, sim::Context<Clerk>& context) const { context.observe(Reported{report.nudges}); }
};

/// What a runner throws at a step from time 150 on that finds it without a nudge.
enum class Temper { calm, angry, greedy };

/// Takes steps; may report after each how often it has been nudged.
struct Runner {
  static constexpr std::string_view name = "runner";
  using Events = sim::EventList<Step, Nudge>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::int64_t steps = 0, nudges = 0;
  };
  sim::LpRef<Clerk> clerk;
  bool reports = false;
  Temper temper = Temper::calm;
  std::atomic<int>* outbursts = nullptr;  // counted for the test only

  void init(State&, sim::Context<Runner>&) const {}
  void on(Step const&, State& state, sim::Context<Runner>& context) const {
    ++state.steps;
    if (temper != Temper::calm && state.nudges == 0 && context.now() >= Time{150}) {
      ++*outbursts;
      if (temper == Temper::greedy) throw std::bad_alloc();
      throw std::runtime_error("nobody nudged me");
    }
    if (reports) context.send(clerk, Duration{3}, Report{state.nudges});
  }
  void on(Nudge const&, State& state, sim::Context<Runner>&) const { ++state.nudges; }
};

/// Nudges the runner.
struct Nudger {
  static constexpr std::string_view name = "nudger";
  using Events = sim::EventList<Step>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {};
  sim::LpRef<Runner> runner;
  void init(State&, sim::Context<Nudger>&) const {}
  void on(Step const&, State&, sim::Context<Nudger>& context) const { context.send(runner, Duration{55}, Nudge{}); }
};

/// Clerk and nudger belong to the first of two workers, the runner to the second. Steps at 10, 20, ..., 200; a nudge at
/// 105 that is sent at 50.
struct Scene {
  explicit Scene(bool reports, Temper temper = Temper::calm, bool nudges = true) {
    auto const clerk = world.add(Clerk{}, "Carl");
    auto const nudger = world.add(Nudger{sim::LpRef<Runner>{sim::LpId{2}}}, "Nora");
    runner = world.add(Runner{clerk, reports, temper, &outbursts}, "Rita");
    for (std::uint32_t step = 1; step <= 20; ++step) world.schedule_external(runner, Time{10 * step}, step, Step{});
    if (nudges) world.schedule_external(nudger, Time{50}, 99, Step{});
  }

  void run(std::unique_ptr<sim::Executor> with) {
    executor = std::move(with);
    executor->start(world, log, Time{});
    executor->run_until(Time{1000});
  }

  std::atomic<int> outbursts{0};
  sim::World world{{}};
  sim::LpRef<Runner> runner;
  RowLog log;
  std::unique_ptr<sim::Executor> executor;
};

std::unique_ptr<sim::Executor> far_ahead(std::size_t memory_max = std::size_t{1} << 20) {
  return sim::make_optimistic(2, {.small_round = 0, .window = sim::year, .memory_max = memory_max});
}

struct Ball {
  std::int64_t bounces;
};

/// Sends every ball back after a tick.
struct Player {
  static constexpr std::string_view name = "player";
  using Events = sim::EventList<Ball, Step>;
  using Rows = sim::RowList<Ball>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::int64_t steps = 0;
  };
  std::uint32_t other = 0;
  void init(State&, sim::Context<Player>& context) const {
    context.schedule(sim::tick, Step{});
    if (other == 1) context.schedule(sim::tick, Ball{0});
  }
  void on(Ball const& ball, State& state, sim::Context<Player>& context) const {
    context.observe(Ball{ball.bounces + state.steps});
    context.send(sim::LpRef<Player>{sim::LpId{other}}, sim::tick, Ball{ball.bounces + 1});
  }
  void on(Step const&, State& state, sim::Context<Player>& context) const {
    ++state.steps;
    context.schedule(sim::Duration{3}, Step{});
  }
};

}  // namespace

TEST_CASE("a straggler undoes exactly the events after it", "[exec][optimistic]") {
  Scene scene(false), reference(false);
  reference.run(sim::make_executor("sequential"));
  scene.run(far_ahead());
  // The runner has taken all its steps when the nudge arrives: those at 110, ..., 200 are undone and taken again.
  auto const execution = scene.executor->execution();
  REQUIRE(execution.rollbacks == 1);
  REQUIRE(execution.rolled_back == 10);
  REQUIRE(execution.anti_messages == 0);
  REQUIRE(execution.handled == 22 + 10);
  REQUIRE(scene.executor->statistics().events == 22);
  REQUIRE(scene.world.digest() == reference.world.digest());
  REQUIRE(scene.world.state(scene.runner).steps == 20);
}

TEST_CASE("a cancelled event is never seen by a row sink", "[exec][optimistic]") {
  Scene scene(true), reference(true);
  reference.run(sim::make_executor("sequential"));
  scene.run(far_ahead());
  // A nudge sends nothing, so the steps after it send again under the same keys, with other content.
  REQUIRE(scene.executor->execution().anti_messages == 10);
  REQUIRE(scene.executor->execution().rolled_back >= 10);
  REQUIRE(scene.log.rows.size() == 20);
  REQUIRE(scene.log.rows == reference.log.rows);
  REQUIRE(scene.world.digest() == reference.world.digest());
  REQUIRE(scene.executor->statistics().shortest_delay == reference.executor->statistics().shortest_delay);
}

TEST_CASE("a failure in a speculated state that never commits does not end the run", "[exec][optimistic]") {
  Scene scene(true, Temper::angry), reference(true, Temper::angry);
  reference.run(sim::make_executor("sequential"));
  REQUIRE(reference.outbursts == 0);
  scene.run(far_ahead());
  REQUIRE(scene.outbursts > 0);
  REQUIRE(scene.executor->execution().rollbacks > 0);
  REQUIRE(scene.log.rows == reference.log.rows);
  REQUIRE(scene.world.digest() == reference.world.digest());
}

TEST_CASE("a failure that commits is the one that the sequential executor gives", "[exec][optimistic]") {
  auto const failure_of = [](std::unique_ptr<sim::Executor> with, std::size_t& rows, std::uint64_t& events) {
    Scene scene(true, Temper::angry, false);
    std::string what;
    try {
      scene.run(std::move(with));
    } catch (sim::ReplicationFailure const& failure) {
      what = failure.what();
    }
    rows = scene.log.rows.size();
    events = scene.executor->statistics().events;
    return what;
  };
  std::size_t rows = 0, rows_sequential = 0;
  std::uint64_t events = 0, events_sequential = 0;
  std::string const expected = failure_of(sim::make_executor("sequential"), rows_sequential, events_sequential);
  REQUIRE_THAT(expected, Catch::Contains("nobody nudged me"));
  for (std::size_t const memory_max : {1, 1 << 20}) {
    REQUIRE(failure_of(far_ahead(memory_max), rows, events) == expected);
    REQUIRE(rows == rows_sequential);
    REQUIRE(events == events_sequential);
  }
}

TEST_CASE("lack of memory is not held back", "[exec][optimistic]") {
  Scene scene(true, Temper::greedy);
  REQUIRE_THROWS_AS(scene.run(far_ahead()), std::bad_alloc);
}

TEST_CASE("without memory for states only the least event runs", "[exec][optimistic]") {
  Scene scene(true), reference(true);
  reference.run(sim::make_executor("sequential"));
  scene.run(far_ahead(1));
  // One event of each worker enters its empty log; what it has sent is received before the next.
  REQUIRE(scene.executor->execution().rolled_back <= 2);
  REQUIRE(scene.executor->execution().gvt_rounds >= 20);
  REQUIRE(scene.log.rows == reference.log.rows);
  REQUIRE(scene.world.digest() == reference.world.digest());
}

TEST_CASE("two workers play ping-pong at one tick", "[exec][optimistic]") {
  auto const played = [](std::unique_ptr<sim::Executor> executor, sim::ExecutionStatistics& execution) {
    sim::World world({});
    world.add(Player{1}, "a");
    world.add(Player{0}, "b");
    RowLog log;
    executor->start(world, log, Time{});
    executor->run_until(Time{500});
    execution = executor->execution();
    return std::pair(world.digest(), log.rows);
  };
  sim::ExecutionStatistics execution;
  auto const reference = played(sim::make_executor("sequential"), execution);
  REQUIRE(reference.second.size() == 499);
  for (std::int64_t const window : {0, 1, 7, 5000}) {
    INFO(window);
    REQUIRE(played(sim::make_optimistic(2, {.small_round = 0, .window = Duration{window}}), execution) == reference);
    REQUIRE((execution.rollbacks > 0) == (window != 1));
  }
  REQUIRE(played(sim::make_optimistic(2), execution) == reference);
  // Such a world is not worth meeting for: nearly all is run by one worker.
  REQUIRE(execution.efficiency() > 0.5);
}

TEST_CASE("what is rolled back does not depend on timing", "[exec][optimistic]") {
  auto const work_of = [](unsigned threads) {
    sim::World world = gossip::build({.people = 300});
    sim::NoRows rows;
    auto const executor = sim::make_optimistic(threads, {.small_round = 0});
    executor->start(world, rows, Time{});
    executor->run_until(Time{300});
    auto const execution = executor->execution();
    return std::vector{execution.handled, execution.rollbacks, execution.rolled_back, execution.anti_messages,
                       execution.gvt_rounds};
  };
  for (unsigned const threads : {1u, 2u, 3u}) {
    auto const work = work_of(threads);
    REQUIRE(work == work_of(threads));
    REQUIRE((work[1] > 0) == (threads > 1));
  }
}
