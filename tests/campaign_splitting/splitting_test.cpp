// How a splitting run goes: spread of the starts, levels that are jumped over or reached at once, and what must be refused.
#include "sim/campaign/splitting/splitting.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <mutex>
#include <numeric>

#include "sim/campaign/campaign.hpp"
#include "sim/exec/executors.hpp"
#include "tests/campaign_splitting/overflow_runs.hpp"

using sim::ReplicationRecord;
using sim::ReplicationStatus;

namespace {

ReplicationRecord attempt(queue::Overflow const& overflow, std::string const& executor, std::uint64_t event_limit = 1'000'000) {
  auto const scenario = queue::make_scenario(overflow);
  return *sim::run_replication(*scenario, scenario->prepare(0), {0, 0, 0}, *sim::make_executor(executor), event_limit, nullptr);
}

void check_same(ReplicationRecord const& a, ReplicationRecord const& b) {
  CHECK(a.key == b.key);
  CHECK(a.digest == b.digest);
  CHECK(a.digest_before == b.digest_before);
  CHECK(a.events == b.events);
  CHECK(a.responses == b.responses);
}

class Records final : public sim::RecordSink {
 public:
  void append(ReplicationRecord&& record) override {
    std::lock_guard const lock(mutex_);
    records.push_back(std::move(record));
  }
  std::vector<ReplicationRecord> records;

 private:
  std::mutex mutex_;
};

}  // namespace

TEST_CASE("starts are spread evenly over the entrances, the rest without favour", "[splitting]") {
  std::vector<double> sums(7, 0);
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    auto const starts = sim::spread(7, 100, sim::RngStream({.seed = 5}, 1, 0, i));
    REQUIRE(std::accumulate(starts.begin(), starts.end(), 0U) == 100);
    REQUIRE(*std::min_element(starts.begin(), starts.end()) == 14);
    REQUIRE(*std::max_element(starts.begin(), starts.end()) == 15);
    for (std::size_t j = 0; j < 7; ++j) sums[j] += starts[j];
  }
  // Each has one start more with probability 2/7: standard deviation of a sum 45, bound at p < 1e-9.
  for (double const sum : sums) CHECK(std::fabs(sum - 10'000 * 100.0 / 7) < 6.11 * 45.2);
  CHECK(sim::spread(1, 9, sim::RngStream({}, 1, 0, 0)) == std::vector<std::uint32_t>{9});
  auto const few = sim::spread(100, 3, sim::RngStream({}, 1, 0, 0));
  CHECK(std::accumulate(few.begin(), few.end(), 0U) == 3);
}

TEST_CASE("a level that is reached together with the one before it costs nothing and loses nobody", "[splitting]") {
  auto const record = overflow::run({.load = 0.5, .levels = {2, 2.5, 2.75, 3, 5}, .effort = 100}, 0);
  CHECK(record.responses[1] == record.responses[2]);  // 2.5 to 3 are one step of the line
  CHECK(record.responses[2] == record.responses[3]);
  CHECK(record.responses[0] > record.responses[1]);
}

TEST_CASE("a level at which every history begins is reached by all", "[splitting]") {
  auto const record = overflow::run({.load = 0.5, .levels = {1, 4}, .effort = 200}, 0);
  CHECK(record.responses[0] == 1);
  CHECK(record.responses[1] > 0);
}

TEST_CASE("one level is crude sampling", "[splitting]") {
  auto const record = overflow::run({.load = 0.5, .levels = {3}, .effort = 2000}, 0);
  CHECK(record.responses[0] == Approx(1.0 / 7).margin(6.11 * std::sqrt(1.0 / 7 * 6 / 7 / 2000)));
  CHECK(record.responses[1] == record.responses[2] / 2000);  // events of a history and of all
}

TEST_CASE("records do not depend on jobs or executor", "[splitting]") {
  auto overflow = overflow::up_to(10, 60);
  overflow.futures = 3;
  overflow.replications = 2;
  auto const scenario = queue::make_scenario(overflow);
  std::vector<std::vector<ReplicationRecord>> all;
  for (std::string const name : {"sequential", "rollback-check"}) {
    for (unsigned const jobs : {1U, 3U}) {
      Records sink;
      sim::run_campaign(*scenario, sink, [&] { return sim::make_executor(name); }, {.jobs = jobs}, {});
      std::sort(sink.records.begin(), sink.records.end(), [](auto const& a, auto const& b) { return a.key < b.key; });
      all.push_back(std::move(sink.records));
    }
  }
  for (auto const& records : all) {
    REQUIRE(records.size() == 6);
    for (std::size_t i = 0; i < records.size(); ++i) check_same(records[i], all.front()[i]);
  }
  CHECK(all.front()[0].responses != all.front()[1].responses);
  CHECK(all.front()[0].responses != all.front()[2].responses);
}

TEST_CASE("a level that falls is refused with both values and the date", "[splitting]") {
  auto overflow = overflow::up_to(10, 60);
  overflow.level_falls = true;
  auto const record = attempt(overflow, "sequential");
  CHECK(record.status == ReplicationStatus::failed);
  CHECK_THAT(record.message, Catch::Contains("the level of the rare event fell from ") && Catch::Contains(" at 1970-01-01") &&
                                 Catch::Contains("never falls"));
}

TEST_CASE("an executor that runs past the event is refused", "[splitting]") {
  auto const record = attempt(overflow::up_to(10, 60), "conservative");
  CHECK(record.status == ReplicationStatus::failed);
  CHECK_THAT(record.message, Catch::Contains("use the sequential executor"));
}

TEST_CASE("a history with too many events censors its run", "[splitting]") {
  auto const record = attempt(overflow::up_to(10, 60), "sequential", 8);
  CHECK(record.status == ReplicationStatus::censored);
  CHECK_THAT(record.message, Catch::Contains("event_limit"));
}

TEST_CASE("a run that is asked to stop leaves no record", "[splitting]") {
  auto const scenario = queue::make_scenario(overflow::up_to(10, 60));
  std::atomic<sim::StopRequest> const stop{sim::StopRequest::now};
  CHECK_FALSE(sim::run_replication(*scenario, scenario->prepare(0), {0, 0, 0}, *sim::make_executor("sequential"), 1000, &stop));
}
