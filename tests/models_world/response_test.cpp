// The response team: exercised skill, service rates, the order of its queue.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "models/world/nation/response_team.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

using Team = ResponseTeam;

sim::LpRef<Team> team(Bench& bench, char const* nation) {
  return bench.directory().teams[static_cast<std::size_t>(bench.nation(nation))];
}

Team::Case a_case(std::uint64_t incident, double found_day, int severity) {
  return {incident, static_cast<float>(found_day), static_cast<std::uint8_t>(severity), 0, 0, 1};
}

// Days from discovery to containment of one case that meets an idle team on day 10.
double contain_days(BenchOptions const& options, char const* nation, int severity, double exercise_quality = 0,
                    void (*before)(Bench&) = nullptr) {
  Bench bench(options);
  std::fill(bench.setting().exercise_skill_reference.begin(), bench.setting().exercise_skill_reference.end(), 0.0);
  if (exercise_quality > 0) bench.send(team(bench, nation), 9.999999, Team::Exercise{exercise_quality});
  if (before != nullptr) before(bench);
  bench.send(team(bench, nation), 10, a_case(77, 10, severity));
  double days = 0;
  bench.census().listen<Team, Team::Contained>(
      [&](sim::RowKey const&, Team::Contained const& row) { days = row.days; });
  bench.run(1500);
  REQUIRE(days > 0);
  return days;
}

}  // namespace

TEST_CASE("yearly exercises keep skill between .459812 and .729906", "[world][response]") {
  BenchOptions options;
  options.parameters.exercise_learning = .5;
  options.parameters.exercise_half_life_years = 1.5;
  options.end = {2060, 1, 1};
  Bench bench(options);
  int const years = 30;
  for (int y = 0; y <= years; ++y) bench.send(team(bench, "JPN"), 1 + y * 365.25, Team::Exercise{1});
  bench.send(team(bench, "JPN"), 1 + (years + 1) * 365.25 - 1e-6,
             Team::Exercise{0});  // takes the skill, teaches nothing
  bench.run(2 + years * 365.25);
  CHECK(bench.state(team(bench, "JPN")).skill == Approx(.729906).margin(5e-7));
  CHECK(bench.state(team(bench, "EST")).skill == 0);
  bench.run(2 + (years + 1) * 365.25);
  CHECK(bench.state(team(bench, "JPN")).skill == Approx(.459812).margin(5e-7));
}

TEST_CASE("a joint team learns half of what a full team learns", "[world][response]") {
  BenchOptions options;
  options.parameters.exercise_learning = .6;
  Bench bench(options);
  bench.send(team(bench, "JPN"), 1, Team::Exercise{1});
  bench.send(team(bench, "KOR"), 1, Team::Exercise{.5});
  bench.run(2);
  CHECK(bench.state(team(bench, "JPN")).skill == Approx(.6).epsilon(1e-12));
  CHECK(bench.state(team(bench, "KOR")).skill == Approx(.3).epsilon(1e-12));
}

TEST_CASE("work takes 1.23 times as long per class of severity", "[world][response]") {
  double const middle = contain_days({}, "JPN", 3);
  for (int severity = 0; severity <= 7; ++severity)
    CHECK(contain_days({}, "JPN", severity) / middle == Approx(std::pow(1.23, severity - 3)).epsilon(1e-5));
}

TEST_CASE("an exercise speeds response by theta to the power of skill times reach", "[world][response][M3]") {
  BenchOptions options;
  options.parameters.exercise_learning = .5;
  options.parameters.exercise_reach = 1;
  options.parameters.exercise_ratio = 1.21;
  double const unexercised = contain_days(options, "EST", 3);
  double const off = contain_days(options, "EST", 3, 1);
  CHECK(off == unexercised);  // the switch is off: skill changes nothing, to the bit
  options.mechanisms = {Mechanism::exercises};
  double const reach = std::min(
      1.0,
      50 /
          std::max(
              30.0,
              60 * std::pow(load_atlas().nations[static_cast<std::size_t>(load_atlas().nation("EST"))].population / 1e6,
                            .8)));
  CHECK(unexercised / contain_days(options, "EST", 3, 1) == Approx(std::pow(1.21, .5 * reach)).epsilon(1e-6));
  options.parameters.exercise_reach = 0;
  CHECK(unexercised / contain_days(options, "EST", 3, 1) == Approx(std::pow(1.21, .5)).epsilon(1e-6));
}

