// Negative and positive controls: what may not differ differs in no bit, what acts is seen.
#include <catch2/catch.hpp>

#include <algorithm>

#include "sim/campaign/run_replication.hpp"
#include "sim/exec/executors.hpp"
#include "tests/models_world/studies.hpp"

using namespace world::test;

namespace {

std::string const all_steps = "\"liaison\", \"exercise\", \"membership\"";

// Never, membership alone, all three steps; effects as strong as the model accepts.
StudyOptions three_arms(std::vector<std::string> mechanisms) {
  StudyOptions options;
  options.mechanisms = std::move(mechanisms);
  options.constants = strong_constants();
  options.levers = three_steps("2019-02-01");
  options.treatments = {{"never", ""}, {"joins", "\"membership\""}, {"all", all_steps}};
  return options;
}

// Never and one arm with the given levers; true for each pair of histories that had the same outcome.
std::vector<bool> sameness(StudyOptions options, std::vector<Lever> levers,
                           std::vector<std::pair<std::string, std::string>> arms) {
  options.levers = std::move(levers);
  options.treatments = std::move(arms);
  auto const records = run_all(make_study(options));
  std::size_t const per_arm = records.size() / 2;
  std::vector<bool> same;
  for (std::size_t i = 0; i < per_arm; ++i) same.push_back(same_outcome(records[i], records[per_arm + i]));
  return same;
}

bool all(std::vector<bool> const& values) { return std::find(values.begin(), values.end(), false) == values.end(); }

Lever brazil_joins(std::string const& organisation, std::string const& from, std::string const& to = {}) {
  return {"joins", "BRA", organisation, "membership", from, "", to};
}

}  // namespace

TEST_CASE("with every mechanism off, treatments differ in no bit of any outcome", "[world][control]") {
  StudyOptions options = three_arms({});
  options.futures = 5;
  options.replications = 2;
  auto const records = run_all(make_study(options));
  std::size_t const per_arm = records.size() / 3;
  REQUIRE(per_arm == 10);
  for (std::size_t i = 0; i < per_arm; ++i) {
    CHECK(same_outcome(records[i], records[per_arm + i]));
    CHECK(same_outcome(records[i], records[2 * per_arm + i]));
    CHECK(records[i].digest != records[per_arm + i].digest);      // the lever itself is on record
    CHECK(records[per_arm + i].events == records[i].events + 1);  // and sends nothing
    CHECK(records[2 * per_arm + i].events == records[i].events + 3);
  }
}

TEST_CASE("each mechanism alone changes a response of a nation that takes all steps", "[world][control]") {
  for (std::string const& code : available_mechanisms()) {
    INFO(code);
    StudyOptions options = three_arms({code});
    if (code == "M4") {  // the Centre is not operational and has no pool: an organisation that has one is joined instead
      options.levers = {{"membership", "JPN", "NATO", "membership", "2019-02-01"}};
      options.treatments = {{"never", ""}, {"joins", "\"membership\""}, {"all", "\"membership\""}};
    }
    options.futures = 4;
    options.seed = 7;
    options.end = "2024-01-01";
    auto const study = make_study(options);
    auto const& schema = study.scenario->schema();
    auto const japan = static_cast<std::size_t>(std::find(schema.nations.begin(), schema.nations.end(), "JPN") -
                                                schema.nations.begin());
    auto const records = run_all(study);
    std::size_t const per_arm = records.size() / 3;
    int changed = 0, of_japan = 0;
    for (std::size_t i = 0; i < per_arm; ++i)
      for (std::size_t r = 0; r < schema.responses.size(); ++r)
        for (std::size_t n = 0; n < schema.nations.size(); ++n) {
          std::size_t const at = sim::response_offset(schema, r) + n;
          if (records[i].responses[at] == records[2 * per_arm + i].responses[at]) continue;
          ++changed;
          of_japan += n == japan ? 1 : 0;
        }
    CHECK(changed > 0);
    CHECK(of_japan > 0);
  }
}

