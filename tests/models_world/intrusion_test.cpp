// From the attempt to its discovery: patches, detection hazards, the race with the effect, indicators.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/objectives.hpp"
#include "models/world/organisation/organisation.hpp"
#include "sim/rng/stream_id.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

struct Found {
  bool yes = false;
  double dwell = 0;
  Cause cause = Cause::own;
};

// Attempts of Russia against Japan on a bench; what became of campaign number `number`.
class Attack {
 public:
  explicit Attack(BenchOptions options) : bench_(with_dyad(std::move(options))) {}
  Bench& bench() { return bench_; }
  int actor() const { return actor_index(bench_.atlas(), "RUS"); }
  int target() const { return bench_.nation("JPN"); }
  void attempt(Operation const& operation, double day) {
    bench_.send(bench_.shard(actor(), target()), day, IntrusionSet::Attempt{operation});
  }
  Operation operation(Objective objective, std::uint32_t number) const {
    return sure_operation(actor(), target(), objective, number);
  }
  std::map<std::uint64_t, Found> run(double day) {
    std::map<std::uint64_t, Found> found;
    bench_.census().listen<IntrusionSet, IntrusionSet::Discovery>(
        [&](sim::RowKey const&, IntrusionSet::Discovery const& row) {
          found[row.incident] = {true, row.dwell_days, static_cast<Cause>(row.cause)};
        });
    bench_.run(day);
    return found;
  }

 private:
  static BenchOptions with_dyad(BenchOptions options) {
    Atlas const atlas = load_atlas();
    options.dyads = {silent_dyad(atlas, "RUS", "JPN")};
    return options;
  }
  Bench bench_;
};

}  // namespace

TEST_CASE("half of a nation's systems are patched after 90 days and 82 percent after a year", "[world][patching]") {
  Atlas const atlas = load_atlas();
  struct Point {
    double age, open;
  };
  for (Point const& point : {Point{90, .5}, Point{365.25, .18}}) {
    // The first pass learns when the actor's tool of the day was patched, the second arrives at the age wanted.
    double patch_day = 0, scale = 0;
    auto const arrives = [&](double recon_days, double mark) {
      Attack attack({});
      Operation operation = attack.operation(Objective::long_espionage, 1);
      operation.vector = static_cast<std::uint8_t>(Vector::known_flaw);
      operation.access_mark = mark;
      auto const arsenal =
          attack.bench().directory().arsenals.at(static_cast<std::size_t>(attack.actor() * platform_count));
      attack.bench().send(arsenal, 1, Arsenal::Request{operation, recon_days});
      int accesses = 0;
      attack.bench().census().listen<IntrusionSet, IntrusionSet::Accessed>(
          [&](sim::RowKey const&, IntrusionSet::Accessed const&) { ++accesses; });
      attack.bench().run(1800);
      patch_day = static_cast<double>(attack.bench().state(arsenal).known_patch_day);
      scale = std::exp(-.3 * attack.bench().setting().capability(attack.target(), Capability::prevent, 1));
      return accesses == 1;
    };
    (void)arrives(1, .5);
    std::uint64_t const incident = incident_id(actor_index(atlas, "RUS"), atlas.nation("JPN"), false, 1);
    double const begins =
        sim::RngStream({99, 0, 0, 0}, sim::stream_id("arsenal/RUS/0"),
                       sim::mark_purpose | static_cast<std::uint32_t>(Arsenal::Draw::tool), 1ULL << 40 | incident)
            .lognormal(3, 1);
    double const recon_days = patch_day + begins + point.age * scale - 1;
    REQUIRE(recon_days > 0);
    INFO("age " << point.age << " d, patch on day " << patch_day << ", patching begins after " << begins << " d");
    CHECK(arrives(recon_days, point.open - .002));
    CHECK_FALSE(arrives(recon_days, point.open + .002));
  }
}

