#include <catch2/catch.hpp>
#include <algorithm>
#include <cstring>
#include <map>

#include "sim/exec/executors.hpp"
#include "tests/exec/variants.hpp"
#include "tests/exec/gossip.hpp"

namespace {

using sim::Time;

struct Tick {};
struct Number {
  double value;
};

/// Draws once a second, fresh and marked, and records what it drew.
struct Dice {
  static constexpr std::string_view name = "dice";
  using Events = sim::EventList<Tick>;
  using Rows = sim::RowList<Number>;
  enum class Draw : std::uint8_t { fresh, other, count_ };
  struct State {};
  void init(State&, sim::Context<Dice>& context) const { context.schedule(sim::second, Tick{}); }
  void on(Tick const&, State&, sim::Context<Dice>& context) const {
    auto rng = context.rng(Draw::fresh);
    for (int i = 0; i < 6; ++i) context.observe(Number{rng.uniform()});
    context.observe(Number{context.rng(Draw::other).uniform()});
    context.observe(Number{context.rng(Draw::fresh, 99).uniform()});
    context.schedule(sim::second, Tick{});
  }
};

using Draws = std::map<std::string, std::vector<double>>;

Draws draws_of(std::vector<std::string> const& names, std::string const& executor_name = "sequential") {
  sim::World world({.stream = {.seed = 4}});
  for (auto const& name : names) world.add(Dice{}, name);
  gossip::RowLog log;
  auto const executor = variants::make(executor_name);
  executor->start(world, log, Time{});
  executor->run_until(Time{} + sim::second * 10);
  Draws draws;
  for (auto const& row : log.rows) {
    double value;
    std::memcpy(&value, row.bytes.data(), sizeof value);
    draws[world.name(row.key.lp)].push_back(value);
  }
  return draws;
}

}  // namespace

TEST_CASE("the order in which agents are added changes no draw", "[exec][crn]") {
  Draws const forward = draws_of({"a", "b", "c"});
  REQUIRE(forward.size() == 3);
  REQUIRE(forward.at("dice/a").size() == 72);
  REQUIRE(forward.at("dice/a") != forward.at("dice/b"));
  REQUIRE(draws_of({"c", "a", "b"}) == forward);
  REQUIRE(draws_of({"c", "a", "b"}, "rollback-check") == forward);
}

TEST_CASE("an added agent disturbs no draw of the others", "[exec][crn]") {
  Draws const without = draws_of({"a", "b", "c"});
  Draws with = draws_of({"new", "a", "b", "c"});
  REQUIRE(with.erase("dice/new") == 1);
  REQUIRE(with == without);
}

TEST_CASE("numbered draws never repeat, marks always do", "[exec][crn]") {
  std::vector<double> const draws = draws_of({"a"}).at("dice/a");
  std::vector<double> fresh;
  for (std::size_t at = 0; at < draws.size(); ++at) {
    if (at % 8 != 7) fresh.push_back(draws[at]);
    if (at % 8 == 7) REQUIRE(draws[at] == draws[7]);
  }
  std::sort(fresh.begin(), fresh.end());
  REQUIRE(std::adjacent_find(fresh.begin(), fresh.end()) == fresh.end());
  REQUIRE_FALSE(std::binary_search(fresh.begin(), fresh.end(), draws[7]));
}

TEST_CASE("an intervention without effect changes nothing but the digest of its receiver", "[exec][crn]") {
  for (auto const& name : variants::names()) {
    INFO(name);
    auto const run = [&](bool treated, std::uint64_t& digest_before) {
      auto world = std::make_unique<sim::World>(gossip::build({}));
      if (treated) {
        for (std::uint32_t key = 0; key < 5; ++key) {
          world->schedule_external(sim::LpRef<gossip::Person>{sim::LpId{3}}, Time{40 + key / 2}, key,
                                   gossip::Silence{});
        }
      }
      gossip::RowLog log;
      auto const executor = variants::make(name);
      executor->start(*world, log, Time{});
      executor->run_until(Time{40});
      digest_before = world->digest();
      executor->run_until(Time{90});
      return std::pair(std::move(world), std::move(log.rows));
    };
    std::uint64_t before_with = 0, before_without = 0;
    auto const [with, rows_with] = run(true, before_with);
    auto const [without, rows_without] = run(false, before_without);
    REQUIRE(before_with == before_without);
    REQUIRE(rows_with == rows_without);
    for (std::uint32_t lp = 0; lp < with->lp_count(); ++lp) {
      REQUIRE((with->digest(sim::LpId{lp}) == without->digest(sim::LpId{lp})) == (lp != 3));
    }
  }
}

TEST_CASE("ties between two senders are fair over replications and the same within one", "[exec][crn]") {
  // 4,096 replications: 1,536 to 2,560 wins are 16 standard deviations, p < 1e-50.
  auto const first_heard = [](std::uint32_t replication, std::string const& executor_name) {
    sim::World world = gossip::build({.people = 2, .replication = replication});
    gossip::RowLog log;
    auto const executor = variants::make(executor_name);
    executor->start(world, log, Time{});
    return static_cast<std::uint32_t>(log.rows.front().key.lp);
  };
  int wins = 0;
  for (std::uint32_t replication = 0; replication < 4096; ++replication) {
    std::uint32_t const winner = first_heard(replication, "sequential");
    wins += winner == 0;
    if (replication % 64 == 0) REQUIRE(first_heard(replication, "rollback-check") == winner);
  }
  REQUIRE(wins > 1536);
  REQUIRE(wins < 2560);
}
