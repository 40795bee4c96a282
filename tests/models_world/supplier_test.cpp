// Campaigns through a compromised supplier: one product for many targets, so that whoever finds it can tell the others.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "sim/exec/executors.hpp"
#include "sim/rng/stream_id.hpp"
#include "tests/models_world/bench.hpp"
#include "tests/models_world/studies.hpp"

using namespace world;
using namespace world::test;

namespace {

// Campaigns of one actor on its way through suppliers, on a bench.
class Supply {
 public:
  explicit Supply(BenchOptions options = {}, char const* actor = "RUS") : bench_(with_dyads(std::move(options), actor)), actor_(actor_index(bench_.atlas(), actor)) {}
  Bench& bench() { return bench_; }
  sim::LpRef<Arsenal> arsenal(int platform = 0) { return bench_.directory().arsenals[static_cast<std::size_t>(actor_ * platform_count + platform)]; }
  sim::LpRef<IntrusionSet> shard(char const* nation) { return bench_.shard(actor_, bench_.nation(nation)); }
  void ask(char const* nation, std::uint32_t number, double day, int platform = 0) {
    Operation operation = sure_operation(actor_, bench_.nation(nation), Objective::long_espionage, number);
    operation.vector = static_cast<std::uint8_t>(Vector::supply_chain);
    operation.platform = static_cast<std::uint8_t>(platform);
    bench_.send(arsenal(platform), day, Arsenal::Request{operation, .01});
  }
  /// Discovery of a campaign by the target itself.
  void find(char const* nation, std::uint32_t number, double day) {
    bench_.send(shard(nation), day, IntrusionSet::Detection{incident(nation, number), 0, static_cast<std::int32_t>(Cause::own)});
  }
  std::uint64_t incident(char const* nation, std::uint32_t number) const { return incident_id(actor_, bench_.nation(nation), false, number); }
  /// Tool of an open campaign; 0 if it has none.
  std::uint32_t tool(char const* nation, std::uint32_t number) {
    auto const& open = bench_.state(shard(nation)).open;
    for (auto it = open.begin(); it != open.end(); ++it)
      if (it->incident == incident(nation, number)) return it->tool;
    FAIL("campaign " << number << " against " << nation << " is not open");
    return 0;
  }

 private:
  static BenchOptions with_dyads(BenchOptions options, char const* actor) {
    Atlas const atlas = load_atlas();
    options.dyads = {silent_dyad(atlas, actor, "FRA"), silent_dyad(atlas, actor, "DEU"), silent_dyad(atlas, actor, "JPN")};
    options.start = {2010, 1, 1}, options.end = {2014, 1, 1};  // when hardly anything was found within weeks
    return options;
  }
  Bench bench_;
  int actor_;
};

std::uint32_t tool_at(double day, std::vector<double> const& found_on, std::uint32_t found, std::uint32_t replication = 0) {
  BenchOptions options;
  options.replication = replication;
  Supply supply(options);
  supply.ask("FRA", 1, .5);
  for (double const at : found_on) supply.bench().send(supply.arsenal(), at, Arsenal::Burned{found, 3});
  supply.ask("JPN", 2, day);
  supply.bench().run(day + .1);
  return supply.tool("JPN", 2);
}

double disclosure_days(std::uint32_t tool) {
  return sim::RngStream({99, 0, 0, 0}, sim::stream_id("arsenal/RUS/0"), sim::mark_purpose | static_cast<std::uint32_t>(Arsenal::Draw::disclosure), tool).lognormal(20, .8);
}

// How many of Germany's and Japan's campaigns hunts have found after France found its own through the same supplier, or another.
struct Hunted { int germany = 0, japan = 0; };
Hunted hunted(bool sharing, int platform_of_others, double leak_probability = 0) {
  Hunted hunted;
  for (std::uint32_t replication = 0; replication < 20; ++replication) {
    BenchOptions options;
    options.replication = replication;
    if (sharing) options.mechanisms = {Mechanism::sharing};
    options.parameters.share_probability = 1;
    options.parameters.hunt_probability = 1;
    options.parameters.relay_delay_days = .1;
    options.parameters.leak_probability = leak_probability;
    Supply supply(options);
    supply.ask("FRA", 1, 1);
    for (std::uint32_t i = 0; i < 4; ++i) {
      supply.ask("DEU", 10 + i, 1.1 + .1 * i, platform_of_others);
      supply.ask("JPN", 20 + i, 1.1 + .1 * i, platform_of_others);
    }
    supply.find("FRA", 1, 2);
    supply.bench().census().listen<IntrusionSet, IntrusionSet::Discovery>([&](sim::RowKey const&, IntrusionSet::Discovery const& row) {
      if (row.cause != static_cast<int>(Cause::indicator)) return;
      hunted.germany += row.nation == supply.bench().nation("DEU");
      hunted.japan += row.nation == supply.bench().nation("JPN");
    });
    supply.bench().run(200);
  }
  return hunted;
}

}  // namespace