TEST_CASE("what partners know raises the detection hazard by theta to the dose, and nothing else",
          "[world][detection][M1]") {
  Atlas const atlas = load_atlas();
  int const usa = atlas.nation("USA"), japan = atlas.nation("JPN");
  BenchOptions options;
  options.parameters.detection_ratio = 1.3;
  auto const found = [&](BenchOptions const& of, int known) {
    Attack attack(of);
    for (std::uint32_t i = 1; i <= 30; ++i) {
      Operation operation = attack.operation(Objective::short_espionage, i);
      if (known >= 0) (known < 64 ? operation.knowledge_low : operation.knowledge_high) = 1ULL << (known % 64);
      attack.attempt(operation, 1);
    }
    return attack.run(91);  // one quarter: the hazard stands still
  };
  auto const off = found(options, usa);
  options.mechanisms = {Mechanism::notification};
  for (int const no_help : {-1, atlas.nation("PRK"), japan}) {
    auto const same = found(options, no_help);
    REQUIRE(same.size() == off.size());
    for (auto const& [incident, f] : off) CHECK(same.at(incident).dwell == f.dwell);
  }
  auto const told = found(options, usa);
  double const dose = Bench(options).setting().doses.pair(Mechanism::notification, japan, usa, {}, 2);
  REQUIRE(dose > .5);
  REQUIRE(off.size() > 8);
  CHECK(told.size() >= off.size());
  for (auto const& [incident, f] : off)
    CHECK(f.dwell / told.at(incident).dwell == Approx(std::pow(1.3, dose)).epsilon(1e-3));
}

TEST_CASE("detection takes an exponential time with the hazard of year and objective", "[world][detection]") {
  struct Kind {
    Objective objective;
    double factor;
  };
  for (Kind const& kind : {Kind{Objective::short_espionage, .5}, Kind{Objective::long_espionage, .25}}) {
    double sum = 0, count = 0, partners = 0;
    for (std::uint32_t replication = 0; replication < 60; ++replication) {
      BenchOptions options;
      options.start = {2010, 1, 1};
      options.end = {2011, 1, 1};  // one year: the hazard is that of 2010 throughout
      options.replication = replication;
      options.parameters.dwell_floor_days = 1;
      Attack attack(options);
      for (std::uint32_t i = 0; i < 30; ++i) attack.attempt(attack.operation(kind.objective, i + 1), 1);
      for (auto const& [incident, found] : attack.run(365)) {
        // Censored at 364 days: the total time at risk over the number found is the mean.
        sum += found.dwell;
        ++count;
        partners += found.cause == Cause::partner ? 1 : 0;
      }
    }
    double const total = 60 * 30, at_risk = sum + (total - count) * 364;
    double const hazard = std::log(2.) / 416 * kind.factor;
    CHECK(partners == 0);
    CHECK(count / at_risk == Approx(hazard).epsilon(6.1 / std::sqrt(count)));
  }
}

TEST_CASE("a campaign detected before its effect has none", "[world][detection]") {
  int contained = 0, effects = 0;
  for (std::uint32_t replication = 0; replication < 60; ++replication) {
    BenchOptions options;
    options.replication = replication;
    Attack attack(options);
    for (std::uint32_t i = 0; i < 15; ++i) attack.attempt(attack.operation(Objective::degradation, i + 1), 1);
    // Spies who take the places of those contained: what was due there must not befall them.
    for (std::uint32_t i = 0; i < 15; ++i)
      attack.attempt(attack.operation(Objective::long_espionage, 100 + i), 20 + 10 * i);
    int hits = 0;
    attack.bench().census().listen<Sector, Sector::Damaged>(
        [&](sim::RowKey const&, Sector::Damaged const&) { ++hits; });
    int shown = 0;
    for (auto const& [incident, found] : attack.run(1800)) {
      bool const spy = (incident & 0x7fffffff) - 1 >= 100, effect = found.cause == Cause::effect;
      CHECK_FALSE((spy && effect));
      shown += effect ? 1 : 0;
      contained += effect || spy ? 0 : 1;
    }
    CHECK(hits == shown);
    effects += shown;
  }
  CHECK(contained > 100);
  CHECK(effects > 100);
}

TEST_CASE("an absorbed indicator finds open intrusions made with that tool, and those only", "[world][sharing][M2]") {
  int with_tool = 0, others = 0;
  for (std::uint32_t replication = 0; replication < 20; ++replication) {
    BenchOptions options;
    options.replication = replication;
    options.start = {2010, 1, 1}, options.end = {2012, 1, 1};
    options.parameters.hunt_probability = 1;
    Attack attack(options);
    std::uint32_t const tool = 0x00800007;
    for (std::uint32_t i = 0; i < 30; ++i) {
      Operation operation = attack.operation(Objective::long_espionage, i + 1);
      operation.tool = i % 2 == 0 ? tool : tool + 1;
      attack.attempt(operation, 1);
    }
    attack.bench().send(attack.bench().shard(attack.actor(), attack.target()), 10,
                        IntrusionSet::Absorbed{attack.target(), tool, 10, 0});
    for (auto const& [incident, found] : attack.run(300)) {
      if (found.cause != Cause::indicator) continue;
      ((incident & 0x7fffffff) % 2 == 0 ? with_tool : others) += 1;
    }
  }
  CHECK(others == 0);
  CHECK(with_tool > 20 * 15 - 45);  // but for those whom the ordinary detection found before
}

