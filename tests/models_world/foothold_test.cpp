// Footholds: the time in which spies are in control in the simulated world, against FlipIt; theft days without them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "models/decision/flip_rates.hpp"
#include "models/world/actor/foothold.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "tests/models_world/bench.hpp"
#include "tests/models_world/studies.hpp"
#include "tests/support/same_bits.hpp"

using namespace world;
using namespace world::test;

namespace {

constexpr double sd_of_999 = 3.29;  // half width of a 99.9 % interval

// Mean days in control of the first `days`: the renewal after each taking comes at a uniform time within a period.
double mean_days_in_control(Foothold const& foothold, double days) {
  double const period = 1 / foothold.renewals;
  auto const kept = [&](double length) { return length < period ? length - length * length / (2 * period) : period / 2; };
  if (foothold.retakes <= 0) return kept(days);
  double const whole = std::floor(days * foothold.retakes);
  return whole * kept(1 / foothold.retakes) + kept(days - whole / foothold.retakes);
}

struct Thefts {
  std::vector<double> days, dwell;  // of each campaign
  double long_days = 0, long_dwell = 0;

  bool agree_with(Foothold const& foothold) const {
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < days.size(); ++i) {
      double const residual = days[i] - mean_days_in_control(foothold, dwell[i]);
      sum += residual;
      squares += residual * residual;
    }
    return std::fabs(sum) < sd_of_999 * std::sqrt(squares);
  }
};

BenchOptions contested(double renewal_period, double retake_cost) {
  BenchOptions options;
  options.dyads = {silent_dyad(load_atlas(), "CHN", "JPN")};
  options.behaviours = {Behaviour::footholds};
  options.parameters.recurrence_probability = 0;
  options.parameters.renewal_period_days = renewal_period;
  options.parameters.retake_cost_days = retake_cost;
  options.parameters.respond_slope = 0;  // a growing nation would renew more and more often
  return options;
}

Thefts steal(double renewal_period, double retake_cost) {
  Thefts thefts;
  for (std::uint32_t replication = 0; replication < 50; ++replication) {
    BenchOptions options = contested(renewal_period, retake_cost);
    options.replication = replication;
    Bench bench(options);
    int const actor = actor_index(bench.atlas(), "CHN"), target = bench.nation("JPN");
    for (std::uint32_t i = 0; i < 25; ++i)
      bench.send(bench.shard(actor, target), 1 + i, IntrusionSet::Attempt{sure_operation(actor, target, Objective::short_espionage, i)});
    bench.census().listen<IntrusionSet, IntrusionSet::Theft>([&](sim::RowKey const&, IntrusionSet::Theft const& row) {
      if (row.nation != target || row.actor != actor) return;
      thefts.days.push_back(row.days);
      thefts.dwell.push_back(row.dwell_days);
      if (row.dwell_days < 10 * renewal_period) return;
      thefts.long_days += row.days;
      thefts.long_dwell += row.dwell_days;
    });
    bench.run(1800);
  }
  return thefts;
}

}  // namespace

TEST_CASE("the best rate of moves gains most, and stable rates are best against each other", "[world][footholds]") {
  using decision::FlipPlay;
  for (FlipPlay const play : {FlipPlay::periodic, FlipPlay::exponential})
    for (double const cost : {.3, 1., 4.})
      for (double const other : {.05, .2, .9, 3.}) {
        double const best = decision::best_flip_rate(play, cost, other);
        auto const benefit = [&](double rate) { return rate > 0 ? decision::flip_control(play, rate, other) - cost * rate : 0; };
        for (double rate = .01; rate < 8; rate *= 1.1) CHECK(benefit(rate) <= benefit(best) + 1e-12);
      }
  CHECK(decision::best_flip_rate(FlipPlay::periodic, 1, .125) == Approx(.25));
  CHECK(decision::best_flip_rate(FlipPlay::exponential, 1, 1. / 9) == Approx(2. / 9));
  CHECK(decision::best_flip_rate(FlipPlay::exponential, 2, 2. / 9) == Approx(1. / 9));
}

