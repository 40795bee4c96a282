// Broken models and a broken kernel, each caught by a named check.
#include <catch2/catch.hpp>
#include <chrono>
#include <cstring>
#include <memory>

#include "sim/exec/event_loop.hpp"
#include "sim/exec/executors.hpp"
#include "tests/exec/variants.hpp"
#include "sim/kernel/failure.hpp"
#include "tests/exec/gossip.hpp"

namespace {

using sim::Time;

struct Pulse {};
struct Count {
  std::int64_t value;
};

enum class Hidden { nothing, in_state, in_sends, in_rows, in_error, in_parameters, in_delay, in_clock };

/// Counts pulses; keeps a second count where a model must not.
struct Counter {
  static constexpr std::string_view name = "counter";
  using Events = sim::EventList<Pulse>;
  using Rows = sim::RowList<Count>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::int64_t pulses = 0;
    std::int8_t odd = 0;  // leaves padding, which is no difference
  };
  Hidden hidden = Hidden::nothing;
  std::shared_ptr<std::int64_t> outside = std::make_shared<std::int64_t>(0);
  mutable std::int64_t cache = 0;

  void init(State&, sim::Context<Counter>& context) const { context.schedule(sim::second, Pulse{}); }
  void on(Pulse const&, State& state, sim::Context<Counter>& context) const {
    std::int64_t const calls = ++*outside;
    ++state.pulses;
    state.odd = static_cast<std::int8_t>(state.pulses % 2);
    if (hidden == Hidden::in_state && calls > 5) ++state.pulses;
    if (hidden == Hidden::in_sends && calls == 6) context.schedule(sim::second, Pulse{});
    if (hidden == Hidden::in_rows) context.observe(Count{calls});
    if (hidden == Hidden::in_error && calls == 6) throw std::runtime_error("only once");
    if (hidden == Hidden::in_parameters) cache = state.pulses;
    if (hidden == Hidden::in_clock) state.pulses = std::chrono::steady_clock::now().time_since_epoch().count();
    context.schedule(hidden == Hidden::in_delay ? sim::Duration{calls} : sim::second, Pulse{});
  }
};

void run(std::string const& executor_name, Hidden hidden) {
  sim::World world({});
  world.add(Counter{.hidden = hidden}, "a");
  sim::NoRows rows;
  auto const executor = variants::make(executor_name);
  executor->start(world, rows, Time{});
  executor->run_until(Time{} + sim::minute);
}

/// Gives every event the same tie.
struct ConstantTieStep {
  void init(sim::World const& world, sim::LpId lp, Time start, sim::HandlerOutput& output) {
    sim::run_init(world.table(), lp, start, output);
    spoil(world, output);
  }
  void handle(sim::World const& world, sim::EventHeader const& event, sim::HandlerOutput& output) {
    sim::run_handler(world.table(), event, output);
    spoil(world, output);
  }
  static void spoil(sim::World const& world, sim::HandlerOutput& output) {
    for (std::size_t at = 0; at < output.events.size(); at += world.table().layout.stride) {
      reinterpret_cast<sim::EventHeader*>(output.events.data() + at)->key.tie = 42;
    }
  }
};

/// Sends what is due before the present.
struct TimeMachineStep {
  void init(sim::World const& world, sim::LpId lp, Time start, sim::HandlerOutput& output) {
    sim::run_init(world.table(), lp, start, output);
  }
  void handle(sim::World const& world, sim::EventHeader const& event, sim::HandlerOutput& output) {
    sim::run_handler(world.table(), event, output);
    if (output.events.size() != 0) {
      reinterpret_cast<sim::EventHeader*>(output.events.data())->key.time = event.key.time - sim::tick;
    }
  }
};

template <class Step>
void run_gossip_with() {
  sim::World world = gossip::build({});
  sim::NoRows rows;
  sim::EventLoop<Step> loop;
  loop.start(world, rows, Time{}, {});
  loop.run_until(Time{50});
}

}  // namespace

TEST_CASE("the rollback check catches hidden mutable state and clocks wherever they show", "[exec][twin]") {
  struct Twin {
    Hidden hidden;
    char const* message;
  };
  for (Twin const twin : {Twin{Hidden::in_state, "differs in the state it leaves"},
                          Twin{Hidden::in_sends, "differs in the state it leaves"},  // its send counter
                          Twin{Hidden::in_clock, "differs in the state it leaves"},
                          Twin{Hidden::in_delay, "differs in the events it sends"},
                          Twin{Hidden::in_rows, "differs in the rows it records"},
                          Twin{Hidden::in_error, "differs in its error"},
                          Twin{Hidden::in_parameters, "differs in the agent's parameters"}}) {
    INFO(twin.message);
    REQUIRE_THROWS_WITH(run("rollback-check", twin.hidden),
                        Catch::Contains(twin.message) && Catch::Contains("agent counter/a, event Pulse, 1970-01-01"));
  }
  REQUIRE_NOTHROW(run("sequential", Hidden::in_state));
}

TEST_CASE("the rollback check passes a model that keeps all in its state", "[exec]") {
  REQUIRE_NOTHROW(run("rollback-check", Hidden::nothing));
}

TEST_CASE("the world refuses a stream shared by two logical processes", "[exec][twin]") {
  sim::World world({});
  world.add(Counter{}, "a", 7);
  REQUIRE_THROWS_WITH(world.add(Counter{}, "b", 7), Catch::Contains("has the stream id of counter/a"));
}

TEST_CASE("the order check catches a constant tie-break", "[exec][twin]") {
  REQUIRE_THROWS_WITH(run_gossip_with<ConstantTieStep>(), Catch::Contains("two events have the same key"));
}

TEST_CASE("the order check catches an event in the past", "[exec][twin]") {
  REQUIRE_THROWS_WITH(run_gossip_with<TimeMachineStep>(), Catch::Contains("one is in the past"));
}
