#include <catch2/catch.hpp>
#include <limits>
#include <new>
#include <stdexcept>

#include "sim/base/error.hpp"
#include "sim/exec/executors.hpp"
#include "tests/exec/variants.hpp"
#include "sim/kernel/failure.hpp"
#include "tests/exec/gossip.hpp"

namespace {

using sim::Time;

enum class Crime : std::int32_t {
  none, early_send, past_event, zero_delay, not_finite, full_pool, throws, throws_int, wrong_type, no_such_lp,
  beyond_time, row_not_finite, too_near
};

struct Order {
  double value;
  Crime crime;
  std::int32_t spare;
};
struct Note {
  double value;
};

struct Saint {
  static constexpr std::string_view name = "saint";
  using Events = sim::EventList<Order>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {};
  void init(State&, sim::Context<Saint>&) const {}
  void on(Order const&, State&, sim::Context<Saint>&) const {}
};

/// Commits the crime it is told to.
struct Villain {
  static constexpr std::string_view name = "villain";
  using Events = sim::EventList<Order>;
  using Rows = sim::RowList<Note>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    sim::Pool<std::int64_t, 2> loot;
  };
  Crime in_init = Crime::none;

  void init(State& state, sim::Context<Villain>& context) const { commit(in_init, state, context); }
  void on(Order const& order, State& state, sim::Context<Villain>& context) const {
    commit(order.crime, state, context);
  }
  void commit(Crime crime, State& state, sim::Context<Villain>& context) const {
    Order const harmless{};
    context.observe(Note{1});
    switch (crime) {
      case Crime::none: break;
      case Crime::early_send: context.send(context.self(), sim::hour + sim::Duration{-1}, harmless); break;
      case Crime::past_event: context.schedule(sim::Duration{-5}, harmless); break;
      case Crime::zero_delay: context.schedule(sim::Duration{0}, harmless); break;
      case Crime::not_finite:
        context.schedule(sim::tick, Order{.value = std::numeric_limits<double>::infinity()});
        break;
      case Crime::full_pool: for (int i = 0; i < 3; ++i) state.loot.insert(i); break;
      case Crime::throws: throw std::runtime_error("caught red-handed");
      case Crime::throws_int: throw 5;
      case Crime::wrong_type: context.send(sim::LpRef<Saint>{context.self().id}, sim::hour, harmless); break;
      case Crime::no_such_lp: context.send(sim::LpRef<Saint>{sim::LpId{99}}, sim::hour, harmless); break;
      case Crime::beyond_time: context.schedule({std::numeric_limits<std::int64_t>::max()}, harmless); break;
      case Crime::too_near: context.send(sim::LpRef<Saint>{sim::LpId{0}}, sim::hour, harmless); break;
      case Crime::row_not_finite: context.observe(Note{std::numeric_limits<double>::quiet_NaN()}); break;
    }
  }
};

struct Expected {
  Crime crime;
  char const* message;
};

Expected const expectations[] = {
    {Crime::early_send, "event sent with a delay of 3599999999 us, below the world's lookahead of 3600000000 us"},
    {Crime::past_event, "event scheduled with a delay of -5 us, less than one tick ahead"},
    {Crime::zero_delay, "event scheduled with a delay of 0 us, less than one tick ahead"},
    {Crime::not_finite, "payload or row of type Order holds a number that is infinite or NaN"},
    {Crime::full_pool, "is full (capacity 2)"},
    {Crime::throws, "caught red-handed"},
    {Crime::throws_int, "exception of unknown type"},
    {Crime::wrong_type, "event sent to a reference of type saint whose logical process 1 is of type villain"},
    {Crime::no_such_lp, "whose logical process 99 does not exist in a world of 2"},
    {Crime::beyond_time, "beyond the end of simulated time"},
    {Crime::too_near, "event sent with a delay of 3600000000 us from region 1 to region 0, below the lookahead of 7200000000 us "
                      "between them"},
    {Crime::row_not_finite, "payload or row of type Note holds a number that is infinite or NaN"},
};

Time const start = sim::to_time({2015, 1, 1});

struct Scene {
  explicit Scene(Crime in_init = Crime::none) : world({.lookahead = sim::hour}) {
    world.add(Saint{}, "Anna");
    villain = world.add(Villain{in_init}, "Bert");
    sim::Duration const far = sim::hour * 2;
    world.set_regions({.first = {0, 1}, .lookahead = {sim::hour, far, far, sim::hour}});
  }
  sim::World world;
  sim::LpRef<Villain> villain;
  gossip::RowLog log;
};

}  // namespace

TEST_CASE("a broken rule or an exception ends the run, naming agent, event kind and date", "[exec][failure]") {
  for (auto const& name : variants::names()) {
    for (Expected const& expected : expectations) {
      INFO(name << ": " << expected.message);
      Scene scene;
      scene.world.schedule_external(scene.villain, start + sim::day, 1, Order{});
      scene.world.schedule_external(scene.villain, start + sim::day * 2, 2, Order{.crime = expected.crime});
      auto const executor = variants::make(name);
      executor->start(scene.world, scene.log, start);
      try {
        executor->run_until(start + sim::year);
        FAIL("nothing was thrown");
      } catch (sim::ReplicationFailure const& failure) {
        REQUIRE_THAT(failure.what(), Catch::Contains(expected.message));
        REQUIRE_THAT(failure.what(), Catch::EndsWith("(agent villain/Bert, event Order, 2015-01-03T00:00:00.000000)"));
        REQUIRE(failure.agent == "villain/Bert");
        REQUIRE(failure.event == "Order");
        REQUIRE(failure.time == start + sim::day * 2);
      }
      REQUIRE(executor->statistics().events == 1);
      REQUIRE(scene.log.rows.size() == 2);  // of init and of the first order
      REQUIRE_THROWS_AS(executor->run_until(start + sim::year), sim::Error);
    }
  }
}

TEST_CASE("init is held to the same rules", "[exec][failure]") {
  for (auto const& name : variants::names()) {
    for (Expected const& expected : expectations) {
      Scene scene(expected.crime);
      auto const executor = variants::make(name);
      REQUIRE_THROWS_WITH(executor->start(scene.world, scene.log, start),
                          Catch::Contains(expected.message) &&
                              Catch::EndsWith("(agent villain/Bert, event init, 2015-01-01T00:00:00.000000)"));
      REQUIRE_THROWS_AS(executor->run_until(start + sim::year), sim::Error);
    }
  }
}

TEST_CASE("an intervention with a number that is not finite is refused when it is scheduled", "[exec][failure]") {
  Scene scene;
  REQUIRE_THROWS_WITH(scene.world.schedule_external(scene.villain, start + sim::day, 1,
                                                    Order{.value = std::numeric_limits<double>::quiet_NaN()}),
                      Catch::Contains("infinite or NaN"));
}

TEST_CASE("the exception of a row's receiver passes through", "[exec][failure]") {
  struct FullDisk final : sim::RowSink {
    void row(sim::RowKey const&, std::span<std::byte const>) override { throw sim::Error("disk full"); }
  };
  for (auto const& name : variants::names()) {
    sim::World world = gossip::build({});
    FullDisk disk;
    REQUIRE_THROWS_AS(variants::make(name)->start(world, disk, start), sim::Error);
  }
}
