#include "sim/campaign/campaign.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <mutex>
#include <set>

#include "sim/base/error.hpp"
#include "sim/exec/executors.hpp"
#include "tests/campaign/toy_scenario.hpp"

using sim::CampaignOptions;
using sim::ReplicationKey;
using sim::ReplicationRecord;
using sim::ReplicationStatus;
using sim::StopRequest;

namespace {

class Records final : public sim::RecordSink {
 public:
  void append(ReplicationRecord&& record) override {
    std::lock_guard const lock(mutex_);
    records.push_back(std::move(record));
    if (stop_after != 0 && records.size() == stop_after) stop = StopRequest::after_running;
    if (throw_after != 0 && records.size() == throw_after) throw sim::Error("disk full");
  }
  /// In the order of their keys.
  std::vector<ReplicationRecord> sorted() const {
    auto copy = records;
    std::sort(copy.begin(), copy.end(), [](auto const& a, auto const& b) { return a.key < b.key; });
    return copy;
  }

  std::vector<ReplicationRecord> records;
  std::size_t stop_after = 0, throw_after = 0;
  std::atomic<StopRequest> stop{StopRequest::none};

 private:
  std::mutex mutex_;
};

sim::ExecutorFactory executor(std::string const& name) {
  return [name] { return sim::make_executor(name); };
}

void check_same(ReplicationRecord const& a, ReplicationRecord const& b) {
  CHECK(a.key == b.key);
  CHECK(a.status == b.status);
  CHECK(a.digest == b.digest);
  CHECK(a.digest_before == b.digest_before);
  CHECK(a.events == b.events);
  CHECK(a.responses == b.responses);
  CHECK(a.incidents == b.incidents);
  CHECK(a.message == b.message);
}

void check_same(std::vector<ReplicationRecord> const& a, std::vector<ReplicationRecord> const& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) check_same(a[i], b[i]);
}

}  // namespace

TEST_CASE("records do not depend on jobs or executor, failures included", "[campaign]") {
  toy::Scenario const scenario(4, 3, {.break_model = {{0, 1, 2}}, .break_measure = {{1, 2, 0}}, .break_future = {3}});
  Records reference;
  run_campaign(scenario, reference, executor("sequential"), {.jobs = 1}, {});
  for (std::string const name : {"sequential", "rollback-check"}) {
    for (unsigned const jobs : {1U, 2U, 8U}) {
      Records records;
      auto const summary = run_campaign(scenario, records, executor(name), {.jobs = jobs}, {});
      CHECK(summary.progress.failed == 8);
      CHECK(summary.progress.done == 16);
      CHECK_FALSE(summary.stopped);
      check_same(records.sorted(), reference.sorted());
    }
  }
}

TEST_CASE("histories with different keys differ, treatments of a history share their random numbers", "[campaign]") {
  toy::Scenario const scenario;
  Records records;
  run_campaign(scenario, records, executor("sequential"), {.jobs = 2}, {});
  std::set<std::uint64_t> digests;
  for (ReplicationRecord const& record : records.records) {
    CHECK(record.status == ReplicationStatus::done);
    CHECK(record.digest != record.digest_before);
    digests.insert(record.digest);
  }
  CHECK(digests.size() == records.records.size());
  auto const sorted = records.sorted();
  std::size_t const half = sorted.size() / 2;
  for (std::size_t i = 0; i < half; ++i) {
    auto const &plain = sorted[i].incidents, &skilled = sorted[i + half].incidents;
    auto const [a, b] = std::mismatch(plain.begin(), plain.end(), skilled.begin());
    REQUIRE(a != plain.end());
    CHECK((a - plain.begin()) % 2 == 1);  // not when, but how: the first shot with twice the skill
    CHECK(*b == 2 * *a);
  }
}

TEST_CASE("what treatments have in common is simulated once, and no record shows it", "[campaign]") {
  toy::Scenario const scenario(3, 4, {.break_model = {{0, 1, 2}, {1, 2, 3}}, .break_measure = {{1, 0, 0}}});
  for (std::string const name : {"sequential", "rollback-check"}) {
    for (std::uint64_t const limit : {std::uint64_t{10}, std::uint64_t{30}, std::uint64_t{1'000'000}}) {
      Records records;
      auto const summary = run_campaign(scenario, records, executor(name), {.jobs = 1, .event_limit = limit}, {});
      auto const one = executor(name)();
      for (ReplicationRecord const& record : records.records) {
        auto const alone =
            sim::run_replication(scenario, scenario.prepare(record.key.future), record.key, *one, limit, nullptr);
        REQUIRE(alone.has_value());
        check_same(record, *alone);
      }
      sim::Progress const& progress = summary.progress;
      if (limit > 30) CHECK(progress.events_simulated < 0.8 * progress.events);
      if (limit == 10) CHECK(progress.events_simulated == progress.events);  // censored before they part
    }
  }
}

