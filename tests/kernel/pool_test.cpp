#include <catch2/catch.hpp>
#include <cstring>
#include <string>
#include <vector>

#include "sim/base/pool.hpp"

namespace {

struct Case {
  double size = 1;
  std::int32_t owner = -1;
  std::int32_t team = 0;
};

template <class P>
std::vector<std::uint32_t> slots(P const& pool) {
  std::vector<std::uint32_t> all;
  for (auto at = pool.begin(); at != pool.end(); ++at) all.push_back(at.slot());
  return all;
}

}  // namespace

TEST_CASE("a pool fills the lowest free slot and keeps the others where they are", "[kernel][pool]") {
  sim::Pool<Case, 100> pool;
  for (int i = 0; i < 100; ++i) REQUIRE(pool.insert({.owner = i}) == static_cast<std::uint32_t>(i));
  pool.erase(70);
  pool.erase(3);
  REQUIRE(pool.size() == 98);
  REQUIRE(pool.insert({.owner = 1000}) == 3);
  REQUIRE(pool.insert({.owner = 1001}) == 70);
  REQUIRE(pool[3].owner == 1000);
  REQUIRE(pool[71].owner == 71);
}

TEST_CASE("a pool is walked in slot order, across the words of its map", "[kernel][pool]") {
  sim::Pool<Case, 130> pool;
  for (int i = 0; i < 130; ++i) pool.insert({.owner = i});
  for (std::uint32_t slot = 0; slot < 130; ++slot) {
    if (slot != 0 && slot != 63 && slot != 64 && slot != 129) pool.erase(slot);
  }
  REQUIRE(slots(pool) == std::vector<std::uint32_t>{0, 63, 64, 129});
  for (auto at = pool.begin(); at != pool.end(); ++at) pool.erase(at.slot());
  REQUIRE(pool.empty());
  REQUIRE(slots(pool).empty());
}

TEST_CASE("a full pool names itself when it overflows", "[kernel][pool]") {
  sim::Pool<Case, 2> pool;
  pool.insert({});
  pool.insert({});
  REQUIRE(pool.full());
  REQUIRE_THROWS_WITH(pool.insert({}), "pool of Case is full (capacity 2)");
  REQUIRE_THROWS_AS(pool.insert({}), sim::PoolOverflow);
  REQUIRE(pool.size() == 2);
}

TEST_CASE("an emptied pool has the bytes of a new one", "[kernel][pool]") {
  sim::Pool<Case, 5> const fresh;
  sim::Pool<Case, 5> used;
  auto const slot = used.insert({.owner = 7});
  used.erase(slot);
  REQUIRE(std::memcmp(&fresh, &used, sizeof fresh) == 0);
}

TEST_CASE("a slot that is not in use cannot be read or erased", "[kernel][pool]") {
  sim::Pool<Case, 5> pool;
  REQUIRE_THROWS(pool[0]);
  REQUIRE_THROWS(pool.erase(4));
  REQUIRE_FALSE(pool.contains(99));
}
