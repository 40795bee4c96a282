// What each mechanism alone changes in the trace: its own rows, and none upstream of it.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <map>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/nation/budget.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "tests/models_world/census.hpp"

using namespace world;
using namespace world::test;

namespace {

// Rows of one history by what they say: time and bytes, in the order of time.
using Rows = std::vector<std::pair<std::int64_t, std::string>>;
using Trace = std::map<std::string, Rows>;

template <class R>
std::pair<std::int64_t, std::string> entry(sim::RowKey const& key, R const& row) {
  std::string bytes(sizeof row, '\0');
  std::memcpy(bytes.data(), &row, sizeof row);
  return {key.event.time.ticks, bytes};
}

// Nobody learns, fears or moves elsewhere: what is found or named has no way back to who attacks whom.
StudyOptions without_feedback(std::string const& mechanism) {
  StudyOptions options;
  options.mechanisms = {};
  if (!mechanism.empty()) options.mechanisms.push_back(mechanism);
  options.constants = strong_constants();
  for (char const* const name : {"displacement", "deterrence_weight", "tension_jump", "recurrence_probability", "hacktivists_by_naming"}) options.constants.emplace_back(name, 0);
  options.constants.emplace_back("partner_hop", 1);
  options.behaviour = mechanism == "M10" ? "adaptation = false\n" : "adaptation = false\ninvestment = false\n";
  options.start = "2016-01-01", options.record_from = "2017-01-01", options.end = "2022-01-01";
  options.levers = three_steps("2017-02-01");
  options.treatments = {{"all", "\"liaison\", \"exercise\", \"membership\""}};
  options.futures = 1;
  return options;
}

template <class A, class R>
void keep(Census& census, Rows& rows) {
  census.listen<A, R>([&rows](sim::RowKey const& key, R const& row) { rows.push_back(entry(key, row)); });
}

Trace trace(StudyOptions const& options) {
  auto const study = make_study(options);
  auto const replication = study.scenario->build(study.scenario->prepare(0), {0, 0, 0});
  Trace rows;
  Census census(replication->world());
  keep<ThreatActor, ThreatActor::Decided>(census, rows["decided"]);
  keep<IntrusionSet, IntrusionSet::Accessed>(census, rows["accessed"]);
  keep<IntrusionSet, IntrusionSet::Discovery>(census, rows["discovered"]);
  keep<ResponseTeam, ResponseTeam::Started>(census, rows["started"]);
  keep<ResponseTeam, ResponseTeam::Contained>(census, rows["contained"]);
  keep<Nation, Nation::TechnicalAttribution>(census, rows["attributed"]);
  keep<Nation, Nation::PoliticalAttribution>(census, rows["named"]);
  keep<InformationEnvironment, InformationEnvironment::Trust>(census, rows["trust"]);
  keep<Budget, Budget::Spending>(census, rows["spent"]);
  auto const executor = sim::make_executor("sequential");
  executor->start(replication->world(), census, study.scenario->start());
  executor->run_until(study.scenario->end());
  for (auto& [name, list] : rows) std::sort(list.begin(), list.end());
  return rows;
}

}  // namespace

TEST_CASE("each mechanism alone changes what it says, and nothing upstream of it", "[world][trace]") {
  struct Expected { char const* mechanism; std::vector<char const*> upstream, own; };
  // In the order of the chain: decided, accessed, discovered, then response, attribution and trust side by side.
  std::vector<Expected> const all{
      {"M1", {"decided"}, {"discovered"}},
      {"M2", {"decided"}, {"discovered"}},
      {"M3", {"decided", "accessed", "discovered", "attributed", "named", "trust"}, {"contained"}},
      {"M5", {"decided", "accessed", "discovered", "started", "contained", "trust"}, {"attributed", "named"}},
      {"M6", {"decided", "accessed", "discovered", "started", "contained", "trust"}, {"attributed", "named"}},
      {"M7", {"decided", "accessed", "discovered", "started", "contained", "attributed", "named"}, {"trust"}},
      {"M8", {}, {"decided"}},
      {"M9", {"decided", "accessed", "discovered", "attributed", "named", "trust"}, {"contained"}},
      {"trusted_partners", {}, {"accessed"}},
  };
  Trace const off = trace(without_feedback(""));
  for (char const* const name : {"decided", "accessed", "discovered", "started", "contained", "attributed", "named", "trust"}) CHECK(off.at(name).size() > 100);
  for (Expected const& expected : all) {
    INFO(expected.mechanism);
    Trace const on = trace(without_feedback(expected.mechanism));
    for (char const* const name : expected.upstream) {
      INFO("upstream: " << name);
      CHECK((on.at(name) == off.at(name)));
    }
    for (char const* const name : expected.own) {
      INFO("own: " << name);
      CHECK((on.at(name) != off.at(name)));
    }
  }
}

TEST_CASE("pooled capacity alone changes who waits, and nothing upstream of it", "[world][trace][M4]") {
  // The Centre has no pool: an organisation that has one is joined.
  StudyOptions with = without_feedback("M4");
  with.levers = {{"joins", "JPN", "NATO", "membership", "2017-02-01"}};
  with.treatments = {{"joins", "\"joins\""}};
  StudyOptions without = with;
  without.mechanisms = {};
  Trace const on = trace(with), off = trace(without);
  for (char const* const name : {"decided", "accessed", "discovered", "attributed", "named", "trust"}) {
    INFO("upstream: " << name);
    CHECK((on.at(name) == off.at(name)));
  }
  CHECK((on.at("started") != off.at("started")));
  CHECK((on.at("contained") != off.at("contained")));
}

TEST_CASE("free riding alone changes what nations spend, and before the first review nothing", "[world][trace][M10]") {
  StudyOptions with = without_feedback("M10"), without = without_feedback("M10");
  without.mechanisms = {};
  Trace const on = trace(with), off = trace(without);
  CHECK((on.at("spent") != off.at("spent")));
  std::int64_t const first = std::min(on.at("spent").front().first, off.at("spent").front().first);
  auto const early = [&](Trace const& rows, char const* name) {
    Rows list = rows.at(name);
    std::erase_if(list, [&](auto const& row) { return row.first >= first; });
    return list;
  };
  for (char const* const name : {"decided", "accessed", "discovered", "contained"}) CHECK((early(on, name) == early(off, name)));
  CHECK(!early(on, "discovered").empty());
}

TEST_CASE("a treatment that moves no mechanism's dose is not seen by any row, whatever is on", "[world][trace][twin]") {
  StudyOptions never = without_feedback("M5");
  never.start = "2021-01-01", never.record_from = "2022-01-01", never.end = "2026-01-01";
  never.levers = {}, never.treatments = {{"never", ""}};
  StudyOptions placebo = never, real = never;
  placebo.levers = {{"joins", "BRA", "TALLINN_MECHANISM", "membership", "2023-12-01"}};
  real.levers = {{"joins", "BRA", "CCDCOE", "membership", "2023-12-01"}};
  placebo.treatments = real.treatments = {{"joins", "\"joins\""}};
  Trace const without = trace(never);
  CHECK((trace(placebo) == without));
  CHECK((trace(real) != without));  // a dose that moves is seen
}
