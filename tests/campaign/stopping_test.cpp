// A stopping rule at work: what it decides depends on the records alone, and what it no longer needs is left out.
#include "sim/campaign/stopping.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "sim/campaign/work_order.hpp"
#include "sim/rng/stream.hpp"

using namespace sim;

namespace {

/// Three treatments: the reference, one whose difference varies little, and one whose difference varies much.
ResultSchema schema(std::string const& unit, std::uint32_t futures, std::uint32_t replications, std::vector<std::uint32_t> counts) {
  ResultSchema s;
  s.treatments = {{.name = "none"}, {.name = "calm"}, {.name = "wild"}};
  s.reference = "none";
  s.futures = futures;
  s.replications = replications;
  s.responses = {{.name = "other"}, {.name = "loss"}};
  s.stopping.unit = unit;
  s.stopping.counts = std::move(counts);
  s.stopping.look_level = 0.98;
  s.stopping.targets = {{.response = "loss", .half_width = 0.25}};
  return s;
}

ReplicationRecord record(ReplicationKey const& key) {
  RngStream rng({1, key.future, key.replication, 0}, 7, key.point, 0);
  RngStream common({1, key.future, key.replication, 0}, 8, 0, 0);
  double const spread = key.point == 0 ? 0 : key.point == 1 ? 0.5 : 4;
  ReplicationRecord r{.key = key};
  r.responses = {0, common.normal(10, 3) + rng.normal(key.point, spread)};
  if (rng.bernoulli(0.05)) r = {.key = key, .status = ReplicationStatus::failed, .message = "as told"};
  return r;
}

bool same(StoppingInfo const& a, StoppingInfo const& b) {
  if (a.taken != b.taken || a.looks.size() != b.looks.size()) return false;
  for (std::size_t i = 0; i < a.looks.size(); ++i) {
    LookRow const &x = a.looks[i], &y = b.looks[i];
    double const p[] = {x.estimate, x.lo, x.hi, x.wanted, x.needed}, q[] = {y.estimate, y.lo, y.hi, y.wanted, y.needed};
    if (x.look != y.look || x.target != y.target || x.point != y.point || x.n != y.n || x.state != y.state || std::memcmp(p, q, sizeof p) != 0) return false;
  }
  return true;
}

/// The rule after one worker has done all that it asks for, in order.
StoppingInfo alone(ResultSchema const& s, std::vector<ReplicationKey>* done = nullptr) {
  Stopping rule(s);
  WorkOrder order(ReplicationSet(shape_of(s)), {}, &rule);
  while (auto const key = order.next()) {
    rule.observe(record(*key));
    if (done != nullptr) done->push_back(*key);
  }
  CHECK(order.is_settled());
  return rule.info();
}

std::vector<ResultSchema> both_units() {
  return {schema("futures", 200, 2, {40, 60, 80, 140, 200}), schema("replications", 40, 10, {2, 4, 7, 10})};
}

}  // namespace

TEST_CASE("a treatment that varies little stops early, one that varies much goes on, and the reference with it", "[campaign]") {
  for (ResultSchema const& s : both_units()) {
    std::vector<ReplicationKey> done;
    StoppingInfo const info = alone(s, &done);
    CHECK(info.taken == std::vector<std::uint32_t>{s.stopping.counts.back(), s.stopping.counts.front(), s.stopping.counts.back()});
    ResultSchema settled = s;
    settled.stopping = info;
    CHECK(done.size() == planned_replications(settled));
    CHECK(std::all_of(done.begin(), done.end(), [&](auto const& key) { return belongs(key, info); }));
    CHECK(info.looks.front().state == LookState::reached);
    CHECK(info.looks.back().state == LookState::exhausted);
    // More replications add no futures, whose spread may decide: nothing is foretold.
    if (s.stopping.unit == "futures") CHECK(info.looks.back().needed > s.stopping.counts.back());
    else CHECK(std::isnan(info.looks.back().needed));
  }
}

TEST_CASE("together, no treatment stops before all may", "[campaign]") {
  for (ResultSchema s : both_units()) {
    s.stopping.together = true;
    StoppingInfo const info = alone(s);
    CHECK(std::set<std::uint32_t>(info.taken.begin(), info.taken.end()) == std::set<std::uint32_t>{s.stopping.counts.back()});
    s.stopping.targets[0].half_width = 100;
    CHECK(alone(s).taken == std::vector<std::uint32_t>(3, s.stopping.counts.front()));
  }
}

TEST_CASE("looks do not depend on the order in which records come", "[campaign]") {
  for (ResultSchema const& s : both_units()) {
    std::vector<ReplicationKey> keys;
    StoppingInfo const expected = alone(s, &keys);
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      RngStream rng({seed, 0, 0, 0}, 1, 0, 0);
      for (std::size_t i = keys.size(); i > 1; --i) std::swap(keys[i - 1], keys[rng.below(static_cast<std::uint32_t>(i))]);
      Stopping rule(s);
      for (ReplicationKey const& key : keys) {
        rule.observe(record(key));
        if (rng.bernoulli(0.1)) rule.look();
        if (rng.bernoulli(0.1)) rule.observe(record(keys.front()));  // once more
      }
      rule.look();
      CHECK(same(rule.info(), expected));
    }
  }
}

