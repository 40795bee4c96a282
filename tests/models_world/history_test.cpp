// Whole histories: size, sameness over executors, capacity, bookkeeping of the recorder.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "models/world/actor/hacktivists.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/objectives.hpp"
#include "tests/models_world/census.hpp"

using namespace world;
using namespace world::test;

namespace {

StudyOptions flagship() {
  StudyOptions options;
  options.start = "2012-01-01", options.record_from = "2015-01-01", options.end = "2028-01-01";
  options.mechanisms = available_mechanisms();
  options.levers = three_steps("2019-03-01");
  options.treatments = {{"all", "\"liaison\", \"exercise\", \"membership\""}};
  options.seed = 20221104;
  return options;
}

// Rows go to the replication's own recorder and to a census.
class Tee final : public sim::RowSink {
 public:
  Tee(sim::RowSink& a, sim::RowSink& b) : a_(a), b_(b) {}
  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override {
    a_.row(key, bytes);
    b_.row(key, bytes);
  }

 private:
  sim::RowSink& a_;
  sim::RowSink& b_;
};

}  // namespace

TEST_CASE("200 histories of 16 years run to their end, with at least 20,000 events each", "[world][history]") {
  StudyOptions options = flagship();
  options.futures = 40;
  options.replications = 5;
  auto const records = run_all(make_study(options));  // fails by name if a pool overflows
  REQUIRE(records.size() == 200);
  double fewest = 1e18;
  for (auto const& record : records) {
    fewest = std::min(fewest, record.events);
    for (double value : record.responses) REQUIRE(std::isfinite(value));
  }
  CHECK(fewest * 13 / 16 > 20'000);
}

TEST_CASE("the busiest of 3000 futures run to their end", "[world][history]") {
  // Least of all is published in them, so most must happen for the record's sake; dwell times of 2009 keep it open.
  StudyOptions options = flagship();
  options.start = "2009-01-01", options.record_from = "2012-01-01", options.end = "2013-01-01";
  options.futures = 3000;
  options.levers = {};
  options.treatments = {{"factual", ""}};
  auto const study = make_study(options);
  for (std::uint32_t f : {920, 1563})
    CHECK(run(*study.scenario, study.scenario->prepare(f), {0, f, 0}).events > 20'000);
}

TEST_CASE("the rollback-check executor gives the history of the sequential one", "[world][history]") {
  StudyOptions options = flagship();
  options.start = "2018-01-01", options.record_from = "2019-01-01", options.end = "2021-01-01";
  auto const study = make_study(options);
  for (std::uint32_t f = 0; f < 2; ++f) {
    auto const future = study.scenario->prepare(f);
    auto const a = run(*study.scenario, future, {0, f, 0}),
               b = run(*study.scenario, future, {0, f, 0}, "rollback-check");
    CHECK(a.digest == b.digest);
    CHECK(a.events == b.events);
    CHECK(same_outcome(a, b));
  }
}

TEST_CASE("replications and futures are different histories, and the same ones when run again", "[world][history]") {
  StudyOptions options = flagship();
  options.end = "2020-01-01";
  options.replications = 2;
  auto const first = run_all(make_study(options)), again = run_all(make_study(options));
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(first[i].digest == again[i].digest);
    CHECK(same_outcome(first[i], again[i]));
    for (std::size_t j = 0; j < i; ++j) CHECK(first[i].digest != first[j].digest);
  }
}

TEST_CASE("responses and series are sums of the rows, counted again", "[world][history][recorder]") {
  StudyOptions options = flagship();
  options.end = "2022-01-01";
  auto const study = make_study(options);
  auto const& schema = study.scenario->schema();
  auto const future = study.scenario->prepare(1);
  auto const replication = study.scenario->build(future, {0, 1, 0});
  Atlas const atlas = load_atlas();
  std::size_t const nations = atlas.nations.size();
  sim::Time const from = sim::to_time(schema.record_from), to = sim::to_time(schema.end);
  auto const within = [&](sim::RowKey const& key) { return key.event.time >= from && key.event.time < to; };
  std::vector<double> found(nations), dwell(nations), effects(nations), thefts(nations), recorded(nations),
      in_table(nations), intrusions(nations), attracted(nations), technical(nations), technical_days(nations), severe(nations), restored(nations), repairs(nations), attempted(nations), deterred(nations), back(nations), accesses(nations), named(nations), waits(nations), started(nations);
  std::set<std::uint64_t> seen;  // discovered within
  Census census(replication->world());
  auto const on_discovery = [&](sim::RowKey const& key, IntrusionSet::Discovery const& row) {
    if (!within(key)) return;
    auto const n = static_cast<std::size_t>(row.nation);
    effects[n] += row.cause == static_cast<int>(Cause::effect) ? 1 : 0;
    if (recurrences(row.incident) > 0) {
      back[n] += 1;
      return;
    }
    intrusions[n] += row.actor < static_cast<int>(atlas.actors.size()) ? 1 : 0;
    found[n] += 1, dwell[n] += row.dwell_days, recorded[n] += row.recorded, in_table[n] += row.recorded;
    seen.insert(row.incident);
  };
  census.listen<IntrusionSet, IntrusionSet::Discovery>(on_discovery);
  census.listen<Hacktivists, IntrusionSet::Discovery>(on_discovery);
  census.listen<Nation, Nation::Recorded>([&](sim::RowKey const& key, Nation::Recorded const& row) {
    if (!within(key)) return;
    recorded[static_cast<std::size_t>(row.nation)] += 1;
    in_table[static_cast<std::size_t>(row.nation)] += seen.count(row.incident) != 0 ? 1 : 0;
  });
  census.listen<ThreatActor, ThreatActor::Decided>([&](sim::RowKey const& key, ThreatActor::Decided const& row) {
    if (!within(key)) return;
    attempted[static_cast<std::size_t>(row.target)] += row.attempted;
    deterred[static_cast<std::size_t>(row.target)] += row.deterred;
    attracted[static_cast<std::size_t>(row.target)] += row.attracted;
    CHECK((row.attracted == 0 || row.attracted == row.attempted));
  });
  census.listen<IntrusionSet, IntrusionSet::Accessed>([&](sim::RowKey const& key, IntrusionSet::Accessed const& row) {
    if (!within(key)) return;
    auto const objective = static_cast<Objective>(row.objective);
    accesses[static_cast<std::size_t>(row.nation)] += 1;
    if (objective == Objective::short_espionage || objective == Objective::long_espionage)
      severe[static_cast<std::size_t>(row.nation)] += row.severity >= 4 ? 1 : 0;
    thefts[static_cast<std::size_t>(row.nation)] +=
        objective == Objective::short_espionage || objective == Objective::long_espionage ? 1 : 0;
  });
  census.listen<ResponseTeam, ResponseTeam::Started>([&](sim::RowKey const& key, ResponseTeam::Started const& row) {
    if (within(key))
      waits[static_cast<std::size_t>(row.nation)] += row.wait_days, started[static_cast<std::size_t>(row.nation)] += 1;
  });
  census.listen<Nation, Nation::TechnicalAttribution>([&](sim::RowKey const& key, Nation::TechnicalAttribution const& row) {
    if (within(key)) technical[static_cast<std::size_t>(row.nation)] += 1, technical_days[static_cast<std::size_t>(row.nation)] += row.lag_days;
  });
  census.listen<Sector, Sector::Restoring>([&](sim::RowKey const& key, Sector::Restoring const& row) {
    if (within(key)) restored[static_cast<std::size_t>(row.nation)] += row.wait_days + row.tau_days, repairs[static_cast<std::size_t>(row.nation)] += 1;
  });
  Tee tee(replication->rows(), census);
  auto const executor = sim::make_executor("sequential");
  executor->start(replication->world(), tee, study.scenario->start());
  executor->run_until(study.scenario->end());
  sim::ReplicationRecord record;
  replication->measure(record);

  auto const ratio = [](double a, double b) { return b > 0 ? a / b : 0; };
  std::size_t const focal_bins = schema.focal_grid.size(), other_bins = schema.other_grid.size();
  std::size_t const japan = static_cast<std::size_t>(atlas.nation("JPN"));
  auto const setting = setting_of(study, atlas, 1);
  double lost = 0, inherited = 0;
  for (std::size_t n = 0; n < nations; ++n) {
    auto const of = [&](char const* name) { return response(schema, record, name, n); };
    CHECK(of("incidents") == found[n]);
    CHECK(of("effects") == effects[n]);
    CHECK(of("recurrences") == back[n]);
    CHECK(of("thefts") == thefts[n]);
    CHECK(of("recorded_incidents") == recorded[n]);
    CHECK(of("campaigns_attempted") == attempted[n]);
    CHECK(of("campaigns_deterred") == deterred[n]);
    CHECK(of("accesses") == accesses[n]);
    CHECK(of("dwell_time") == Approx(ratio(dwell[n], intrusions[n])));
    CHECK(of("queue_wait") == Approx(ratio(waits[n], started[n])));
    CHECK(of("severe_thefts") == severe[n]);
    CHECK(of("campaigns_attracted") == attracted[n]);
    CHECK(of("technical_lag") == Approx(ratio(technical_days[n], technical[n])));
    CHECK((technical[n] > 0 || of("technical_share") == 0));
    CHECK(of("time_to_restore") == Approx(ratio(restored[n], repairs[n])));
    CHECK(of("cascade_loss") <= of("resilience_loss") + 1e-12);
    inherited += of("cascade_loss");
    double away = 0;  // day by day
    for (sim::Time day = sim::to_time({2019, 3, 1}); n == japan && day < to; day = day + sim::day)
      away += setting->parameters.partnership_cost * setting->servers(static_cast<int>(n), sim::to_date(day).year);
    CHECK(of("partnership_cost") == Approx(away));
    CHECK(of("person_days") == Approx(of("resilience_loss") * atlas.nations[n].population / 1e6));
    // Series: mean share of service lost times the length of each step is the area; incidents add up.
    double area = 0, incidents = 0;
    sim::Time previous = from;
    for (std::size_t b = 0; b < other_bins; ++b) {
      area +=
          static_cast<double>(record.other_series[n * other_bins + b]) * sim::in_days(schema.other_grid[b] - previous);
      incidents += static_cast<double>(record.other_series[(nations + n) * other_bins + b]);
      previous = schema.other_grid[b];
    }
    CHECK(area == Approx(of("resilience_loss")).epsilon(1e-5).margin(1e-9));
    CHECK(incidents == found[n]);
    lost += area;
    if (n != japan) continue;
    double weekly = 0, weekly_incidents = 0;
    previous = from;
    for (std::size_t b = 0; b < focal_bins; ++b) {
      weekly += static_cast<double>(record.focal_series[b]) * sim::in_days(schema.focal_grid[b] - previous);
      weekly_incidents += static_cast<double>(record.focal_series[focal_bins + b]);
      previous = schema.focal_grid[b];
    }
    CHECK(weekly == Approx(area).epsilon(1e-5));
    CHECK(weekly_incidents == found[n]);
    std::size_t const columns = schema.incident_columns.size();
    CHECK(record.incidents.size() == static_cast<std::size_t>(found[n]) * columns);
    auto const column = std::find_if(schema.incident_columns.begin(), schema.incident_columns.end(), [](auto const& c) { return c.name == "recorded"; });
    auto const position = static_cast<std::size_t>(column - schema.incident_columns.begin());
    double listed = 0;
    for (std::size_t i = position; i < record.incidents.size(); i += columns) listed += record.incidents[i];
    CHECK(listed == in_table[n]);
    CHECK(listed > 0);
  }
  CHECK(lost > 0);
  CHECK(inherited > 0);
}

TEST_CASE("no intrusion outlives its mark and no repair its staircase", "[world][history]") {
  StudyOptions options = flagship();
  for (auto const& constant : strong_constants())
    if (constant.first.substr(0, 2) == "M1") options.constants.push_back(constant);
  auto const study = make_study(options);
  int open = 0;
  for (std::uint32_t f = 0; f < 2; ++f) {
    auto const replication = history_of(study, f);
    double const end = sim::in_days(study.scenario->end() - study.scenario->start());
    for_each_agent<IntrusionSet>(replication->world(), [&](IntrusionSet const& agent, IntrusionSet::State const& state) {
      for (auto const& intrusion : state.open) {
        ++open;
        // A day's grace for what is due and still pending; marks are brought up to date once a quarter.
        double const left = static_cast<double>(intrusion.remaining) -
                            static_cast<double>(intrusion.hazard) * (end - static_cast<double>(intrusion.since_day) - 1);
        CHECK(left > 0);
        CHECK(end - static_cast<double>(intrusion.since_day) < 92.5);
        (void)agent;
      }
    });
    for_each_agent<ResponseTeam>(replication->world(), [&](ResponseTeam const& agent, ResponseTeam::State const& state) {
      CHECK(state.busy >= 0);
      if (!state.waiting.empty()) CHECK(state.busy >= agent.directory->setting->servers(agent.index, 2027));
    });
    for_each_agent<Sector>(replication->world(), [&](Sector const&, Sector::State const& state) {
      CHECK(state.own_loss > -1e-9);
      CHECK(state.level <= 1);
      CHECK(state.level >= 0);
    });
  }
  CHECK(open > 20);
}

TEST_CASE("more response capacity shortens the wait and lengthens no containment in expectation", "[world][history]") {
  StudyOptions options = flagship();
  options.start = "2014-01-01", options.record_from = "2015-01-01", options.end = "2020-01-01";
  options.futures = 24;
  auto const means = [&](double load, char const* name) {
    options.constants = {{"response_load", load}};
    auto const study = make_study(options);
    std::vector<double> of_future;
    for (auto const& record : run_all(study))
      of_future.push_back(total(study.scenario->schema(), record, name) / 71);
    return of_future;
  };
  for (char const* const name : {"queue_wait", "time_to_contain"}) {
    INFO(name);
    auto const lean = means(.95, name), ample = means(.5, name);
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < lean.size(); ++i) {
      double const difference = lean[i] - ample[i];
      sum += difference, squares += difference * difference;
    }
    auto const n = static_cast<double>(lean.size());
    double const mean = sum / n, error = std::sqrt((squares / n - mean * mean) / (n - 1));
    CHECK(mean > 6.1 * error);
  }
}
