// What the adversary makes of the world: crises, doors that partners open, tools that are as good as lost, disguises.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/actor/partner_path.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

sim::ReplicationStream const stream{5, 3, 0, 0};

}  // namespace

TEST_CASE("a crisis multiplies the rate of its dyad alone, decays, and keeps the mean of the record's window", "[world][crises]") {
  Atlas const atlas = load_atlas();
  sim::Time const start = sim::to_time({2007, 1, 1});
  Crises const crises(atlas, 90, start, stream);
  int const russia = actor_index(atlas, "RUS"), china = actor_index(atlas, "CHN"), ukraine = atlas.nation("UKR");
  double const day = sim::in_days(sim::to_time({2014, 2, 27}) - start);
  double const before = crises.step(russia, ukraine, day - 1).factor, after = crises.step(russia, ukraine, day).factor;
  CHECK(before < 1);
  CHECK(after / before > std::exp(.5 * .9));
  CHECK(after / before < std::exp(1.5));
  CHECK(crises.step(russia, ukraine, day - 1).end == Approx(day));
  double const later = crises.step(russia, ukraine, day + 90).factor;
  CHECK(std::log(later / before) == Approx(std::log(after / before) / 2).margin(.02));  // a half-life
  CHECK(crises.step(china, ukraine, day).factor == 1);
  CHECK(Crises{}.step(russia, ukraine, day).factor == 1);
  double sum = 0, at = 0, end = sim::in_days(sim::to_time({2017, 1, 1}) - start);
  while (at < end) {
    auto const step = crises.step(russia, ukraine, at);
    REQUIRE(step.end > at);
    sum += step.factor * (std::min(step.end, end) - at);
    at = step.end;
  }
  CHECK(sum / end == Approx(1).epsilon(.01));
}

TEST_CASE("a crisis of the study multiplies the rate of its dyad by the jump asked for, and leaves every other as it was", "[world][crises]") {
  Atlas atlas = load_atlas();
  sim::Time const start = sim::to_time({2012, 1, 1}), day = sim::to_time({2026, 5, 20});
  Crises const before(atlas, 90, start, stream);
  int const china = actor_index(atlas, "CHN"), taiwan = atlas.nation("TWN");
  atlas.crises.insert(atlas.crises.begin(), {china, taiwan, day, 2});  // the order of the list moves nothing
  Crises const after(atlas, 90, start, stream);
  double const at = sim::in_days(day - start);
  CHECK(after.step(china, taiwan, at - 1).factor == before.step(china, taiwan, at - 1).factor);
  // The mean of a step of 15 days lies seven and a half after its beginning.
  CHECK(after.step(china, taiwan, at).factor / before.step(china, taiwan, at).factor == Approx(std::exp(2 * std::exp2(-7.5 / 90))));
  CHECK(after.peak(china, taiwan) > 6);
  for (int actor = 0; actor + 1 < static_cast<int>(atlas.actors.size()); ++actor)
    for (int nation = 0; nation < static_cast<int>(atlas.nations.size()); ++nation) {
      if (actor == china && nation == taiwan) continue;
      for (double const d : {100., 1500., at, at + 40}) CHECK(after.step(actor, nation, d).factor == before.step(actor, nation, d).factor);
    }
}

TEST_CASE("crises of a study come on top of the record's, and however many add up the rate stays bounded", "[world][crises]") {
  Atlas atlas = load_atlas();
  sim::Time const start = sim::to_time({2007, 1, 1});
  Crises const record(atlas, 90, start, stream);
  int const russia = actor_index(atlas, "RUS"), ukraine = atlas.nation("UKR");
  double const calm = sim::in_days(sim::to_time({2012, 6, 1}) - start);
  double const before = record.step(russia, ukraine, calm).factor;
  for (int day = 1; day <= 28; ++day) atlas.crises.push_back({russia, ukraine, sim::to_time({2015, 2, day}), 3, false});
  Crises const many(atlas, 90, start, stream);
  CHECK(many.step(russia, ukraine, calm).factor == before);  // what a study adds takes nothing from other times
  double const peak = many.step(russia, ukraine, sim::in_days(sim::to_time({2015, 2, 28}) - start)).factor;
  CHECK(peak / before == Approx(std::exp(3.)));
  CHECK(many.outbreaks().size() == record.outbreaks().size() + 28);
}

