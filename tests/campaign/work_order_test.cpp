#include "sim/campaign/work_order.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "sim/base/contracts.hpp"

using sim::CampaignShape;
using sim::ReplicationKey;
using sim::WorkOrder;

namespace {

std::vector<ReplicationKey> all(WorkOrder order) {
  std::vector<ReplicationKey> keys;
  while (auto const key = order.next()) keys.push_back(*key);
  return keys;
}

}  // namespace

TEST_CASE("every replication is handed out exactly once", "[campaign]") {
  CampaignShape const shape{3, 4, 5};
  auto const keys = all({shape, {}});
  CHECK(keys.size() == shape.size());
  CHECK(std::set<ReplicationKey>(keys.begin(), keys.end()).size() == shape.size());
}

TEST_CASE("treatments never differ by more than one replication, wherever the work stops", "[campaign]") {
  CampaignShape const shape{4, 3, 5};
  std::vector<int> finished(shape.points, 0);
  std::uint32_t future = 0;
  for (ReplicationKey const& key : all({shape, {}})) {
    ++finished[key.point];
    auto const [fewest, most] = std::minmax_element(finished.begin(), finished.end());
    CHECK(*most - *fewest <= 1);
    CHECK(key.future >= future);  // one prepared future after another
    future = key.future;
  }
}

TEST_CASE("only what is missing is handed out", "[campaign]") {
  CampaignShape const shape{2, 2, 2};
  std::vector<ReplicationKey> const done{{0, 0, 0}, {1, 1, 0}, {0, 0, 0}};
  WorkOrder const order(shape, done);
  CHECK(order.done_before() == 2);
  auto const keys = all(order);
  CHECK(keys.size() == shape.size() - 2);
  for (ReplicationKey const& key : done) CHECK(std::find(keys.begin(), keys.end(), key) == keys.end());
}

TEST_CASE("histories are handed out whole, or in parts of at most the size asked for", "[campaign]") {
  for (std::size_t const most : {1u, 2u, 3u, 100u}) {
    WorkOrder order({.points = 3, .futures = 2, .replications = 2}, {{1, 0, 0}, {0, 1, 1}, {1, 1, 1}, {2, 1, 1}});
    std::set<ReplicationKey> seen;
    for (auto keys = order.next_history(most); !keys.empty(); keys = order.next_history(most)) {
      CHECK(keys.size() <= most);
      for (ReplicationKey const& key : keys) {
        CHECK(key.future == keys.front().future);
        CHECK(key.replication == keys.front().replication);
        CHECK(seen.insert(key).second);
      }
      if (most >= 3) CHECK(keys.size() == (keys.front().future == 0 && keys.front().replication == 0 ? 2 : 3));
    }
    CHECK(seen.size() == 8);
    CHECK_FALSE(order.next().has_value());
  }
}

TEST_CASE("a finished replication that the study does not have is a broken contract", "[campaign]") {
  CHECK_THROWS_AS(WorkOrder({2, 2, 2}, {{2, 0, 0}}), sim::ContractViolation);
}
