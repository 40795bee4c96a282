#include <catch2/catch.hpp>

#include "tests/kernel/tie_check.hpp"

using sim::EventOrigin;
using sim::LpId;

TEST_CASE("ties are unique and fair to senders and send numbers", "[kernel][tie]") {
  REQUIRE(tie_fault(sim::make_tie).empty());
}

TEST_CASE("the tie check catches a constant tie-break", "[kernel][tie][twin]") {
  REQUIRE(tie_fault([](std::uint64_t, EventOrigin) { return std::uint64_t{1}; }) == "two origins share a tie");
}

TEST_CASE("the tie check catches a tie-break by the smaller id", "[kernel][tie][twin]") {
  auto const by_id = [](std::uint64_t, EventOrigin origin) {
    return std::uint64_t{static_cast<std::uint32_t>(origin.sender)} << 32 | origin.number;
  };
  REQUIRE(tie_fault(by_id) == "a sender wins too often");
}

TEST_CASE("the tie check catches a tie-break without the replication's salt", "[kernel][tie][twin]") {
  auto const unsalted = [](std::uint64_t, EventOrigin origin) { return sim::make_tie(0, origin); };
  REQUIRE_FALSE(tie_fault(unsalted).empty());
}

TEST_CASE("sender and send number can be read back from a tie", "[kernel][tie]") {
  std::uint64_t const salt = sim::tie_salt({.seed = 3, .future = 4, .replication = 5});
  for (std::uint32_t const id : {0u, 1u, 77u, 0xffff'fffeu, 0xffff'ffffu}) {
    for (std::uint32_t const number : {0u, 1u, 12345u, 0xffff'ffffu}) {
      EventOrigin const origin{LpId{id}, number};
      REQUIRE(sim::tie_origin(salt, sim::make_tie(salt, origin)) == origin);
    }
  }
}

TEST_CASE("each replication has a salt of its own, and a branch has none", "[kernel][tie]") {
  auto const salt = sim::tie_salt({.seed = 1});
  REQUIRE(salt != sim::tie_salt({.seed = 2}));
  REQUIRE(salt != sim::tie_salt({.seed = 1, .future = 1}));
  REQUIRE(salt != sim::tie_salt({.seed = 1, .replication = 1}));
  REQUIRE(salt == sim::tie_salt({.seed = 1, .branch = 1}));
}
