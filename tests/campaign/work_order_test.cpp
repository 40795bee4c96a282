#include "sim/campaign/work_order.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "sim/base/contracts.hpp"

using sim::CampaignShape;
using sim::ReplicationKey;
using sim::ReplicationSet;
using sim::Shard;
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
  auto const keys = all(WorkOrder(ReplicationSet(shape)));
  CHECK(keys.size() == shape.size());
  CHECK(std::set<ReplicationKey>(keys.begin(), keys.end()).size() == shape.size());
}

TEST_CASE("wherever the work stops, treatments and futures differ by at most one replication", "[campaign]") {
  CampaignShape const shape{4, 3, 5};
  std::vector<int> of_point(shape.points, 0), of_cell(shape.points * shape.futures, 0);
  auto const spread = [](std::vector<int> const& counts) {
    auto const [fewest, most] = std::minmax_element(counts.begin(), counts.end());
    return *most - *fewest;
  };
  for (ReplicationKey const& key : all(WorkOrder(ReplicationSet(shape)))) {
    ++of_point[key.point];
    ++of_cell[key.point * shape.futures + key.future];
    CHECK(spread(of_point) <= 1);
    CHECK(spread(of_cell) <= 1);
  }
}

TEST_CASE("shards share a campaign out: each replication falls to exactly one, histories stay whole", "[campaign]") {
  CampaignShape const shape{3, 4, 5};
  for (std::uint32_t const count : {1u, 2u, 7u, 20u, 33u}) {
    std::set<ReplicationKey> seen;
    std::uint64_t planned = 0;
    for (std::uint32_t index = 0; index < count; ++index) {
      WorkOrder order(ReplicationSet(shape), Shard{index, count});
      planned += order.planned();
      std::uint64_t handed_out = 0;
      for (auto keys = order.next_history(100); !keys.empty(); keys = order.next_history(100)) {
        CHECK(keys.size() == shape.points);
        handed_out += keys.size();
        for (ReplicationKey const& key : keys) CHECK(seen.insert(key).second);
      }
      CHECK(handed_out == order.planned());
      // No shard has more than one history more than another.
      CHECK(order.planned() / shape.points <= (20 + count - 1) / count);
      CHECK(order.planned() / shape.points >= 20 / count);
    }
    CHECK(seen.size() == shape.size());
    CHECK(planned == shape.size());
  }
}

TEST_CASE("only what is missing is handed out", "[campaign]") {
  CampaignShape const shape{2, 2, 2};
  std::vector<ReplicationKey> const done{{0, 0, 0}, {1, 1, 0}, {0, 0, 0}};
  WorkOrder const order(ReplicationSet(shape, done));
  CHECK(order.done_before() == 2);
  auto const keys = all(order);
  CHECK(keys.size() == shape.size() - 2);
  for (ReplicationKey const& key : done) CHECK(std::find(keys.begin(), keys.end(), key) == keys.end());
}

TEST_CASE("histories are handed out whole, or in parts of at most the size asked for", "[campaign]") {
  for (std::size_t const most : {1u, 2u, 3u, 100u}) {
    WorkOrder order(ReplicationSet({.points = 3, .futures = 2, .replications = 2}, {{1, 0, 0}, {0, 1, 1}, {1, 1, 1}, {2, 1, 1}}));
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
  CHECK_THROWS_AS(ReplicationSet({2, 2, 2}, {{2, 0, 0}}), sim::ContractViolation);
}