TEST_CASE("a partner's door is open with 1 less the product of 1 - D2, never without partners, never through the actor's home", "[world][trusted_partners]") {
  Bench bench{BenchOptions{}};
  Setting const& setting = bench.setting();
  Relations const none = controlled_relations(setting);
  int const estonia = bench.nation("EST"), home = bench.nation("RUS");
  double const day = 400;
  double closed = 1;
  for (int n = 0; n < static_cast<int>(setting.atlas->nations.size()); ++n)
    if (n != estonia && n != home) closed *= 1 - setting.doses.pair(Mechanism::sharing, estonia, n, none, day);
  REQUIRE(closed < .9);
  PartnerSearch const search{estonia, home, day, false};
  CHECK(partner_path(setting, search, none, closed * .999, .5) == -1);
  CHECK(partner_path(setting, search, none, closed * 1.001, .5) >= 0);
  for (double mark = 0; mark < 1; mark += .01) {
    int const partner = partner_path(setting, search, none, .9999, mark);
    CHECK(partner != estonia);
    CHECK(partner != home);
    CHECK(setting.doses.pair(Mechanism::sharing, estonia, partner, none, day) > 0);
  }
  CHECK(partner_path(setting, {bench.nation("PRK"), -1, day, false}, none, .9999, .5) == -1);
}

TEST_CASE("who looks for the weakest partner finds weaker ones", "[world][trusted_partners]") {
  BenchOptions options;
  options.average_nations = false;
  Bench bench(options);
  Setting const& setting = bench.setting();
  Relations const none = controlled_relations(setting);
  auto const mean_prevention = [&](bool weakest) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i)
      sum += setting.capability(partner_path(setting, {bench.nation("EST"), -1, 400, weakest}, none, .9999, (i + .5) / 1000), Capability::prevent, 400);
    return sum / 1000;
  };
  CHECK(mean_prevention(true) < mean_prevention(false) - .1);
}

TEST_CASE("a discovered tool is used whatever the stakes until it is disclosed, where actors adapt", "[world][adaptation]") {
  auto const uses = [](std::vector<Behaviour> behaviours) {
    BenchOptions options;
    options.behaviours = behaviours;
    options.dyads = {silent_dyad(load_atlas(), load_atlas().actors[0].code.c_str(), "JPN")};
    options.parameters.survival_prior = .01;  // hold for high stakes
    options.parameters.opportunity_rate = 50;
    options.parameters.discount_rate = .001;
    Bench bench(options);
    auto const arsenal = bench.directory().arsenals[0];
    std::uint32_t const tool = 1U << 26 | 1;  // of actor 0 on platform 0, the first that it holds
    for (int i = 0; i < 20; ++i) {
      Operation operation = sure_operation(0, bench.nation("JPN"), Objective::long_espionage, static_cast<std::uint32_t>(i));
      operation.vector = static_cast<std::uint8_t>(Vector::zero_day);
      bench.send(arsenal, 1.01 + .01 * i, Arsenal::Request{operation, .5});
    }
    bench.send(arsenal, 1, Arsenal::Burned{tool, 10});
    int by_zero_day = 0;
    bench.census().listen<IntrusionSet, IntrusionSet::Accessed>([&](sim::RowKey const&, IntrusionSet::Accessed const& row) {
      by_zero_day += row.vector == static_cast<int>(Vector::zero_day);
    });
    bench.run(3);
    return by_zero_day;
  };
  CHECK(uses({Behaviour::adaptation}) == 20);
  CHECK(uses({}) < 5);
}
