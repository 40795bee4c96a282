// The fictional world: its record, its centre, and the same controls and the same bits as the default world.
#include <catch2/catch.hpp>

#include <algorithm>

#include "models/world/scenario.hpp"
#include "models/world/setting.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/exec/executors.hpp"
#include "tests/models_world/studies.hpp"

using namespace world;
using namespace world::test;

namespace {

std::string const all_steps = "\"liaison\", \"exercise\", \"membership\"";
sim::Time const start = sim::to_time({2018, 1, 1}), end = sim::to_time({2024, 1, 1});

std::size_t as_index(int i) { return static_cast<std::size_t>(i); }

// Berylia never joins, or takes all steps at once.
StudyOptions never_or_all(std::vector<std::string> mechanisms) {
  StudyOptions options;
  options.world = "berylia";
  options.focal = "XBE";
  options.end = "2024-01-01";
  options.mechanisms = std::move(mechanisms);
  options.constants = strong_constants();
  options.levers = three_steps("2019-02-01");
  for (Lever& lever : options.levers) lever.nation = "XBE", lever.organisation = "CYDEC", lever.status.clear();
  options.treatments = {{"never", ""}, {"all", all_steps}};
  return options;
}

// Change of a response of a nation, summed over all histories of the second treatment against the first.
double change(SmallStudy const& study, std::string const& name, std::string const& nation) {
  auto const records = run_all(study);
  auto const& schema = study.scenario->schema();
  auto const place = static_cast<std::size_t>(std::find(schema.nations.begin(), schema.nations.end(), nation) - schema.nations.begin());
  double sum = 0;
  for (std::size_t i = 0, per_arm = records.size() / 2; i < per_arm; ++i)
    sum += response(schema, records[per_arm + i], name, place) - response(schema, records[i], name, place);
  return sum;
}

}  // namespace

TEST_CASE("the default world is the first, and an atlas is of the world that it names", "[world][berylia]") {
  Atlas const real = load_atlas(), fictional = load_atlas("berylia");
  CHECK(real.world->name == "world");
  CHECK(real.nations.size() == 71);
  CHECK(real.organisations[as_index(real.centre)].code == "CCDCOE");
  CHECK(real.nations[as_index(real.income_reference)].iso3 == "USA");
  CHECK(fictional.world->name == "berylia");
  CHECK(fictional.nations.size() == 9);
  CHECK(fictional.organisations[as_index(fictional.centre)].code == "CYDEC");
  CHECK(fictional.nations[as_index(fictional.income_reference)].iso3 == "XAM");
  CHECK(fictional.actors.size() == 4);  // three states and the criminals
  CHECK(fictional.nation("JPN") == -1);
  CHECK(fictional.coefficients == real.coefficients);
  CHECK(fictional.severity_counts == real.severity_counts);
  CHECK_THROWS_AS(load_atlas("berylya"), sim::Error);
}

TEST_CASE("capabilities of the fictional nations have mean 0 and standard deviation 1 and follow the indices", "[world][berylia]") {
  Atlas const atlas = load_atlas("berylia");
  double sum = 0, squares = 0;
  for (NationRecord const& nation : atlas.nations) sum += nation.index[0], squares += nation.index[0] * nation.index[0];
  auto const count = static_cast<double>(atlas.nations.size());
  CHECK(sum / count == Approx(0).margin(1e-12));
  CHECK(squares / count == Approx(1));
  auto const index = [&](char const* code) { return atlas.nations[as_index(atlas.nation(code))].index[0]; };
  CHECK(index("XCE") > index("XBE"));  // Cerulea leads in every column, Opalia is last in every one
  CHECK(index("XBE") > index("XOP"));
}

TEST_CASE("kinds of members come from the record: two at CCDCOE, none elsewhere", "[world][berylia]") {
  for (sim::WorldName const& world : vocabulary().worlds)
    for (sim::OrganisationName const& organisation : world.organisations) {
      INFO(organisation.name);
      auto const two = organisation.name == "CCDCOE" ? std::vector<std::string>{"CP", "SN"} : std::vector<std::string>{};
      CHECK(organisation.statuses == two);
    }
}