TEST_CASE("skill that the indices already hold counts against the reference", "[world][response][M3]") {
  BenchOptions options;
  options.mechanisms = {Mechanism::exercises};
  options.parameters.exercise_ratio = 1.21;
  options.parameters.exercise_reach = 0;
  double const level = contain_days(options, "EST", 3);
  auto const reference = [](Bench& bench) {
    bench.setting().exercise_skill_reference.assign(bench.atlas().nations.size(), .4);
  };
  BenchOptions const same = options;
  Bench bench(same);
  reference(bench);
  bench.send(team(bench, "EST"), 10, a_case(77, 10, 3));
  double days = 0;
  bench.census().listen<Team, Team::Contained>(
      [&](sim::RowKey const&, Team::Contained const& row) { days = row.days; });
  bench.run(1500);
  CHECK(days / level == Approx(std::pow(1.21, .4)).epsilon(1e-6));
}

TEST_CASE("posted officers are missing at home while any flag is on, once however many flags",
          "[world][response][M9]") {
  BenchOptions options;
  Atlas const atlas = load_atlas();
  options.controlled = {
      {static_cast<std::int16_t>(atlas.nation("JPN")), static_cast<std::int16_t>(atlas.organisation("CCDCOE")), {}}};
  options.parameters.partnership_cost = .125;
  auto const joins = [](Bench& bench) {
    for (Flag const flag : {Flag::liaison, Flag::membership})
      bench.send(bench.directory().nations[static_cast<std::size_t>(bench.nation("JPN"))], 5,
                 Nation::Lever{bench.atlas().organisation("CCDCOE"), static_cast<std::int32_t>(flag), 1});
  };
  double const alone = contain_days(options, "JPN", 3);
  CHECK(contain_days(options, "JPN", 3, 0, joins) == alone);
  options.mechanisms = {Mechanism::cost};
  CHECK(contain_days(options, "JPN", 3) == alone);
  CHECK(alone / contain_days(options, "JPN", 3, 0, joins) == Approx(.875).epsilon(1e-6));
  CHECK(contain_days(options, "KOR", 3, 0, joins) == contain_days(options, "KOR", 3));
}

TEST_CASE("derived, M9 takes one officer and a team of fifty for twenty days a year from the nation's specialists", "[world][response][M9]") {
  Atlas const atlas = load_atlas();
  auto const population = [&](char const* nation) { return atlas.nations[static_cast<std::size_t>(atlas.nation(nation))].population; };
  CHECK(derived_partnership_cost(population("JPN")) == Approx(.0013).margin(5e-5));
  CHECK(derived_partnership_cost(population("EST")) == Approx(.041).margin(5e-4));
  CHECK(derived_partnership_cost(population("ISL")) == Approx(.061).margin(5e-4));
  CHECK(derived_partnership_cost(1000) == Approx((1 + 15 * 20. / 365) / 30));  // thirty specialists at least, half of them a team at most
  BenchOptions options;
  options.controlled = {{static_cast<std::int16_t>(atlas.nation("ISL")), static_cast<std::int16_t>(atlas.organisation("CCDCOE")), {}}};
  auto const joins = [](Bench& bench) {
    bench.send(bench.directory().nations[static_cast<std::size_t>(bench.nation("ISL"))], 5,
               Nation::Lever{bench.atlas().organisation("CCDCOE"), static_cast<std::int32_t>(Flag::membership), 1});
  };
  double const alone = contain_days(options, "ISL", 3);
  options.behaviours = {Behaviour::derived_cost};
  CHECK(contain_days(options, "ISL", 3, 0, joins) == alone);  // M9 is off
  options.mechanisms = {Mechanism::cost};
  CHECK(contain_days(options, "ISL", 3) == alone);
  for (double const parameter : {0., .125}) {  // takes no part
    options.parameters.partnership_cost = parameter;
    CHECK(alone / contain_days(options, "ISL", 3, 0, joins) == Approx(1 - derived_partnership_cost(population("ISL"))).epsilon(1e-6));
  }
}