TEST_CASE("a relay reaches members only, the likelier the higher both doses", "[world][sharing][M2]") {
  Atlas const atlas = load_atlas();
  int const eu = atlas.organisation("EU"), france = atlas.nation("FRA");
  BenchOptions options;
  options.mechanisms = {Mechanism::sharing};
  options.parameters.share_probability = 1;
  auto const absorbed = [&](int sender) {
    int count = 0;
    Bench bench(options);
    for (std::uint32_t tool = 1; tool <= 200; ++tool)
      bench.send(bench.directory().organisations[static_cast<std::size_t>(eu)], 1 + .001 * tool,
                 Organisation::Indicator{sender, 0, tool, 1});
    bench.census().listen<Organisation, Organisation::Relayed>(
        [&](sim::RowKey const&, Organisation::Relayed const& row) { count += row.absorbed; });
    bench.run(3);
    return count;
  };
  CHECK(absorbed(atlas.nation("JPN")) == 0);
  int members = 0;
  for (FlagRecord const& flag : atlas.flags)
    members += flag.organisation == eu && flag.from < sim::to_time({2019, 1, 1}) && flag.to > sim::to_time({2020, 6, 1})
                   ? 1
                   : 0;
  double const chance = .6 * 1 / (1 + std::exp(-.5)), receivers = members - 1, trials = 200 * receivers;
  CHECK(absorbed(france) / trials == Approx(chance).margin(6.1 * std::sqrt(chance * (1 - chance) / trials)));
}

TEST_CASE("an eradicated campaign comes back with the chance of 9.5, is found sooner and counts once", "[world][intrusion][recurrence]") {
  auto const run = [](double probability, int campaigns) {
    BenchOptions options;
    Atlas const atlas = load_atlas();
    options.dyads = {silent_dyad(atlas, "CHN", "JPN")};
    options.parameters.recurrence_probability = probability;
    options.end = {2060, 1, 1};
    Bench bench(options);
    int const actor = actor_index(atlas, "CHN"), target = bench.nation("JPN");
    for (int i = 0; i < campaigns; ++i) {
      Operation operation = sure_operation(actor, target, Objective::short_espionage, static_cast<std::uint32_t>(i));
      bench.send(bench.shard(actor, target), 1 + i * 40., IntrusionSet::Attempt{operation});
    }
    struct Count { int accesses = 0, first = 0, back = 0, recorded_back = 0, deepest = 0; double first_dwell = 0, back_dwell = 0, expected = 0, variance = 0; } count;
    bench.census().listen<IntrusionSet, IntrusionSet::Accessed>([&](sim::RowKey const&, IntrusionSet::Accessed const&) { ++count.accesses; });
    bench.census().listen<IntrusionSet, IntrusionSet::Discovery>([&](sim::RowKey const& key, IntrusionSet::Discovery const& row) {
      double const chance = bench.setting().recurrence(target, bench.setting().day(key.event.time));
      count.expected += chance;
      count.variance += chance * (1 - chance);
      int const back = static_cast<int>(recurrences(row.incident));
      count.deepest = std::max(count.deepest, back);
      (back > 0 ? count.back : count.first) += 1;
      (back > 0 ? count.back_dwell : count.first_dwell) += row.dwell_days;
      if (back > 0) count.recorded_back += row.recorded;
    });
    bench.run(14'000);
    return count;
  };
  auto const never = run(0, 200);
  CHECK(never.accesses == 200);
  CHECK(never.back == 0);
  auto const often = run(.5, 200);
  CHECK(often.accesses == 200);
  CHECK(often.recorded_back == 0);
  CHECK(often.deepest > 2);
  // Every discovery is one chance to come back; four standard deviations of their sum.
  CHECK(std::abs(often.back - often.expected) < 4 * std::sqrt(often.variance));
  double const ratio = (often.first_dwell / often.first) / (often.back_dwell / often.back);
  CHECK(ratio > 1.1);
  CHECK(ratio < 2.1);
}