TEST_CASE("campaigns of one actor on one platform at one time come through the same supplier", "[world][supplier]") {
  Supply supply;
  supply.ask("FRA", 1, 1);
  supply.ask("DEU", 2, 2);
  supply.ask("DEU", 3, 2, 1);
  supply.bench().run(3);
  std::uint32_t const tool = supply.tool("FRA", 1);
  CHECK(kind_of(tool) == ToolKind::supplier);
  CHECK(platform_of(tool) == 0);
  CHECK(supply.tool("DEU", 2) == tool);
  CHECK(supply.tool("DEU", 3) != tool);
  CHECK(platform_of(supply.tool("DEU", 3)) == 1);
  CHECK(tool_at(2, {}, 0) == tool);
  CHECK(tool_at(1300, {}, 0) != tool);
}

TEST_CASE("all states' campaigns through suppliers have a product to share, criminals, who are many, have none", "[world][supplier]") {
  StudyOptions options;
  options.start = "2012-01-01", options.record_from = "2013-01-01", options.end = "2015-01-01";
  auto const study = make_study(options);
  auto const replication = history_of(study, 0);
  int states = 0, criminals = 0;
  for_each_agent<IntrusionSet>(replication->world(), [&](IntrusionSet const& agent, IntrusionSet::State const& state) {
    Setting const& setting = *agent.directory->setting;
    bool const criminal = setting.shards[static_cast<std::size_t>(agent.plan)].actor == setting.criminals;
    for (auto const& intrusion : state.open) {
      if (static_cast<Vector>(intrusion.vector) != Vector::supply_chain || recurrences(intrusion.incident) > 0) continue;
      CHECK((intrusion.tool != 0) == !criminal);
      if (!criminal) CHECK(kind_of(intrusion.tool) == ToolKind::supplier);
      (criminal ? criminals : states) += 1;
    }
  });
  CHECK(states > 10);
  CHECK(criminals > 10);
}

TEST_CASE("a supplier found at one member is hunted for at the others, and nowhere else", "[world][supplier][sharing][M2]") {
  Hunted const same = hunted(true, 0);
  // The doses of NATO (.5) and the EU (.6), each with the chance .62 of acting on what is received: one of two relays is enough.
  double const reached = 1 - (1 - .5 * .6225) * (1 - .6 * .6225), worlds = 20;
  CHECK(same.germany > 4 * (worlds * reached - 4 * std::sqrt(worlds * reached * (1 - reached))));
  CHECK(same.germany > 0);
  CHECK(same.japan == 0);
  CHECK(hunted(true, 1).germany == 0);
  CHECK(hunted(false, 0).germany == 0);
  // Where every relay leaks, the actor has changed its traces before anyone looks for them.
  CHECK(hunted(true, 0, 1).germany == 0);
}

