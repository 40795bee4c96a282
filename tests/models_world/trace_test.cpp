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

// Rows of one history, as bytes with their time, by what they say.
using Trace = std::map<std::string, std::vector<std::string>>;

template <class R>
std::string bytes_of(sim::RowKey const& key, R const& row) {
  std::string bytes(sizeof key.event.time + sizeof row, '\0');
  std::memcpy(bytes.data(), &key.event.time, sizeof key.event.time);
  std::memcpy(bytes.data() + sizeof key.event.time, &row, sizeof row);
  return bytes;
}

// Nobody learns, fears or moves elsewhere: what is found or named has no way back to who attacks whom.
StudyOptions without_feedback(std::string const& mechanism) {
  StudyOptions options;
  options.mechanisms = {};
  if (!mechanism.empty()) options.mechanisms.push_back(mechanism);
  options.constants = strong_constants();
  for (char const* const name : {"displacement", "deterrence_weight", "tension_jump", "recurrence_probability"}) options.constants.emplace_back(name, 0);
  options.constants.emplace_back("M10.free_riding", 1);
  options.constants.emplace_back("partner_hop", 1);
  options.behaviour = mechanism == "M10" ? "adaptation = false\n" : "adaptation = false\ninvestment = false\n";
  options.start = "2016-01-01", options.record_from = "2017-01-01", options.end = "2022-01-01";
  options.levers = three_steps("2017-02-01");
  options.treatments = {{"all", "\"liaison\", \"exercise\", \"membership\""}};
  options.futures = 1;
  return options;
}

Trace trace(StudyOptions const& options) {
  auto const study = make_study(options);
  auto const replication = study.scenario->build(study.scenario->prepare(0), {0, 0, 0});
  Trace rows;
  Census census(replication->world());
  census.listen<ThreatActor, ThreatActor::Decided>([&](sim::RowKey const& key, ThreatActor::Decided const& row) { rows["decided"].push_back(bytes_of(key, row)); });
  census.listen<IntrusionSet, IntrusionSet::Accessed>([&](sim::RowKey const& key, IntrusionSet::Accessed const& row) { rows["accessed"].push_back(bytes_of(key, row)); });
  census.listen<IntrusionSet, IntrusionSet::Discovery>([&](sim::RowKey const& key, IntrusionSet::Discovery const& row) { rows["discovered"].push_back(bytes_of(key, row)); });
  census.listen<ResponseTeam, ResponseTeam::Started>([&](sim::RowKey const& key, ResponseTeam::Started const& row) { rows["started"].push_back(bytes_of(key, row)); });
  census.listen<ResponseTeam, ResponseTeam::Contained>([&](sim::RowKey const& key, ResponseTeam::Contained const& row) { rows["contained"].push_back(bytes_of(key, row)); });
  census.listen<Nation, Nation::TechnicalAttribution>([&](sim::RowKey const& key, Nation::TechnicalAttribution const& row) { rows["attributed"].push_back(bytes_of(key, row)); });
  census.listen<Nation, Nation::PoliticalAttribution>([&](sim::RowKey const& key, Nation::PoliticalAttribution const& row) { rows["named"].push_back(bytes_of(key, row)); });
  census.listen<InformationEnvironment, InformationEnvironment::Trust>([&](sim::RowKey const& key, InformationEnvironment::Trust const& row) { rows["trust"].push_back(bytes_of(key, row)); });
  census.listen<Budget, Budget::Spending>([&](sim::RowKey const& key, Budget::Spending const& row) { rows["spent"].push_back(bytes_of(key, row)); });
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

TEST_CASE("free riding alone changes what nations spend, and before the first review nothing", "[world][trace][M10]") {
  StudyOptions with = without_feedback("M10"), without = without_feedback("M10");
  without.mechanisms = {};
  Trace const on = trace(with), off = trace(without);
  CHECK((on.at("spent") != off.at("spent")));
  std::string const first = std::min(on.at("spent").front(), off.at("spent").front());
  auto const early = [&](Trace const& rows, char const* name) {
    std::vector<std::string> list;
    sim::Time time, until;
    std::memcpy(&until, first.data(), sizeof until);
    for (std::string const& row : rows.at(name)) {
      std::memcpy(&time, row.data(), sizeof time);
      if (time < until) list.push_back(row);
    }
    std::sort(list.begin(), list.end());
    return list;
  };
  for (char const* const name : {"decided", "accessed", "discovered", "contained"}) CHECK((early(on, name) == early(off, name)));
}

TEST_CASE("a treatment that moves no mechanism's dose is not seen by any row, whatever is on", "[world][trace][twin]") {
  StudyOptions options = without_feedback("M5");
  Trace const factual = trace(options);
  options.levers = {{"none", "BRA", "TALLINN_MECHANISM", "membership", "2019-01-01"}};
  options.treatments = {{"all", "\"none\""}};
  StudyOptions never = options;
  never.levers = {}, never.treatments = {{"never", ""}};
  CHECK((trace(options) == trace(never)));
  CHECK((trace(never) != factual));  // a trace that differs is seen
}
