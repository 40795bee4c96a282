// A relay that becomes known to the actor: its tool is given up, what it has opened is harder to find for a while.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/organisation/organisation.hpp"
#include "tests/models_world/bench.hpp"
#include "tests/models_world/studies.hpp"

using namespace world;
using namespace world::test;

namespace {

constexpr double leak_day = 30, low_days = 90;

// Tools found by `sender` and relayed by the EU; how many of them the actor heard of.
int leaks_of(char const* sender, double probability, std::vector<Mechanism> mechanisms, int tools) {
  BenchOptions options;
  options.mechanisms = std::move(mechanisms);
  options.parameters.leak_probability = probability;
  Bench bench(options);
  auto const eu = bench.directory().organisations[static_cast<std::size_t>(bench.atlas().organisation("EU"))];
  for (int i = 0; i < tools; ++i)
    bench.send(eu, 1 + .001 * i, Organisation::Indicator{bench.nation(sender), 0, static_cast<std::uint32_t>(1 + i), 1});
  int leaks = 0;
  bench.census().listen<Arsenal, Arsenal::Leak>([&](sim::RowKey const&, Arsenal::Leak const&) { ++leaks; });
  bench.run(3);
  return leaks;
}

BenchOptions one_dyad(char const* actor, sim::Date start = {2020, 1, 1}, sim::Date end = {2025, 1, 1}) {
  BenchOptions options;
  options.dyads = {silent_dyad(load_atlas(), actor, "JPN")};
  options.start = start, options.end = end;
  return options;
}

constexpr std::uint32_t spies_tool = static_cast<std::uint32_t>(ToolKind::known_flaw) << tool_kind_shift | 7, other_tool = spies_tool + 1;

// Spies, half of them with the tool, all in on day 1; day of discovery by incident. `leaked` becomes known on day `leak_at`.
std::map<std::uint64_t, double> found_spies(std::uint32_t leaked, double leak_at, double absorbed_at, int cause_counted = -1) {
  std::map<std::uint64_t, double> found;
  for (std::uint32_t replication = 0; replication < 20; ++replication) {
    BenchOptions options = one_dyad("RUS", {2010, 1, 1}, {2011, 1, 1});
    options.replication = replication;
    options.parameters.hunt_probability = 1;
    options.parameters.detect_slope = 0;  // one hazard all year long
    options.parameters.recurrence_probability = 0;
    Bench bench(options);
    int const actor = actor_index(bench.atlas(), "RUS"), target = bench.nation("JPN");
    auto const shard = bench.shard(actor, target);
    for (std::uint32_t i = 0; i < 30; ++i) {
      Operation operation = sure_operation(actor, target, Objective::short_espionage, i + 1);
      operation.tool = i % 2 == 0 ? spies_tool : 0;
      bench.send(shard, 1, IntrusionSet::Attempt{operation});
    }
    if (leak_at > 0) bench.send(shard, leak_at, IntrusionSet::Retooled{leaked});
    if (absorbed_at > 0) bench.send(shard, absorbed_at, IntrusionSet::Absorbed{target, spies_tool, static_cast<float>(absorbed_at), 0});
    bench.census().listen<IntrusionSet, IntrusionSet::Discovery>([&](sim::RowKey const&, IntrusionSet::Discovery const& row) {
      if (cause_counted < 0 || row.cause == cause_counted) found[std::uint64_t{replication} << 56 | row.incident] = 1 + row.dwell_days;
    });
    bench.run(364);
  }
  return found;
}

// The tool that a campaign through a flaw gets when it asks on `day`; `leaked` (0: none) became known on `leaked_on`.
std::uint32_t tool_on(double day, double leaked_on, std::uint32_t leaked, Vector vector = Vector::known_flaw) {
  BenchOptions options = one_dyad("RUS");
  options.parameters.survival_prior = .99;  // any exploit is worth using at almost any stakes
  options.parameters.opportunity_rate = .1;
  options.parameters.discount_rate = 2;
  Bench bench(options);
  int const actor = actor_index(bench.atlas(), "RUS"), target = bench.nation("JPN");
  auto const arsenal = bench.directory().arsenals[static_cast<std::size_t>(actor * platform_count)];
  auto const ask = [&](double at, std::uint32_t number) {
    Operation operation = sure_operation(actor, target, Objective::long_espionage, number);
    operation.vector = static_cast<std::uint8_t>(vector);
    operation.access_mark = -1;  // whatever is patched
    bench.send(arsenal, at, Arsenal::Request{operation, .01});
  };
  ask(leaked_on - .5, 1);  // the tool of the time is at hand
  if (leaked != 0) bench.send(arsenal, leaked_on, Arsenal::Leaked{leaked});
  ask(day, 2);
  bench.run(day + 1);
  std::uint32_t tool = 0;
  auto const& open = bench.state(bench.shard(actor, target)).open;
  for (auto it = open.begin(); it != open.end(); ++it)
    if (it->incident == incident_id(actor, target, false, 2)) tool = it->tool;
  return tool;
}

}  // namespace