TEST_CASE("the end of an organisation changes its members' outcomes, through mechanisms alone and not before its day", "[world][control][regime]") {
  StudyOptions options;
  options.levers = {{"end", "", "CCDCOE", "dissolution", "2019-07-01"}};
  options.treatments = {{"never", ""}, {"end", "\"end\""}};
  CHECK(all(sameness(options, options.levers, options.treatments)));  // all mechanisms off
  CHECK(all(sameness(options, {{"end", "", "CCDCOE", "dissolution", "2030-01-01"}}, options.treatments)));
  options.mechanisms = available_mechanisms();
  options.constants = strong_constants();
  auto const study = make_study(options);
  auto const records = run_all(study);
  std::size_t const per_arm = records.size() / 2;
  auto const& schema = study.scenario->schema();
  for (std::size_t i = 0; i < per_arm; ++i) {
    CHECK(records[i].digest_before == records[per_arm + i].digest_before);
    int changed = 0;
    for (std::size_t r = 0; r < schema.responses.size(); ++r)
      for (std::size_t n = 0; n < schema.nations.size(); ++n)
        changed += records[i].responses[sim::response_offset(schema, r) + n] != records[per_arm + i].responses[sim::response_offset(schema, r) + n];
    CHECK(changed > 100);
  }
}

TEST_CASE("histories are the same up to the first date on which treatments differ", "[world][control]") {
  StudyOptions options = three_arms(available_mechanisms());
  options.futures = 4;
  auto const records = run_all(make_study(options));
  std::size_t const per_arm = records.size() / 3;
  for (std::size_t i = 0; i < per_arm; ++i)
    for (std::size_t arm : {1, 2}) {
      CHECK(records[i].digest_before == records[arm * per_arm + i].digest_before);
      CHECK(records[i].digest != records[arm * per_arm + i].digest);
    }
  CHECK(records[0].digest_before != records[1].digest_before);
}

TEST_CASE("treatments branched from their common beginning are those run alone, to the bit", "[world][control]") {
  SmallStudy const small = make_study({.mechanisms = available_mechanisms(),
                                       .constants = strong_constants(),
                                       .levers = three_steps("2019-07-01"),
                                       .treatments = {{"never", ""},
                                                      {"liaison", "\"liaison\""},
                                                      {"all", "\"liaison\", \"exercise\", \"membership\""}}});
  sim::Time const first = small.scenario->first_difference(), early = first - sim::day * 150;
  for (auto const& [name, branch_at, share] : {std::tuple("sequential", sim::end_of_time, .9), {"sequential", early, .99},
                                               {"rollback-check", sim::end_of_time, .9}, {"conservative", early, .99}}) {
    auto const executor = sim::make_executor(name);
    auto const future = small.scenario->prepare(1);
    sim::History history{.keys = {{0, 1, 0}, {1, 1, 0}, {2, 1, 0}}, .branch_at = branch_at};
    double events = 0;
    std::size_t delivered = 0;
    sim::run_history(*small.scenario, future, history, *executor, 50'000'000, nullptr,
                     [&](sim::ReplicationRecord&& branched) {
                       sim::ReplicationRecord const alone = run(*small.scenario, future, branched.key);
                       CHECK(branched.digest == alone.digest);
                       CHECK(branched.digest_before == alone.digest_before);
                       CHECK(branched.events == alone.events);
                       CHECK(same_outcome(branched, alone));
                       events += alone.events;
                       ++delivered;
                     });
    CHECK(delivered == 3);
    CHECK(static_cast<double>(history.work.events) < share * events);
  }
}

TEST_CASE("a lever dated after the end does exactly nothing", "[world][control]") {
  StudyOptions options = three_arms(available_mechanisms());
  options.levers = three_steps("2022-01-01");
  auto const records = run_all(make_study(options));
  std::size_t const per_arm = records.size() / 3;
  for (std::size_t i = 0; i < per_arm; ++i) {
    CHECK(same_outcome(records[i], records[2 * per_arm + i]));
    CHECK(records[i].digest == records[2 * per_arm + i].digest);
  }
}