TEST_CASE("days in control add up to the share of FlipIt over whole rounds and all phases", "[world][footholds]") {
  for (Foothold const& foothold : {Foothold{.125, .25}, Foothold{.25, .125}, Foothold{1. / 90, 1. / 42}}) {
    double sum = 0;
    int const phases = 2000;
    for (int i = 0; i < phases; ++i) sum += foothold.days_in_control(50 / foothold.retakes, (i + .5) / phases);
    CHECK(sum / phases / (50 / foothold.retakes) == Approx(foothold.control()).epsilon(1e-3));
  }
  CHECK(Foothold{.1, 0}.days_in_control(100, .3) == Approx(3));
  CHECK(Foothold{.1, 0}.days_in_control(2, .3) == Approx(2));
}

TEST_CASE("nations that respond well renew more often, and spies lose more of their time", "[world][footholds]") {
  BenchOptions options = contested(90, 10);
  options.average_nations = false;
  options.parameters.respond_slope = .3;
  Bench bench(options);
  auto const at = [&](char const* nation) { return contest(bench.setting(), bench.nation(nation), 100); };
  double const difference = bench.setting().capability(bench.nation("USA"), Capability::respond, 100) -
                            bench.setting().capability(bench.nation("PRK"), Capability::respond, 100);
  REQUIRE(difference > 0);
  CHECK(at("USA").renewals / at("PRK").renewals == Approx(std::exp(.3 * difference)));
  CHECK(at("USA").control() < at("PRK").control());
}

TEST_CASE("spies are in control for the days that FlipIt gives against their best answer", "[world][footholds]") {
  for (auto const& [period, cost] : {std::pair{90., 10.}, std::pair{20., 5.}, std::pair{20., 30.}}) {
    auto const thefts = steal(period, cost);
    Bench bench(contested(period, cost));
    Foothold const foothold = contest(bench.setting(), bench.nation("JPN"), 100);
    CHECK(foothold.renewals == Approx(1 / period));
    CHECK(foothold.retakes == Approx(2 * cost < period ? std::sqrt(1 / (2 * cost * period)) : 0));
    INFO("period " << period << " cost " << cost);
    REQUIRE(thefts.days.size() > 1000);
    CHECK(thefts.agree_with(foothold));
    if (foothold.retakes > 0 && thefts.long_dwell > 0) CHECK(thefts.long_days / thefts.long_dwell == Approx(foothold.control()).epsilon(.05));
    // Twins: a spy who retakes less than is best, a defender who renews less.
    CHECK_FALSE(thefts.agree_with({foothold.renewals, .8 * foothold.retakes + (foothold.retakes > 0 ? 0 : .02)}));
    CHECK_FALSE(thefts.agree_with({.8 * foothold.renewals, foothold.retakes}));
  }
}

TEST_CASE("without footholds theft days are the dwell of espionage, with them fewer, and nothing else moves", "[world][footholds][record]") {
  StudyOptions options;
  options.constants = {{"recurrence_probability", 0}};
  auto const plain = make_study(options);
  options.behaviours = {"footholds"};
  auto const contested_study = make_study(options);
  auto const& schema = plain.scenario->schema();
  auto const off = run_all(plain), on = run_all(contested_study);
  std::size_t japan = 0;
  while (schema.nations[japan] != "JPN") ++japan;
  std::size_t const columns = schema.incident_columns.size();
  double all_off = 0, all_on = 0;
  for (std::size_t i = 0; i < off.size(); ++i) {
    double dwell = 0;
    for (std::size_t at = 0; at < off[i].incidents.size(); at += columns) {
      double const objective = off[i].incidents[at + 3];
      if (objective == 1 || objective == 2) dwell += off[i].incidents[at + 8];
    }
    CHECK(response(schema, off[i], "theft_days", japan) == Approx(dwell));
    CHECK(off[i].digest == on[i].digest);
    CHECK(support::same_bits(off[i].incidents, on[i].incidents));
    all_off += total(schema, off[i], "theft_days");
    all_on += total(schema, on[i], "theft_days");
  }
  CHECK(all_on > .3 * all_off);
  CHECK(all_on < .95 * all_off);
}