TEST_CASE("an actor leaves its supplier when the first discovery is disclosed, not before and not for a later one", "[world][supplier]") {
  std::uint32_t const tool = tool_at(1, {}, 0);
  double const until = 2 + disclosure_days(tool);
  REQUIRE(tool_at(until + 1, {}, 0) == tool);  // its own time is longer
  CHECK(tool_at(until - .1, {2}, tool) == tool);
  std::uint32_t const next = tool_at(until + .1, {2}, tool);
  CHECK(next != tool);
  CHECK(kind_of(next) == ToolKind::supplier);
  // Later discoveries do not put it off, nor hurry the next; what is no longer used cannot be lost.
  CHECK(tool_at(until + .1, {2, 2.5, until - .2}, tool) == next);
  CHECK(tool_at(until + .1, {until - .2}, tool) == tool);
  CHECK(tool_at(2, {1.5}, tool + 1) == tool);
}

TEST_CASE("a disclosure moves no later supplier's time, and no part of a dyad depends on it", "[world][supplier]") {
  std::uint32_t const tool = tool_at(1, {}, 0);
  for (double const later : {400., 800., 1200.}) CHECK(tool_at(later, {2}, tool) == tool_at(later, {}, 0));
  CHECK(tool_at(1200, {}, 0) != tool);
  std::uint32_t const next = tool_at(2 + disclosure_days(tool) + .1, {2}, tool);
  for (std::size_t parts : {2, 3, 7}) CHECK(part_of_tool(tool, 5, parts) == part_of_tool(next, 6, parts));  // and one indicator is enough for it
}

TEST_CASE("suppliers last the lognormal time of their parameter", "[world][supplier]") {
  int longer = 0, suppliers = 0;
  for (std::uint32_t replication = 0; replication < 200; ++replication) {
    // The first supplier of each platform's line is used from the start on.
    BenchOptions options;
    options.replication = replication;
    Supply supply(options);
    for (int platform = 0; platform < platform_count; ++platform) supply.ask("FRA", static_cast<std::uint32_t>(platform), 1, platform);
    supply.bench().run(2);
    for (int platform = 0; platform < platform_count; ++platform, ++suppliers)
      longer += supply.bench().state(supply.arsenal(platform)).supplier.until_day > 120 ? 1 : 0;
  }
  CHECK(std::abs(longer - suppliers / 2.) < 6.1 * std::sqrt(suppliers / 4.));
}

TEST_CASE("what a nation has absorbed of one kind of tool does not displace another kind", "[world][supplier][sharing][M2]") {
  BenchOptions options;
  options.parameters.patch_loss = 1;
  options.parameters.indicator_half_life_days = 365;
  Supply supply(options);
  auto const tool = [](ToolKind kind, std::uint32_t number) { return static_cast<std::uint32_t>(kind) << tool_kind_shift | number; };
  std::uint32_t const tools[] = {tool(ToolKind::known_flaw, 1), tool(ToolKind::supplier, 1), tool(ToolKind::zero_day, 1)};
  for (std::uint32_t k = 0; k < 3; ++k) {
    supply.bench().send(supply.shard("JPN"), 1 + k, IntrusionSet::Absorbed{supply.bench().nation("JPN"), tools[k], static_cast<float>(1 + k), 0});
    for (std::uint32_t i = 0; i < 2; ++i) {
      Operation operation = sure_operation(actor_index(supply.bench().atlas(), "RUS"), supply.bench().nation("JPN"), Objective::long_espionage, 2 * k + i);
      operation.tool = tools[k] + i;  // the one that was absorbed, and the next of its kind
      operation.access_mark = .9;
      supply.bench().send(supply.shard("JPN"), 5, IntrusionSet::Attempt{operation});
    }
  }
  supply.bench().run(6);
  auto const& open = supply.bench().state(supply.shard("JPN")).open;
  CHECK(open.size() == 3);
  for (auto it = open.begin(); it != open.end(); ++it) CHECK((it->tool & 0xff) == 2);
}