TEST_CASE("where treatments branch changes the work and no record", "[campaign]") {
  toy::Scenario const scenario(3, 4, {.break_model = {{0, 1, 2}, {1, 2, 3}}, .break_measure = {{1, 0, 0}}});
  for (std::string const name : {"sequential", "rollback-check", "conservative"}) {
    for (std::uint64_t const limit : {std::uint64_t{10}, std::uint64_t{22}, std::uint64_t{30}, std::uint64_t{1'000'000}}) {
      Records first;
      auto const most = run_campaign(scenario, first, executor(name), {.jobs = 1, .event_limit = limit}, {}).progress;
      double before = most.events_simulated;
      for (sim::Duration const shared : {sim::day * 1000, sim::day * 20, sim::day * 15, sim::day * 1, sim::Duration{}, sim::day * -9}) {
        Records records;
        CampaignOptions const how{.jobs = 1, .event_limit = limit, .branch_at = sim::Time{} + shared};
        auto const progress = run_campaign(scenario, records, executor(name), how, {}).progress;
        check_same(records.sorted(), first.sorted());
        CHECK(progress.events == most.events);
        CHECK((limit <= 30 || progress.events_simulated >= before));  // a beginning that is censored is not shared
        before = progress.events_simulated;
      }
      CHECK(before == most.events);
      CHECK(sim::branching_gain(most) == most.events / most.events_simulated);
    }
  }
  CHECK(sim::branching_gain({}) == 1);
}

TEST_CASE("the work of all executors adds up to what was simulated", "[campaign]") {
  toy::Scenario const scenario(5, 4, {.break_model = {{0, 1, 2}}});
  Records records;
  auto const one = run_campaign(scenario, records, executor("sequential"), {.jobs = 1}, {}).work;
  CHECK(one.execution.handled == one.events);
  CHECK(one.events < static_cast<std::uint64_t>(run_campaign(scenario, records, executor("sequential"), {}, {}).progress.events));
  CHECK(one.shortest_delay >= sim::hour);
  CHECK(one.shortest_delay < sim::day);
  for (std::string const name : {"sequential", "conservative"}) {
    auto const all = run_campaign(scenario, records, executor(name), {.jobs = 2}, {});
    CHECK(all.work.events == static_cast<std::uint64_t>(all.progress.events_simulated));
    CHECK(all.work.execution.handled == all.work.events);
    CHECK(all.work.shortest_delay == one.shortest_delay);
    CHECK(all.work.events >= one.events);  // jobs that share a history each run its beginning
    CHECK((all.work.execution.windows > 0) == (name == "conservative"));
  }
  sim::WorkDone sum = one;
  sum += one;
  CHECK(sum.events == 2 * one.events);
  CHECK(sum.execution.handled == 2 * one.execution.handled);
  CHECK(sum.shortest_delay == one.shortest_delay);
}

TEST_CASE("a failed replication says where and when, and the campaign goes on", "[campaign]") {
  toy::Scenario const scenario(2, 2, {.break_model = {{1, 0, 1}}});
  Records records;
  auto const summary = run_campaign(scenario, records, executor("sequential"), {.jobs = 1}, {});
  CHECK(summary.progress.finished() == 8);
  REQUIRE(summary.mishaps.size() == 1);
  CHECK(summary.mishaps[0].key == ReplicationKey{1, 0, 1});
  CHECK_THAT(summary.mishaps[0].message, Catch::Contains("the ball is lost") && Catch::Contains("player/a") &&
                                             Catch::Contains("Ball") && Catch::Contains("1970-01"));
  for (ReplicationRecord const& record : records.records) {
    bool const broken = record.key == ReplicationKey{1, 0, 1};
    CHECK((record.status == ReplicationStatus::failed) == broken);
    CHECK(record.responses.empty() == broken);
  }
}

TEST_CASE("a replication with more events than allowed is censored, whatever the executor", "[campaign]") {
  toy::Scenario const scenario(1, 2);
  for (std::string const name : {"sequential", "rollback-check"}) {
    Records records;
    auto const summary = run_campaign(scenario, records, executor(name), {.jobs = 1, .event_limit = 10}, {});
    CHECK(summary.progress.censored == 4);
    for (ReplicationRecord const& record : records.records) {
      CHECK(record.status == ReplicationStatus::censored);
      CHECK(record.events == 10);
      CHECK(record.responses.empty());
      CHECK_THAT(record.message, Catch::Contains("10 events"));
    }
  }
}

TEST_CASE("a stop starts nothing new, and going on does only what is missing", "[campaign]") {
  toy::Scenario const scenario(6, 4);
  Records whole;
  run_campaign(scenario, whole, executor("sequential"), {.jobs = 2}, {});
  Records parts;
  std::vector<ReplicationKey> done;
  for (int session = 0; session < 20 && parts.records.size() < whole.records.size(); ++session) {
    parts.stop = StopRequest::none;
    parts.stop_after = parts.records.size() + 7;
    auto const summary =
        run_campaign(scenario, parts, executor("sequential"), {.jobs = 2, .stop = &parts.stop}, done);
    CHECK(summary.progress.finished_before == done.size());
    CHECK(summary.progress.finished() == parts.records.size());
    CHECK(summary.stopped == (parts.records.size() < whole.records.size()));
    CHECK(parts.records.size() <= done.size() + 7 + 2);
    done.clear();
    for (ReplicationRecord const& record : parts.records) done.push_back(record.key);
  }
  check_same(parts.sorted(), whole.sorted());
}

