// Public trust: falls with effects, recovers with time and answers, and falls less where M7 is on.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "models/world/nation/information_environment.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

using Environment = InformationEnvironment;

sim::LpRef<Environment> environment(Bench& bench, char const* nation) {
  return bench.directory().environments[static_cast<std::size_t>(bench.nation(nation))];
}

struct Seen {
  double day, deficit;
  int operation;
};

// Trust of Japan after shocks of that severity on day 10, 10 + `apart`, ...
std::vector<Seen> after_shocks(BenchOptions const& options, int count, double apart, std::uint64_t severity, char const* joins = nullptr) {
  Bench bench(options);
  if (joins != nullptr)
    bench.send(bench.directory().nations[static_cast<std::size_t>(bench.nation("JPN"))], 1,
               Nation::Lever{bench.atlas().organisation(joins), static_cast<std::int32_t>(Flag::exercise), 1});
  for (int i = 0; i < count; ++i)
    bench.send(environment(bench, "JPN"), 10 + i * apart, Environment::Shock{77 + static_cast<std::uint64_t>(i), severity});
  std::vector<Seen> seen;
  bench.census().listen<Environment, Environment::Trust>([&](sim::RowKey const& key, Environment::Trust const& row) {
    seen.push_back({bench.setting().day(key.event.time), row.deficit, row.operation});
  });
  bench.run(1500);
  return seen;
}

BenchOptions options_with(double drop, double amplification, double answer_share) {
  BenchOptions options;
  options.parameters.trust_drop_per_severity = drop;
  options.parameters.operation_amplification = amplification;
  options.parameters.counter_message_share = answer_share;
  options.parameters.trust_recovery_days = 100;
  return options;
}

}  // namespace

TEST_CASE("an effect lowers trust by its severity above 1, an information operation amplifies it", "[world][trust]") {
  Parameters parameters;
  parameters.trust_drop_per_severity = .1;
  parameters.operation_amplification = .5;
  CHECK(trust_drop(parameters, 0, true) == 0);
  CHECK(trust_drop(parameters, 1, true) == 0);
  CHECK(trust_drop(parameters, 4, false) == Approx(.3));
  CHECK(trust_drop(parameters, 4, true) == Approx(.45));
  // 29 % of shocks carry an operation; 4 standard deviations of a binomial count.
  int const shocks = 400;
  int operations = 0;
  for (Seen const& one : after_shocks(options_with(.1, .5, 0), shocks, 3, 4)) operations += one.operation == 1;
  CHECK(std::abs(operations - .29 * shocks) < 4 * std::sqrt(.29 * .71 * shocks));
}

TEST_CASE("lost trust comes back exponentially, and an answer wins back its share of the rest", "[world][trust]") {
  auto const seen = after_shocks(options_with(.1, 0, .4), 1, 0, 5);
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].deficit == Approx(.4).epsilon(1e-12));
  CHECK(seen[1].operation == -1);
  double const rest = .4 * std::exp(-(seen[1].day - seen[0].day) / 100);
  CHECK(seen[1].deficit == Approx(rest * .6).epsilon(1e-9));
  // Two shocks far enough apart to be answered: the second finds what is left of the first.
  auto const twice = after_shocks(options_with(.1, 0, .4), 2, 90, 5);
  REQUIRE(twice.size() == 4);
  CHECK(twice[2].deficit == Approx(.4 + twice[1].deficit * std::exp(-(twice[2].day - twice[1].day) / 100)).epsilon(1e-9));
}

TEST_CASE("a crisis brings an information operation of its own to the nation in question, and none without crises", "[world][trust][crises]") {
  for (bool const on : {true, false}) {
    BenchOptions options = options_with(.1, .5, 0);
    options.start = {2012, 1, 1}, options.end = {2019, 1, 1};
    if (on) options.behaviours = {Behaviour::crises};
    Bench bench(options);
    std::map<int, std::vector<double>> pulses;  // days per nation
    bench.census().listen<Environment, Environment::Trust>([&](sim::RowKey const& key, Environment::Trust const& row) {
      if (row.operation == 1) pulses[row.nation].push_back(bench.setting().day(key.event.time));
      if (row.operation == 1 && pulses[row.nation].size() == 1) CHECK(row.deficit == Approx(operation_drop(bench.setting().parameters)));
    });
    bench.run(2550);
    std::map<int, std::vector<double>> expected;
    for (CrisisRecord const& crisis : bench.atlas().crises)
      if (on && crisis.day > bench.setting().start) expected[crisis.target].push_back(sim::in_days(crisis.day - bench.setting().start));
    REQUIRE(pulses.size() == expected.size());
    CHECK(pulses.empty() == !on);
    for (auto& [nation, days] : expected) {
      std::sort(days.begin(), days.end());
      REQUIRE(pulses[nation].size() == days.size());
      for (std::size_t i = 0; i < days.size(); ++i) CHECK(pulses[nation][i] == Approx(days[i]).margin(1e-3));
    }
  }
  Parameters parameters;
  parameters.trust_drop_per_severity = .1, parameters.operation_amplification = .5;
  CHECK(operation_drop(parameters) == Approx(.05));
}

TEST_CASE("M7 makes trust fall less by ratio to the power of the dose, and off changes no bit", "[world][trust][M7]") {
  BenchOptions options = options_with(.1, .5, .4);
  Atlas const atlas = load_atlas();
  options.controlled = {{static_cast<std::int16_t>(atlas.nation("JPN")), static_cast<std::int16_t>(atlas.organisation("CCDCOE")), {}}};
  options.parameters.information_ratio = .8;
  double const off = after_shocks(options, 1, 0, 5, "CCDCOE").front().deficit;
  CHECK(off == after_shocks(options, 1, 0, 5).front().deficit);
  options.mechanisms = {Mechanism::information};
  double const outside = after_shocks(options, 1, 0, 5).front().deficit, inside = after_shocks(options, 1, 0, 5, "CCDCOE").front().deficit;
  // Exercises at CCDCOE weigh .5 for M7, on top of Japan's other organisations.
  Bench bench(options);
  double const others = bench.setting().doses.nation(Mechanism::information, bench.nation("JPN"), controlled_relations(bench.setting()), 10);
  CHECK(inside / outside == Approx(std::pow(.8, (1 - others) * .5)).epsilon(1e-9));
  CHECK(inside < outside);
}