TEST_CASE("what M9 took is recorded by the derived share, and without M9 deriving it changes no bit", "[world][response][M9]") {
  StudyOptions options;
  options.start = "2018-01-01", options.record_from = "2018-02-01", options.end = "2019-12-01", options.futures = 1;
  options.levers = three_steps("2018-03-01");
  options.treatments = {{"never", ""}, {"all", R"("liaison", "exercise", "membership")"}};
  auto const history = [&](std::vector<std::string> behaviours, std::vector<std::string> mechanisms, double& away) {
    options.behaviours = std::move(behaviours), options.mechanisms = std::move(mechanisms);
    options.constants = {{"M9.partnership_cost", .1}};
    auto const study = make_study(options);
    auto record = run(*study.scenario, study.scenario->prepare(0), {1, 0, 0});
    away = response(study.scenario->schema(), record, "partnership_cost", static_cast<std::size_t>(load_atlas().nation("JPN")));
    return record;
  };
  double away = 0, derived = 0;
  auto const plain = history({}, {}, away), off = history({"derived_cost"}, {}, derived);
  CHECK(plain.digest == off.digest);
  CHECK(same_outcome(plain, off));
  CHECK(derived == 0);
  history({}, {"M9"}, away), history({"derived_cost"}, {"M9"}, derived);
  Atlas const atlas = load_atlas();
  CHECK(away > 0);
  CHECK(derived == Approx(away / .1 * derived_partnership_cost(atlas.nations[static_cast<std::size_t>(atlas.nation("JPN"))].population)));
}

TEST_CASE("waiting cases are served by severity, then by discovery, and nobody is interrupted", "[world][response]") {
  Bench bench({});
  int const servers = bench.setting().servers(bench.nation("JPN"), 2020);
  REQUIRE(servers == 1);  // nothing is expected, so the smallest team is enough
  struct Arrival {
    std::uint64_t incident;
    double day;
    int severity;
  };
  // 1 starts at once; the others wait for it and are then taken 4 (severest), 3 (earlier), 2 and last 5 (mildest).
  for (Arrival const& a :
       {Arrival{1, 1, 2}, Arrival{2, 1.5, 3}, Arrival{3, 1.25, 3}, Arrival{4, 2, 5}, Arrival{5, 1.1, 1}})
    bench.send(team(bench, "JPN"), 2 + .01 * static_cast<double>(a.incident), a_case(a.incident, a.day, a.severity));
  std::vector<double> waits, started;
  std::vector<int> severities;
  bench.census().listen<Team, Team::Started>([&](sim::RowKey const& key, Team::Started const& row) {
    waits.push_back(row.wait_days);
    started.push_back(bench.setting().day(key.event.time));
    severities.push_back(row.severity);
  });
  bench.run(1800);
  CHECK(severities == std::vector<int>{2, 5, 3, 3, 1});
  REQUIRE(waits.size() == 5);
  for (std::size_t i = 1; i < 5; ++i) CHECK(started[i] > started[i - 1]);
  CHECK(started[2] - waits[2] == Approx(1.25).margin(1e-5));
  CHECK(started[3] - waits[3] == Approx(1.5).margin(1e-5));
}

TEST_CASE("a case more does not change the work on any other", "[world][response]") {
  auto const of_case = [&](bool one_more) {
    Bench bench({});
    if (one_more) bench.send(team(bench, "JPN"), 1, a_case(5, 1, 3));
    bench.send(team(bench, "JPN"), 1000, a_case(77, 1000, 3));
    double days = 0;
    bench.census().listen<Team, Team::Contained>(
        [&](sim::RowKey const&, Team::Contained const& row) { days = row.days; });
    bench.run(1800);
    return days;
  };
  CHECK(of_case(true) == of_case(false));
}