TEST_CASE("however many workers share the work, finish in whatever order and are killed, the rule decides the same", "[campaign]") {
  for (ResultSchema const& s : both_units()) {
    StoppingInfo const expected = alone(s);
    for (std::uint32_t const workers : {2u, 3u, 7u}) {
      RngStream rng({workers, 0, 0, 0}, 2, 0, 0);
      ReplicationSet done(shape_of(s));
      std::uint64_t needless = 0;
      for (int session = 0; session < 4; ++session) {  // all are killed at the end of all but the last
        std::vector<std::unique_ptr<Stopping>> rules;
        std::vector<std::unique_ptr<WorkOrder>> orders;
        std::vector<std::vector<ReplicationKey>> running(workers);
        for (std::uint32_t w = 0; w < workers; ++w) {
          auto& rule = *rules.emplace_back(std::make_unique<Stopping>(s));
          auto const fetch = [&rule, &done] {
            for (ReplicationKey const& key : done.keys()) rule.observe(record(key));
          };
          fetch();
          orders.push_back(std::make_unique<WorkOrder>(done, Shard{w, workers}, &rule, fetch));
        }
        for (int steps = session < 3 ? 100 : 1'000'000, idle = 0; steps > 0 && idle < 1000; --steps) {
          std::uint32_t const w = rng.below(workers);
          if (running[w].empty()) running[w] = orders[w]->next_history(1 + rng.below(3));
          idle = running[w].empty() ? idle + 1 : 0;
          for (ReplicationKey const& key : running[w]) {
            done.insert(key);
            rules[w]->observe(record(key));
          }
          running[w].clear();
        }
      }
      Stopping rule(s);
      for (ReplicationKey const& key : done.keys()) {
        rule.observe(record(key));
        needless += !belongs(key, expected);
      }
      rule.look();
      CHECK(rule.is_settled());
      CHECK(same(rule.info(), expected));
      CHECK(needless < done.size() / 2);
    }
  }
}

TEST_CASE("equal histories are no evidence: without any difference the rule goes on to its maximum", "[campaign]") {
  ResultSchema const s = schema("futures", 60, 1, {30, 45, 60});
  Stopping rule(s);
  WorkOrder order(ReplicationSet(shape_of(s)), {}, &rule);
  while (auto const key = order.next()) rule.observe({.key = *key, .responses = {0, static_cast<double>(key->future)}});
  StoppingInfo const info = rule.info();
  CHECK(info.taken == std::vector<std::uint32_t>(3, 60));
  CHECK(info.looks.back().state == LookState::exhausted);
  CHECK(info.looks.back().doubt == static_cast<std::int32_t>(analysis::Doubt::equal_values));
}

TEST_CASE("without a difference every treatment is watched by itself, the reference too", "[campaign]") {
  ResultSchema s = schema("futures", 200, 2, {40, 60, 80, 140, 200});
  s.stopping.targets = {{.response = "loss", .is_difference = false, .half_width = 0.1, .relative_to = "estimate"}};
  StoppingInfo const info = alone(s);
  std::set<std::uint32_t> points;
  for (LookRow const& row : info.looks) {
    points.insert(row.point);
    CHECK(row.wanted == 0.1 * row.estimate);
  }
  CHECK(points == std::set<std::uint32_t>{0, 1, 2});
}

TEST_CASE("a look waits for every record that it needs, failed ones included", "[campaign]") {
  ResultSchema const s = schema("futures", 40, 2, {20, 40});
  Stopping rule(s);
  for (std::uint32_t point = 0; point < 3; ++point)
    for (std::uint32_t future = 0; future < 20; ++future)
      for (std::uint32_t replication = 0; replication < 2; ++replication)
        if (point != 1 || future != 13 || replication != 1) rule.observe(record({point, future, replication}));
  CHECK_FALSE(rule.look());
  CHECK(rule.next_count() == 20);
  rule.observe({.key = {1, 13, 1}, .status = ReplicationStatus::failed});
  CHECK(rule.look());
  CHECK(rule.next_count() == 40);
}

TEST_CASE("futures that share draws are one unit: too few rows go on where as many futures stop", "[campaign]") {
  ResultSchema s = schema("replications", 80, 40, {10, 20, 40});
  s.stopping.targets = {{.response = "loss", .half_width = 5}};
  StoppingInfo const free = alone(s);
  CHECK(free.taken[1] == 10);
  s.sampling.type = "saltelli";
  s.sampling.factors = {"a", "b"};  // 20 rows of 4 futures
  StoppingInfo const rows = alone(s);
  CHECK(rows.taken[1] == 40);
  CHECK(rows.looks.back().n == 20);
  CHECK(rows.looks.back().doubt == static_cast<std::int32_t>(analysis::Doubt::few_units));
}