TEST_CASE("a request to stop now drops what runs", "[campaign]") {
  toy::Scenario const scenario;
  Records records;
  std::atomic<StopRequest> const stop{StopRequest::now};
  auto const run_one = executor("sequential");
  auto const single = sim::run_replication(scenario, scenario.prepare(0), {0, 0, 0}, *run_one(), 1000, &stop);
  CHECK_FALSE(single.has_value());
  auto const summary = run_campaign(scenario, records, run_one, {.jobs = 2, .stop = &stop}, {});
  CHECK(summary.stopped);
  CHECK(records.records.empty());
}

TEST_CASE("a sink that fails ends the campaign with its error", "[campaign]") {
  toy::Scenario const scenario(50, 4);
  Records records;
  records.throw_after = 5;
  CHECK_THROWS_AS(run_campaign(scenario, records, executor("sequential"), {.jobs = 2}, {}), sim::Error);
  CHECK(records.records.size() < 20);
}

TEST_CASE("a future is prepared once for a replication of all treatments, and few are alive at a time", "[campaign]") {
  toy::Scenario const scenario(40, 2);
  Records records;
  run_campaign(scenario, records, executor("sequential"), {.jobs = 2}, {});
  CHECK(scenario.prepared() == 80);
  CHECK(scenario.futures_alive_max() <= 3);
}

TEST_CASE("progress is told after each replication and never goes back", "[campaign]") {
  toy::Scenario const scenario;
  Records records;
  std::vector<std::uint64_t> told;
  CampaignOptions const options{
      .jobs = 8, .on_progress = [&](sim::Progress const& progress) { told.push_back(progress.finished()); }};
  run_campaign(scenario, records, executor("sequential"), options, {});
  REQUIRE(told.size() == 24);
  for (std::size_t i = 0; i < told.size(); ++i) CHECK(told[i] == i + 1);
}

namespace {

/// Lacks memory for every world from the `first`-th one on.
class Hungry final : public toy::Scenario {
 public:
  explicit Hungry(int first) : first_(first) {}
  std::unique_ptr<sim::Replication> build(std::shared_ptr<sim::Future const> future, ReplicationKey key) const override {
    if (++built_ >= first_) throw std::bad_alloc();
    return toy::Scenario::build(std::move(future), key);
  }

 private:
  int first_;
  mutable std::atomic<int> built_{0};
};

}  // namespace

TEST_CASE("what lacked memory is left undone, not failed, and the campaign can go on", "[campaign]") {
  toy::Scenario const scenario;
  Records whole, parts;
  run_campaign(scenario, whole, executor("sequential"), {.jobs = 1}, {});
  auto const summary = run_campaign(Hungry(5), parts, executor("sequential"), {.jobs = 2}, {});
  CHECK(summary.stopped);
  CHECK(summary.out_of_memory);
  CHECK(summary.progress.failed == 0);
  CHECK(parts.records.size() < whole.records.size());
  std::vector<ReplicationKey> done;
  for (auto const& record : parts.records) done.push_back(record.key);
  auto const rest = run_campaign(scenario, parts, executor("sequential"), {.jobs = 2}, done);
  CHECK_FALSE(rest.out_of_memory);
  check_same(parts.sorted(), whole.sorted());
}

TEST_CASE("more failures than allowed end the campaign, those of earlier runs included", "[campaign]") {
  toy::Scenario const scenario(4, 3, {.break_model = {{0, 0, 0}, {1, 2, 0}, {0, 3, 1}, {1, 1, 2}}});
  Records records;
  auto const all = run_campaign(scenario, records, executor("sequential"), {.jobs = 1}, {});
  REQUIRE(all.progress.failed == 4);
  CHECK_FALSE(all.too_many_failures);
  for (std::uint64_t const most : {std::uint64_t{0}, all.progress.failed - 1}) {
    Records some;
    auto const summary = run_campaign(scenario, some, executor("sequential"), {.jobs = 1, .failures_max = most}, {});
    CHECK(summary.too_many_failures);
    CHECK(summary.progress.failed == most + 1);
    CHECK(summary.stopped == (some.records.size() < records.records.size()));
  }
  Records none;
  auto const again = run_campaign(scenario, none, executor("sequential"), {.failures_max = 3, .failed_before = 4}, {});
  CHECK((again.too_many_failures && again.stopped && none.records.empty()));
  Records enough;
  CHECK_FALSE(run_campaign(scenario, enough, executor("sequential"), {.failures_max = all.progress.failed}, {}).too_many_failures);
}
