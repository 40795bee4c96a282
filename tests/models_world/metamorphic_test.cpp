// Relations between runs that hold whatever the numbers are: what follows from nothing, from more speed, from more time.
#include <catch2/catch.hpp>

#include <cmath>
#include <set>
#include <sstream>

#include "models/world/data_tables.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/response_team.hpp"
#include "tests/models_world/bench.hpp"
#include "tests/models_world/studies.hpp"

using namespace world;
using namespace world::test;

namespace {

// All rows of a history in one number.
class DigestRows final : public sim::RowSink {
 public:
  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override {
    digest = sim::mix64(digest ^ static_cast<std::uint64_t>(key.event.time.ticks) ^ std::uint64_t{key.row_kind} << 56);
    for (std::byte const byte : bytes) digest = sim::mix64(digest + static_cast<std::uint64_t>(byte));
    ++count;
  }
  std::uint64_t digest = 0, count = 0;
};

struct Mean {
  double mean = 0, error = 0;  // standard error
};

Mean mean_of(std::vector<double> const& values) {
  double sum = 0, squares = 0;
  for (double const value : values) sum += value, squares += value * value;
  auto const n = static_cast<double>(values.size());
  return {sum / n, std::sqrt(std::max(0.0, squares / n - sum / n * sum / n) / (n - 1))};
}

// A response of all nations, per future.
std::vector<double> totals(StudyOptions const& options, char const* name) {
  auto const study = make_study(options);
  std::vector<double> of_future;
  for (auto const& record : run_all(study)) of_future.push_back(total(study.scenario->schema(), record, name));
  return of_future;
}

Mean difference(std::vector<double> const& a, std::vector<double> const& b) {
  std::vector<double> paired;
  for (std::size_t i = 0; i < a.size(); ++i) paired.push_back(a[i] - b[i]);
  return mean_of(paired);
}

}  // namespace

TEST_CASE("without actors nothing is lost, nobody waits and nobody is blamed", "[world][metamorphic]") {
  Bench bench(BenchOptions{.mechanisms = {Mechanism::notification, Mechanism::sharing, Mechanism::pooling, Mechanism::attribution,
                                          Mechanism::information}});
  int rows = 0;
  bench.census().listen<Sector, Sector::ServiceLevel>([&](sim::RowKey const&, Sector::ServiceLevel const&) { ++rows; });
  bench.census().listen<Nation, Nation::PoliticalAttribution>([&](sim::RowKey const&, Nation::PoliticalAttribution const&) { ++rows; });
  bench.census().listen<ResponseTeam, ResponseTeam::Started>([&](sim::RowKey const&, ResponseTeam::Started const&) { ++rows; });
  bench.run(1800);
  CHECK(rows == 0);
  for (auto const sector : bench.directory().sectors) CHECK(bench.state(sector).own_loss == 0);
}

TEST_CASE("the order of nations, memberships, rivals and crises in the tables changes nothing", "[world][metamorphic]") {
  std::set<std::string> const about_nations{"nations.tsv", "receivers.tsv", "openness.tsv", "memberships.tsv", "flags.tsv", "rival_dyads.tsv", "crises.tsv", "cross_border.tsv"};
  std::size_t moved = 0;
  // The rows of these tables upside down.
  TableSource const reversed = [&](std::string const& name) {
    if (about_nations.count(name) == 0) return embedded_table(name);
    std::istringstream lines{std::string(data_table(name))};
    std::vector<std::string> head, rows;
    for (std::string line; std::getline(lines, line);) (head.empty() || head.back().front() == '#' ? head : rows).push_back(line);
    std::string text;
    for (auto const& line : head) text += line + "\n";
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) text += *row + "\n";
    ++moved;
    return Table(name, text);
  };
  Atlas const factual = load_atlas(), other = load_atlas("world", reversed);
  CHECK(moved == about_nations.size());
  MechanismSwitches switches;
  switches.on.fill(true);
  switches.behaves.fill(true);
  std::vector<Relation> const controlled{{static_cast<std::int16_t>(factual.nation("JPN")), static_cast<std::int16_t>(factual.centre), 1, {}}};
  std::vector<std::size_t> digests;
  for (Atlas const* atlas : {&factual, &other}) {
    sim::ReplicationStream const stream{5, 1, 2, 0};
    Setting const setting(*atlas, Parameters{}, switches, controlled, stream, sim::to_time({2015, 1, 1}), sim::to_time({2017, 1, 1}), AssetOptions{});
    std::size_t const sectors = atlas->sectors.size();
    Inoperability const economy(std::vector<double>(sectors * sectors, 0), std::vector<double>(sectors, .1));
    Roster const roster = make_roster(setting);
    Directory directory;
    directory.setting = &setting;
    directory.year_factor.assign(100, 1);
    sim::World world({world_lookahead, stream, false});
    build_agents(world, directory, roster, economy);
    DigestRows rows;
    auto const executor = sim::make_executor("sequential");
    executor->start(world, rows, setting.start);
    executor->run_until(setting.end);
    CHECK(rows.count > 5000);
    digests.push_back(rows.digest);
  }
  CHECK(digests[0] == digests[1]);
}

TEST_CASE("a shorter way of sharing adds no loss in expectation, with the adversary's adaptation off", "[world][metamorphic][M2]") {
  StudyOptions options;
  options.start = "2018-01-01", options.record_from = "2019-01-01", options.end = "2024-01-01";
  options.futures = 24;
  options.mechanisms = {"M2"};
  options.constants = {{"M2.share_probability", 1}, {"hunt_probability", 1}, {"patch_loss", 1}, {"displacement", 0}, {"deterrence_weight", 0},
                       {"tension_jump", 0},         {"indicator_half_life", 365}};
  auto const with_delay = [&](double days, char const* name) {
    StudyOptions delayed = options;
    delayed.constants.emplace_back("relay_delay", days);
    return totals(delayed, name);
  };
  Mean const loss = difference(with_delay(0.5, "resilience_loss"), with_delay(60, "resilience_loss"));
  CHECK(loss.mean < 4 * loss.error);
  // What it is for: fewer campaigns get as far as an effect.
  Mean const accesses = difference(with_delay(0.5, "accesses"), with_delay(60, "accesses"));
  CHECK(accesses.mean < -2 * accesses.error);
}

TEST_CASE("where nothing drifts, twice the time brings twice as much", "[world][metamorphic]") {
  StudyOptions options;
  // After the last year of every table; growth and trends are held still.
  options.start = "2026-01-01", options.record_from = "2029-01-01";
  options.futures = 24;
  options.constants = {{"state_trend_after_2016", 0}, {"criminal_growth_to_2024", 1}, {"capability_growth", 0}};
  auto const until = [&](char const* end) {
    options.end = end;
    return totals(options, "incidents");
  };
  auto const once = until("2032-12-31"), twice = until("2036-12-31");
  std::vector<double> ratio;
  for (std::size_t i = 0; i < once.size(); ++i) ratio.push_back(twice[i] / once[i]);
  Mean const measured = mean_of(ratio);
  CHECK(measured.error < 0.06);
  CHECK(std::abs(measured.mean - 8.0 / 4) < 4 * measured.error);
}
