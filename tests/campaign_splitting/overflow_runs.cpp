#include "tests/campaign_splitting/overflow_runs.hpp"

#include <catch2/catch.hpp>

#include "sim/campaign/run_replication.hpp"
#include "sim/exec/executors.hpp"

namespace overflow {

namespace {

sim::ReplicationRecord run(sim::Scenario const& scenario, std::uint32_t replication, sim::Executor& executor) {
  auto record = sim::run_replication(scenario, scenario.prepare(0), {0, 0, replication}, executor, 1'000'000'000, nullptr);
  REQUIRE(record.has_value());
  INFO(record->message);
  REQUIRE(record->status == sim::ReplicationStatus::done);
  return std::move(*record);
}

}  // namespace

queue::Overflow up_to(double capacity, std::uint32_t effort) {
  queue::Overflow overflow{.load = 0.5, .effort = effort, .seed = 2024};
  for (double level = 4; level < capacity; level += 3) overflow.levels.push_back(level);
  overflow.levels.push_back(capacity);
  return overflow;
}

sim::ReplicationRecord run(queue::Overflow const& overflow, std::uint32_t replication, std::string const& executor) {
  return run(*queue::make_scenario(overflow), replication, *sim::make_executor(executor));
}

std::vector<sim::ReplicationRecord> run_all(queue::Overflow const& overflow, std::uint32_t n) {
  auto const scenario = queue::make_scenario(overflow);
  auto const executor = sim::make_executor("sequential");
  std::vector<sim::ReplicationRecord> records;
  for (std::uint32_t r = 0; r < n; ++r) records.push_back(run(*scenario, r, *executor));
  return records;
}

std::vector<double> estimates(std::vector<sim::ReplicationRecord> const& records) { return response_from_last(records, 2); }

std::vector<double> response_from_last(std::vector<sim::ReplicationRecord> const& records, std::size_t back) {
  std::vector<double> values;
  for (sim::ReplicationRecord const& record : records) values.push_back(record.responses.at(record.responses.size() - 1 - back));
  return values;
}

}  // namespace overflow
