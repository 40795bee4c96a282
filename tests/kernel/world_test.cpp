#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

#include "sim/base/error.hpp"
#include "sim/kernel/world.hpp"

namespace {

struct Knock {
  double weight;
  std::int32_t count;
  std::int32_t spare;
};

template <int Variant>
struct Door {
  static constexpr std::string_view name = Variant == 0 ? "door" : "gate";
  using Events = sim::EventList<Knock>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { a, b, c, count_ };
  struct State {
    std::int64_t opened = 5;
    char filler[Variant == 0 ? 3 : 2000] = {};
  };
  int colour = 0;
  void init(State&, sim::Context<Door>&) const {}
  void on(Knock const&, State&, sim::Context<Door>&) const {}
};

sim::WorldOptions const options{.lookahead = sim::minute, .stream = {.seed = 9}};

}  // namespace

TEST_CASE("a world keeps parameters, names and types of its agents", "[kernel][world]") {
  sim::World world(options);
  auto const first = world.add(Door<0>{3}, "north");
  auto const second = world.add(Door<1>{4}, "west");
  auto const third = world.add(Door<0>{5}, std::uint64_t{0xabc});
  auto const fourth = world.add(Door<0>{6}, "east", 77);
  REQUIRE(world.lp_count() == 4);
  REQUIRE(world.agent(first).colour == 3);
  REQUIRE(world.agent(second).colour == 4);
  REQUIRE(world.agent(third).colour == 5);
  REQUIRE(world.name(first.id) == "door/north");
  REQUIRE(world.name(second.id) == "gate/west");
  REQUIRE(world.name(third.id) == "door/0000000000000abc");
  REQUIRE(world.name(fourth.id) == "door/east");
  REQUIRE(world.name(sim::external_sender) == "outside");
  REQUIRE(world.agent_type_index<Door<0>>() == 0);
  REQUIRE(world.agent_type_index<Door<1>>() == 1);
  REQUIRE(world.type(second.id).name == "gate");
  REQUIRE(world.type(first.id).events[0].name == "Knock");
}

TEST_CASE("a started world has all states constructed in one zeroed arena, in order of LpId", "[kernel][world]") {
  sim::World world(options);
  auto const first = world.add(Door<1>{}, "a");
  auto const second = world.add(Door<0>{}, "b");
  auto const third = world.add(Door<1>{}, "c");
  REQUIRE_THROWS(world.state(first));
  world.start({});
  REQUIRE(world.state(first).opened == 5);
  REQUIRE(world.state(second).opened == 5);
  REQUIRE(world.state(third).filler[1999] == 0);
  REQUIRE(reinterpret_cast<std::uintptr_t>(&world.state(first)) <
          reinterpret_cast<std::uintptr_t>(&world.state(second)));
  REQUIRE(reinterpret_cast<std::uintptr_t>(&world.state(second)) <
          reinterpret_cast<std::uintptr_t>(&world.state(third)));
}

TEST_CASE("a stream shared by two agents is refused", "[kernel][world][twin]") {
  sim::World world(options);
  world.add(Door<0>{}, "a");
  REQUIRE_THROWS_AS(world.add(Door<0>{}, "a"), sim::Error);
  REQUIRE_THROWS_WITH(world.add(Door<1>{}, sim::stream_id("door/a")),
                      Catch::Contains("has the stream id of door/a") && Catch::Contains("draw the same numbers"));
  for (int i = 0; i < 3000; ++i) world.add(Door<0>{}, std::to_string(i));
  REQUIRE_THROWS_AS(world.add(Door<0>{}, "2999"), sim::Error);
  REQUIRE_THROWS_AS(world.add(Door<0>{}, "0"), sim::Error);
}

TEST_CASE("a lookahead below one tick is refused", "[kernel][world]") {
  REQUIRE_THROWS_AS(sim::World({.lookahead = sim::Duration{0}}), sim::Error);
  REQUIRE_NOTHROW(sim::World({.lookahead = sim::tick}));
}

TEST_CASE("regions ascend, name every delay and are no nearer than the lookahead", "[kernel][world]") {
  auto const with = [](sim::Regions regions) {
    sim::World world({.lookahead = sim::hour});
    for (int i = 0; i < 4; ++i) world.add(Door<0>{}, std::to_string(i));
    world.set_regions(std::move(regions));
    world.start({});
    return world;
  };
  sim::Duration const near = sim::hour, far = sim::day;
  sim::World const world = with({{0, 3}, {near, far, near, near}});
  REQUIRE(world.table().lookahead_between(0, 2) == near);
  REQUIRE(world.table().lookahead_between(2, 3) == far);
  REQUIRE(world.table().lookahead_between(3, 0) == near);
  std::vector<std::pair<sim::Regions, char const*>> const wrong{
      {{{0}, {near}}, "regions: 1 of them (from 2 to 1024 are possible)"},
      {{{0, 2}, {near, far}}, "regions: 2 delays (2 regions have 4)"},
      {{{1, 2}, {near, far, far, near}}, "regions: their first logical processes (they ascend from 0)"},
      {{{0, 2, 2}, std::vector<sim::Duration>(9, near)}, "regions: their first logical processes (they ascend from 0)"},
      {{{0, 2}, {near, sim::minute, far, near}}, "a delay of 60000000 us from region 0 to region 1 (the world's lookahead is 3600000000 us)"},
      {{{0, 2}, {near, far, far, far}}, "give that within a region"},
      {{{0, 4}, {near, far, far, near}}, "region 1 begins at logical process 4 (the world has 4)"}};
  for (auto const& [regions, message] : wrong) REQUIRE_THROWS_WITH(with(regions), Catch::Contains(message));
}

TEST_CASE("records are as large as the largest payload and the trace ask for", "[kernel][world]") {
  sim::World plain(options);
  plain.add(Door<0>{}, "a");
  plain.start({});
  REQUIRE(plain.table().layout.stride == 24 + 16);
  auto traced = options;
  traced.traces_causes = true;
  sim::World with_causes(traced);
  with_causes.add(Door<0>{}, "a");
  with_causes.start({});
  REQUIRE(with_causes.table().layout.stride == 24 + 16 + 16);
  sim::World empty(options);
  empty.start({});
  REQUIRE(empty.table().layout.stride == 24);
}

TEST_CASE("interventions must come after the start and have keys of their own", "[kernel][world]") {
  sim::World early(options);
  auto const door = early.add(Door<0>{}, "a");
  early.schedule_external(door, sim::Time{5}, 1, Knock{});
  REQUIRE_THROWS_WITH(early.start(sim::Time{5}), Catch::Contains("choose a later date"));
  sim::World twice(options);
  auto const gate = twice.add(Door<1>{}, "a");
  twice.schedule_external(gate, sim::Time{5}, 1, Knock{});
  twice.schedule_external(gate, sim::Time{6}, 1, Knock{});
  REQUIRE_THROWS_WITH(twice.start(sim::Time{}), Catch::Contains("external key 1"));
}

TEST_CASE("a world runs once and takes no agents afterwards", "[kernel][world]") {
  sim::World world(options);
  world.add(Door<0>{}, "a");
  world.start({});
  REQUIRE_THROWS_AS(world.start({}), sim::Error);
  REQUIRE_THROWS(world.add(Door<0>{}, "b"));
}

TEST_CASE("the digest of a world tells its agents apart before anything has happened", "[kernel][world]") {
  auto const digest = [](char const* instance) {
    sim::World world(options);
    world.add(Door<0>{}, instance);
    world.start({});
    return world.digest();
  };
  REQUIRE(digest("a") == digest("a"));
  REQUIRE(digest("a") != digest("b"));
}