TEST_CASE("work on a case has the published mean of 63.5 days", "[world][response]") {
  // Triage LN(1 d, 1), containment LN(25 d, 1), eradication LN(15 d, .8): the server is busy for their sum.
  BenchOptions options;
  options.end = {2060, 1, 1};
  Bench bench(options);
  std::map<int, double> begun;
  int const cases = 60;
  for (int n = 0; n < static_cast<int>(bench.atlas().nations.size()); ++n)
    for (int i = 0; i < cases; ++i)
      bench.send(bench.directory().teams[static_cast<std::size_t>(n)], 1 + i * 200.,
                 a_case(1000U + static_cast<unsigned>(i), 1 + i * 200., 3));
  double sum = 0, count = 0;
  bench.census().listen<Team, Team::Started>([&](sim::RowKey const& key, Team::Started const& row) {
    begun[row.nation] = bench.setting().day(key.event.time);
  });
  bench.census().listen<Team, Team::Contained>([&](sim::RowKey const& key, Team::Contained const& row) {
    sum += bench.setting().day(key.event.time) - begun[row.nation];
    ++count;
  });
  bench.run(14000);
  REQUIRE(count == 71 * cases);
  // Standard deviation of one case: 65.3 d; six standard errors.
  CHECK(sum / count ==
        Approx(std::exp(.5) + 25 * std::exp(.5) + 15 * std::exp(.32)).margin(6.1 * 65.3 / std::sqrt(count)));
}

TEST_CASE("a team of one server makes cases wait as the formula of Pollaczek and Khinchine says", "[world][response]") {
  // Seldom so busy that hired hands step in; the work of severity 3 is a sum of three lognormals.
  auto const second_moment = [](double median, double s) { return median * median * std::exp(2 * s * s); };
  auto const mean = [](double median, double s) { return median * std::exp(s * s / 2); };
  double const work = mean(1, 1) + mean(25, 1) + mean(15, .8);
  double variance = 0;
  for (auto const& [median, s] : {std::pair{1., 1.}, {25., 1.}, {15., .8}}) variance += second_moment(median, s) - mean(median, s) * mean(median, s);
  double const load = .25, rate = load / work, law = rate * (variance + work * work) / (2 * (1 - load));
  std::vector<double> means;  // of one team in one history, after it has settled
  for (std::uint32_t r = 0; r < 30; ++r) {
    BenchOptions options;
    options.start = {2016, 1, 1}, options.end = {2040, 1, 1};
    options.replication = r;
    Bench bench(options);
    int const nations = static_cast<int>(bench.atlas().nations.size());
    for (int n = 0; n < nations; ++n) {
      sim::RngStream gaps(sim::ReplicationStream{7, r, 0, 0}, sim::stream_id("a test"), 0, static_cast<std::uint64_t>(n));
      std::uint32_t number = 0;
      for (double day = 1 + gaps.exponential(1 / rate); day < 8500; day += gaps.exponential(1 / rate)) {
        std::uint64_t const incident = incident_id(0, n, false, number++);
        bench.send(bench.directory().teams[static_cast<std::size_t>(n)], day, a_case(incident, day, 3));
      }
    }
    std::vector<double> sum(static_cast<std::size_t>(nations)), count(static_cast<std::size_t>(nations));
    bench.census().listen<Team, Team::Started>([&](sim::RowKey const& key, Team::Started const& row) {
      if (bench.setting().day(key.event.time) < 1500) return;
      sum[static_cast<std::size_t>(row.nation)] += row.wait_days, count[static_cast<std::size_t>(row.nation)] += 1;
    });
    bench.run(8500);
    double all = 0, cases = 0;
    for (std::size_t n = 0; n < sum.size(); ++n) all += sum[n], cases += count[n];
    means.push_back(all / cases);
  }
  double total = 0, squares = 0;
  for (double const one : means) total += one, squares += one * one;
  auto const n = static_cast<double>(means.size());
  double const found = total / n, error = std::sqrt((squares / n - found * found) / (n - 1));
  INFO("waits " << found << " d, law " << law << " d, error " << error);
  CHECK(error < .03 * law);
  CHECK(std::abs(found - law) < 5 * error);
  CHECK(std::abs(found - law / 2) > 10 * error);  // a wrong law would be seen
}