TEST_CASE("contributing participants and sponsoring nations differ in no bit, however they follow each other",
          "[world][control]") {
  StudyOptions options = three_arms(available_mechanisms());
  options.futures = 6;
  options.levers = {{"cp", "JPN", "CCDCOE", "membership", "2019-02-01", "CP"},
                    {"sn", "JPN", "CCDCOE", "membership", "2019-02-01", "SN"},
                    {"cp_first", "JPN", "CCDCOE", "membership", "2019-02-01", "CP", "2020-03-01"},
                    {"sn_later", "JPN", "CCDCOE", "membership", "2020-03-01", "SN"}};
  options.treatments = {{"cp", "\"cp\""}, {"sn", "\"sn\""}, {"promoted", "\"cp_first\", \"sn_later\""}};
  auto const records = run_all(make_study(options));
  std::size_t const per_arm = records.size() / 3;
  for (std::size_t i = 0; i < per_arm; ++i) {
    CHECK(same_outcome(records[i], records[per_arm + i]));
    CHECK(same_outcome(records[i], records[2 * per_arm + i]));
  }
}

TEST_CASE("an organisation whose relation carries no dose changes nothing", "[world][control]") {
  StudyOptions options = three_arms(available_mechanisms());
  options.start = "2022-01-01", options.record_from = "2023-01-01", options.end = "2026-01-01";
  CHECK(all(
      sameness(options, {brazil_joins("TALLINN_MECHANISM", "2024-02-01")}, {{"never", ""}, {"joins", "\"joins\""}})));
}

TEST_CASE("nothing is told, shared, lent, named or proved faster for the only member of an organisation", "[world][control]") {
  StudyOptions options = three_arms({"M1", "M2", "M4", "M5"});
  options.futures = 20;
  // The Quad was dormant until November 2017: whoever enters in 2011 meets nobody.
  options.start = "2009-01-01", options.record_from = "2010-01-01", options.end = "2014-01-01";
  std::vector<std::pair<std::string, std::string>> const arms{{"never", ""}, {"joins", "\"joins\""}};
  CHECK(all(sameness(options, {brazil_joins("QUAD", "2011-01-01")}, arms)));
  // The twin: in an organisation with members the same step is seen.
  CHECK_FALSE(all(sameness(options, {brazil_joins("NATO", "2011-01-01")}, arms)));
}

TEST_CASE("rules that are switched off have no bit of effect, whatever their parameters", "[world][control]") {
  StudyOptions options;
  options.mechanisms = available_mechanisms();
  options.futures = 1;
  auto const plain = run_all(make_study(options));
  options.constants = {{"vulnerable_share", .9}, {"blame_reward", 50}, {"escalation_caution", 3},
                       {"false_alarm", .2},      {"renewal_period", 1}, {"retake_cost", 1}};
  auto const moved = run_all(make_study(options));
  for (std::size_t i = 0; i < plain.size(); ++i) {
    CHECK(same_outcome(plain[i], moved[i]));
    CHECK(plain[i].digest == moved[i].digest);
  }
  for (char const* rule : {"blame_or_tolerate", "signal_doctrine"}) {  // the twin: switched on they are seen
    options.behaviours = {rule};
    auto const on = run_all(make_study(options));
    CHECK_FALSE(same_outcome(plain[0], on[0]));
  }
}

TEST_CASE("rules of choice give the same history on every executor", "[world][control]") {
  StudyOptions options = three_arms(available_mechanisms());
  options.levers.push_back({"policy", "JPN", "", "attribution_policy", "2019-02-01"});
  options.treatments = {{"all", all_steps + ", \"policy\""}};
  options.behaviours = {"blame_or_tolerate", "signal_doctrine", "footholds"};
  options.futures = 1;
  auto const study = make_study(options);
  auto const future = study.scenario->prepare(0);
  auto const reference = run(*study.scenario, future, {0, 0, 0});
  for (auto const& [executor, threads] : {std::pair{"rollback-check", 1U}, {"conservative", 2U}, {"optimistic", 2U}}) {
    INFO(executor);
    auto const other = run(*study.scenario, future, {0, 0, 0}, executor, threads);
    CHECK(other.digest == reference.digest);
    CHECK(same_outcome(other, reference));
  }
}
