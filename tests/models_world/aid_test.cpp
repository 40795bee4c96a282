// Pooled response capacity: who waits too long gets a partner's idle server, within what the pool holds, and gives it back.
#include <catch2/catch.hpp>

#include "models/world/nation/response_team.hpp"
#include "models/world/organisation/organisation.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

using Team = ResponseTeam;

struct Seen {
  int aided = 0, started = 0, contained = 0;
  double longest_wait = 0;
  std::int64_t busy = 0, lent = 0;  // at the end, everywhere
  std::vector<int> lenders;
};

// `cases` reach a nation's team at once on day 10; all other teams are idle.
Seen overload(BenchOptions options, char const* nation, int cases, double until = 1800) {
  Bench bench(options);
  for (int i = 0; i < cases; ++i)
    bench.send(bench.directory().teams[static_cast<std::size_t>(bench.nation(nation))], 10,
               Team::Case{1000 + static_cast<std::uint64_t>(i), 10, 3, 0, 0, 1});
  Seen seen;
  bench.census().listen<Team, Team::Aided>([&](sim::RowKey const&, Team::Aided const& row) {
    ++seen.aided;
    seen.lenders.push_back(row.lender);
  });
  bench.census().listen<Team, Team::Started>([&](sim::RowKey const&, Team::Started const& row) {
    ++seen.started;
    seen.longest_wait = std::max(seen.longest_wait, row.wait_days);
  });
  bench.census().listen<Team, Team::Contained>([&](sim::RowKey const&, Team::Contained const&) { ++seen.contained; });
  bench.run(until);
  for (auto const team : bench.directory().teams) seen.busy += bench.state(team).busy;
  for (auto const organisation : bench.directory().organisations) seen.lent += bench.state(organisation).lent;
  return seen;
}

BenchOptions pooled(double share) {
  BenchOptions options;
  options.mechanisms = {Mechanism::pooling};
  options.parameters.pool_share = share;
  return options;
}

}  // namespace

TEST_CASE("who waits over two days is lent idle servers, which all come back", "[world][aid][M4]") {
  Seen const alone = overload(pooled(0), "EST", 8), helped = overload(pooled(.9), "EST", 8);
  CHECK(alone.aided == 0);
  CHECK(helped.aided > 0);
  CHECK(helped.longest_wait < alone.longest_wait);
  for (Seen const& each : {alone, helped}) {
    CHECK(each.started == 8);
    CHECK(each.contained == 8);
    CHECK(each.busy == 0);
    CHECK(each.lent == 0);
  }
  Atlas const atlas = load_atlas();
  for (int const lender : helped.lenders) CHECK(lender != atlas.nation("EST"));
}

TEST_CASE("the pool lends no more than its share, and nobody is asked before two days", "[world][aid][M4]") {
  CHECK(overload(pooled(.9), "EST", 8, 11.9).aided == 0);
  // A pool of less than one server lends none.
  CHECK(overload(pooled(1e-6), "EST", 8).aided == 0);
  Seen const little = overload(pooled(.2), "EST", 8, 20), much = overload(pooled(1), "EST", 8, 20);
  CHECK(little.lent <= little.aided);
  CHECK(little.aided <= much.aided);
}

TEST_CASE("an idle team, a nation without partners, and the switch: no aid, and off changes no bit", "[world][aid][M4]") {
  CHECK(overload(pooled(.9), "EST", 1).aided == 0);
  BenchOptions off = pooled(.9);
  off.mechanisms = {};
  Seen const switched_off = overload(off, "EST", 8), null = overload(pooled(0), "EST", 8);
  CHECK(switched_off.aided == 0);
  CHECK(switched_off.longest_wait == null.longest_wait);
  // CCDCOE is not operational: its members have no pool through it.
  Atlas const atlas = load_atlas();
  auto const& centre = atlas.organisations[static_cast<std::size_t>(atlas.organisation("CCDCOE"))];
  for (auto const& flag : centre.weight) CHECK(flag[static_cast<std::size_t>(Mechanism::pooling)] == 0);
}

TEST_CASE("the pool of the EU begins in 2018", "[world][aid][M4]") {
  BenchOptions options = pooled(.9);
  options.start = {2016, 1, 1};
  Bench bench(options);
  int const eu = bench.atlas().organisation("EU"), estonia = bench.nation("EST");
  auto const dose = [&](double day) {
    return bench.setting().doses.at_organisation(Mechanism::pooling, estonia, eu, controlled_relations(bench.setting()), day);
  };
  CHECK(dose(500) == 0);
  CHECK(dose(1000) > .1);
}