TEST_CASE("a relay leaks with 1 less the product over its receivers of 1 - eps, and only while M2 acts", "[world][sharing][leak][M2]") {
  int const tools = 400;
  CHECK(leaks_of("FRA", 1, {Mechanism::sharing}, tools) == tools);
  CHECK(leaks_of("FRA", 1, {}, tools) == 0);
  CHECK(leaks_of("FRA", 0, {Mechanism::sharing}, tools) == 0);
  CHECK(leaks_of("JPN", 1, {Mechanism::sharing}, tools) == 0);  // the EU relays nothing for Japan
  // Each of the other members receives with probability .6 and leaks with eps = .02.
  Atlas const atlas = load_atlas();
  int members = 0;
  for (FlagRecord const& flag : atlas.flags)
    members += flag.organisation == atlas.organisation("EU") && flag.from < sim::to_time({2019, 1, 1}) && flag.to > sim::to_time({2020, 6, 1}) ? 1 : 0;
  double const chance = 1 - std::pow(1 - .6 * .02, members - 1);
  CHECK(leaks_of("FRA", .02, {Mechanism::sharing}, tools) == Approx(tools * chance).margin(6.1 * std::sqrt(tools * chance * (1 - chance))));
}

TEST_CASE("leaks draw nothing where nothing is relayed", "[world][leak][M2]") {
  auto const digest = [](std::vector<std::string> mechanisms, double share, double leak) {
    StudyOptions options;
    options.mechanisms = std::move(mechanisms);
    options.constants = {{"M2.share_probability", share}, {"M2.leak_probability", leak}};
    options.futures = 1;
    return run_all(make_study(options)).front().digest;
  };
  CHECK(digest({}, 1, 1) == digest({}, 1, 0));
  CHECK(digest({"M2"}, 0, 1) == digest({"M2"}, 0, 0));
  CHECK(digest({"M2"}, 1, 1) != digest({"M2"}, 1, 0));
}

TEST_CASE("after a leak an intrusion's hazard is 0.7 of what it was for 90 days, then as before", "[world][detection][leak]") {
  auto const before = found_spies(spies_tool, 0, 0), after = found_spies(spies_tool, leak_day, 0);
  REQUIRE(before.size() > 60);
  int moved = 0, slowed = 0, resumed = 0;
  for (auto const& [incident, day] : before) {
    bool const has_tool = (incident & 0x7fffffff) % 2 == 0;  // numbers count from 1 in ids
    double expected = day;
    if (has_tool && day > leak_day) {
      // The mark that is left on the day of the leak, in days of the full hazard, is used up at 0.7, then at 1.
      double const left = day - leak_day;
      expected = left < .7 * low_days ? leak_day + left / .7 : leak_day + low_days + left - .7 * low_days;
      ++moved;
      (left < .7 * low_days ? slowed : resumed) += 1;
    }
    if (expected > 363) continue;  // beyond the bench's end
    INFO("found on day " << day << " without the leak");
    REQUIRE(after.count(incident) == 1);
    CHECK(after.at(incident) == Approx(expected).margin(.02));
  }
  CHECK(moved > 30);
  CHECK(slowed > 5);
  CHECK(resumed > 5);
}

TEST_CASE("no hunt finds an intrusion whose tool has leaked, not even one that is under way", "[world][sharing][leak][M2]") {
  int const by_indicator = static_cast<int>(Cause::indicator);
  CHECK(found_spies(spies_tool, 0, 40, by_indicator).size() > 200);
  CHECK(found_spies(spies_tool, 30, 40, by_indicator).empty());
  // Those hunts that took no longer than the leak have found theirs: 15 a world, Exp(14 d).
  auto const under_way = found_spies(spies_tool, 40, 30, by_indicator);
  double const share = 1 - std::exp(-10 / 14.), trials = 20 * 15;
  CHECK(static_cast<double>(under_way.size()) < share * trials + 6.1 * std::sqrt(trials * share * (1 - share)));
  CHECK(under_way.size() > 100);
  for (auto const& [incident, day] : under_way) CHECK(day < 40);
  // Another tool's leak changes nothing.
  CHECK((found_spies(other_tool, 30, 0) == found_spies(other_tool, 0, 0)));
}

TEST_CASE("a leaked tool for known flaws is replaced at once and until its time is over", "[world][leak]") {
  std::uint32_t const tool = tool_on(2, 1, 0);
  REQUIRE(kind_of(tool) == ToolKind::known_flaw);
  std::uint32_t const next = tool_on(2, 1, tool);
  CHECK(next != tool);
  CHECK(kind_of(next) == ToolKind::known_flaw);
  // Whatever leaks, a dyad's part depends on the date alone, and so does the tool of a later time.
  for (std::size_t parts : {2, 3, 7}) CHECK(part_of_tool(tool, 1, parts) == part_of_tool(next, 1, parts));
  double const later = 1700;
  CHECK(tool_on(later, 1, tool) == tool_on(later, 1, 0));
  CHECK(tool_on(later, 1, 0) != tool);
  CHECK(tool_on(2, 1, tool + 1) == tool);  // another tool's leak
}

TEST_CASE("a leaked zero-day is lost", "[world][leak]") {
  std::uint32_t const tool = tool_on(2, 1, 0, Vector::zero_day);
  REQUIRE(tool != 0);
  REQUIRE(kind_of(tool) == ToolKind::zero_day);
  std::uint32_t const next = tool_on(2, 1, tool, Vector::zero_day);
  CHECK(next != tool);
}
