// Small studies of the world, written for one test each and run without the campaign.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/campaign/scenario.hpp"
#include "sim/campaign/study.hpp"

namespace world::test {

/// One line of a study's levers: who moves what when.
struct Lever {
  std::string name, nation, organisation, action, from;  // no nation where the action has none
  std::string status = {};  // of a membership
  std::string to = {};      // empty: never
};

/// What a study says beyond the defaults.
struct StudyOptions {
  std::string start = "2018-01-01", record_from = "2019-01-01", end = "2022-01-01";
  int futures = 2, replications = 1;
  std::uint64_t seed = 1;
  std::vector<std::string> mechanisms = {};                    // those switched on; all others are off
  std::vector<std::string> behaviours = {};                    // switched on beside the standard ones
  std::vector<std::pair<std::string, double>> constants = {};  // factors held at one value
  std::vector<Lever> levers = {};
  std::vector<std::pair<std::string, std::string>> treatments = {{"never", ""}};  // name, "lever", "lever"
  std::string focal = "JPN";
  std::string world = "world";
  std::string scenario = "";  // lines of [scenario]
  std::string behaviour = "";  // lines of [behaviour]
  std::string more = "";       // further tables
};

/// Japan's three steps at CCDCOE, on the first days of the recorded time.
std::vector<Lever> three_steps(std::string const& from);
/// Every mechanism that this build can switch on.
std::vector<std::string> available_mechanisms();
/// Mechanism parameters at the end that acts most, with weights of the centre at their cap.
std::vector<std::pair<std::string, double>> strong_constants();

/// A checked study and its model.
struct SmallStudy {
  sim::Study study;
  std::unique_ptr<sim::Scenario> scenario;
};

/// Writes the study as text, checks it as the program does and makes its scenario.
SmallStudy make_study(StudyOptions const& options);

/// One replication by the named executor; fails the test if it does not finish.
sim::ReplicationRecord run(sim::Scenario const& scenario, std::shared_ptr<sim::Future const> const& future,
                           sim::ReplicationKey key, std::string const& executor = "sequential", unsigned threads = 1);

/// The first treatment's history of one future, run to its end: its agents as they are then.
std::unique_ptr<sim::Replication> history_of(SmallStudy const& study, std::uint32_t future);

/// All treatments x futures x replications, in that order.
std::vector<sim::ReplicationRecord> run_all(SmallStudy const& study);

/// One response of one nation in a record.
double response(sim::ResultSchema const& schema, sim::ReplicationRecord const& record, std::string const& name,
                std::size_t nation);
/// The same summed over all nations.
double total(sim::ResultSchema const& schema, sim::ReplicationRecord const& record, std::string const& name);

/// True if all that was measured is the same to the bit: responses, series, incidents.
bool same_outcome(sim::ReplicationRecord const& a, sim::ReplicationRecord const& b);

}  // namespace world::test
