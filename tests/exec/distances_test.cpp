// Who runs what, how far workers are from each other, and how full a calendar's windows are.
#include <catch2/catch.hpp>

#include "sim/exec/conservative/distances.hpp"
#include "sim/exec/conservative/window_calendar.hpp"
#include "tests/exec/gossip.hpp"

namespace {

using sim::Duration;
using sim::LpRanges;
using sim::Regions;

std::vector<std::uint32_t> borders(LpRanges const& ranges) {
  std::vector<std::uint32_t> all;
  for (unsigned worker = 0; worker < ranges.count(); ++worker) all.push_back(ranges.last(worker));
  return all;
}

Regions regions_at(std::vector<std::uint32_t> first) {
  Regions regions{.first = std::move(first), .lookahead = {}};
  for (std::size_t i = 0; i < regions.count() * regions.count(); ++i) regions.lookahead.push_back(Duration{10});
  return regions;
}

sim::World world_with(Regions const& regions, Duration lookahead) {
  sim::World world({.lookahead = lookahead});
  for (int i = 0; i < 100; ++i) world.add(gossip::Person{}, std::to_string(i));
  world.set_regions(regions);
  return world;
}

}  // namespace

TEST_CASE("every logical process has one owner, whose range holds it", "[exec][regions]") {
  for (std::uint32_t const lps : {0u, 1u, 3u, 100u}) {
    for (unsigned const workers : {1u, 2u, 7u, 200u}) {
      std::vector<LpRanges> all{LpRanges(lps, workers), LpRanges::all_on_first(lps, workers)};
      std::vector<std::uint64_t> loads(lps);
      for (std::uint32_t lp = 0; lp < lps; ++lp) loads[lp] = lp * lp;
      all.emplace_back(loads, workers);
      for (LpRanges const& ranges : all) {
        REQUIRE(ranges.count() == workers);
        for (std::uint32_t lp = 0; lp < lps; ++lp) {
          unsigned const owner = ranges.owner(lp);
          REQUIRE(ranges.first(owner) <= lp);
          REQUIRE(lp < ranges.last(owner));
        }
      }
    }
  }
}

TEST_CASE("ranges follow regions if none becomes much larger for it", "[exec][regions]") {
  auto const followed = [](unsigned workers, std::vector<std::uint32_t> first, std::vector<std::uint64_t> const& loads = {}) {
    LpRanges ranges(100, workers);
    ranges.follow(regions_at(std::move(first)), loads);
    return borders(ranges);
  };
  REQUIRE(followed(2, {0, 45}) == std::vector<std::uint32_t>{45, 100});
  REQUIRE(followed(2, {0, 30}) == std::vector<std::uint32_t>{50, 100});
  REQUIRE(followed(2, {0, 10, 55, 90}) == std::vector<std::uint32_t>{55, 100});
  REQUIRE(followed(3, {0, 45}) == borders(LpRanges(100, 3)));
  REQUIRE(followed(3, {0, 30, 50, 70}) == std::vector<std::uint32_t>{30, 70, 100});
  // Half of the load lies on the last ten.
  std::vector<std::uint64_t> loads(100, 1);
  std::fill(loads.begin() + 90, loads.end(), 9);
  LpRanges ranges(loads, 2);
  ranges.follow(regions_at({0, 50, 88}), loads);
  REQUIRE(borders(ranges) == std::vector<std::uint32_t>{88, 100});
}

TEST_CASE("distances count whole windows and are closed over paths", "[exec][regions]") {
  auto const d = [](std::int64_t ticks) { return Duration{ticks}; };
  Regions const regions{{0, 25, 50, 75}, {d(10), d(20), d(999), d(999),  //
                                          d(35), d(10), d(49), d(999),   //
                                          d(20), d(20), d(10), d(30),    //
                                          d(20), d(20), d(20), d(10)}};
  sim::World const world = world_with(regions, d(10));
  sim::Distances const four(world, LpRanges(100, 4), d(10));
  REQUIRE(four.least() == 2);
  REQUIRE(four.between(0, 1) == 2);
  REQUIRE(four.between(1, 0) == 3);
  REQUIRE(four.between(0, 2) == 2 + 4);
  REQUIRE(four.between(0, 3) == 2 + 4 + 3);
  REQUIRE(four.between(1, 3) == 4 + 3);
  // Two workers who share a region, and two of whom each has two.
  REQUIRE(sim::Distances(world, LpRanges(100, 3), d(10)).least() == 1);
  sim::Distances const two(world, LpRanges(100, 2), d(10));
  REQUIRE(two.between(0, 1) == 4);
  REQUIRE(two.between(1, 0) == 2);
  // Who has nothing is no worry to anybody.
  sim::Distances const idle(world, LpRanges::all_on_first(100, 2), d(10));
  REQUIRE(idle.least() == ~std::uint64_t{0});
  REQUIRE(sim::Distances(3).least() == 1);
}

TEST_CASE("a calendar counts the records of its windows, exactly where they are near", "[exec][regions]") {
  sim::WindowCalendar calendar;
  calendar.reset(sizeof(sim::EventHeader), sim::Time{100}, Duration{10});
  std::vector<std::uint64_t> const windows{0, 3, 3, 200, 255, 256, 300, 70'000};
  for (std::uint64_t const window : windows) {
    sim::EventHeader const event{.key = {calendar.start_of(window), 1}};
    calendar.insert(reinterpret_cast<std::byte const*>(&event));
  }
  REQUIRE(calendar.count(0, 1) == 1);
  REQUIRE(calendar.count(0, 4) == 3);
  REQUIRE(calendar.count(3, 200) == 2);
  REQUIRE(calendar.count(4, 256) == 2);
  REQUIRE(calendar.count(0, 257) == 7);  // 300 shares a slot with 256
  REQUIRE(calendar.count(256, 257) == 2);
  REQUIRE(calendar.count(0, ~std::uint64_t{0}) == windows.size());
}