TEST_CASE("the weight of the centre is scaled at the centre of the world, the weight elsewhere at all others", "[world][berylia]") {
  Atlas const atlas = load_atlas("berylia");
  Parameters parameters;
  parameters.centre_weight.fill(0.5);
  parameters.elsewhere_weight.fill(2);
  Doses const doses(atlas, parameters, {}, start, end);
  auto const weight = [&](char const* organisation, Mechanism m) { return doses.weight(m, atlas.organisation(organisation), Flag::membership); };
  CHECK(weight("CYDEC", Mechanism::visibility) == Approx(0.5));
  CHECK(weight("CYDEC", Mechanism::readiness) == Approx(0.25));
  CHECK(weight("UNION", Mechanism::sharing) == 1);  // 0.6 twice, capped
  CHECK(weight("PACT", Mechanism::notification) == 1);
}

TEST_CASE("members of the centre have exercised before 2021, and nobody else has", "[world][berylia]") {
  Atlas const atlas = load_atlas("berylia");
  MechanismSwitches switches;
  switches.on.fill(true);
  Setting const setting(atlas, Parameters{}, switches, {}, {1, 0, 0, 0}, start, end, AssetOptions{});
  for (std::size_t n = 0; n < atlas.nations.size(); ++n) {
    INFO(atlas.nations[n].iso3);
    bool member = false;
    for (FlagRecord const& flag : atlas.flags)
      member = member || (as_index(flag.nation) == n && flag.organisation == atlas.centre && flag.flag == Flag::membership);
    CHECK((setting.exercise_skill_reference[n] > 0) == member);
  }
  CHECK(setting.exercise_skill_reference[as_index(atlas.nation("XAM"))] > setting.exercise_skill_reference[as_index(atlas.nation("XVE"))]);
}

TEST_CASE("negative control: with every mechanism off, Berylia's joining differs in no bit of any outcome", "[world][berylia][control]") {
  StudyOptions options = never_or_all({});
  options.futures = 10;
  options.replications = 2;
  auto const records = run_all(make_study(options));
  std::size_t const per_arm = records.size() / 2;
  REQUIRE(per_arm == 20);
  for (std::size_t i = 0; i < per_arm; ++i) {
    CHECK(same_outcome(records[i], records[per_arm + i]));
    CHECK(records[i].digest != records[per_arm + i].digest);  // the levers themselves are on record
  }
}

TEST_CASE("joining provokes through visibility alone, and shortens stays through notification alone", "[world][berylia]") {
  StudyOptions options = never_or_all({"M8"});
  options.futures = 30;
  CHECK(change(make_study(options), "campaigns_attempted", "XBE") > 0);
  options.mechanisms = {"M1"};
  CHECK(change(make_study(options), "dwell_time", "XBE") < 0);
}

TEST_CASE("the fictional world has the same history on every executor and any number of threads", "[world][berylia]") {
  StudyOptions options = never_or_all(available_mechanisms());
  auto const study = make_study(options);
  for (std::uint32_t point = 0; point < 2; ++point) {
    auto const future = study.scenario->prepare(1);
    auto const expected = run(*study.scenario, future, {point, 1, 0});
    CHECK(expected.events > 5000);
    for (auto const& [name, threads] : std::vector<std::pair<std::string, unsigned>>{
             {"conservative", 1}, {"conservative", 2}, {"conservative", 3}, {"optimistic", 1}, {"optimistic", 2}, {"rollback-check", 1}}) {
      INFO(name << " " << threads);
      auto const executor = sim::make_executor(name, threads);
      auto const record = sim::run_replication(*study.scenario, future, {point, 1, 0}, *executor, 50'000'000, nullptr);
      REQUIRE(record.has_value());
      CHECK(record->digest == expected.digest);
      CHECK(record->events == expected.events);
      CHECK(same_outcome(*record, expected));
    }
  }
}

TEST_CASE("a study of the fictional world rests on its own tables, and one of the default world on none of them", "[world][berylia]") {
  auto const names = [](std::string const& world, std::string const& focal) {
    StudyOptions options;
    options.world = world, options.focal = focal;
    std::vector<std::string> tables;
    auto const study = make_study(options);
    for (auto const& [table, checksum] : study.scenario->schema().data_checksums) tables.push_back(table);
    return tables;
  };
  CHECK(names("berylia", "XBE") == tables_of(find_world("berylia")));
  CHECK(names("world", "JPN") == tables_of(find_world("world")));
}
