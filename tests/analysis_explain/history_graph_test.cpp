#include <catch2/catch.hpp>

#include "tests/analysis_explain/small_history.hpp"

using namespace analysis;
using namespace analysis::test;

TEST_CASE("the chain of an outcome begins with its first cause and ends with itself", "[explain]") {
  HistoryGraph const graph({event(1, 11, 0, decide), event(2, 12, 11, act), event(3, 13, 12, see), row(event(3, 13, 12, see), see)}, roles());
  auto const chain = graph.chain(3);  // of the row
  REQUIRE(chain.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(chain[i].at == i);
  CHECK(chain.front().origin == Origin::beginning);
  CHECK(chain.back().origin == Origin::event);
}

TEST_CASE("a run of one calendar is one link that counts what came before", "[explain]") {
  HistoryGraph const graph({event(1, 11, 0, tick), event(2, 12, 11, tick), event(3, 13, 12, tick), event(4, 14, 13, act)}, roles());
  auto const chain = graph.chain(3);
  REQUIRE(chain.size() == 2);
  CHECK(chain[0].at == 2);
  CHECK(chain[0].earlier == 2);
  CHECK(chain[0].origin == Origin::beginning);
}

TEST_CASE("calendars of two agents are two links, and what is no calendar is never drawn together", "[explain][twin]") {
  HistoryGraph const graph({event(1, 11, 0, tick, 0), event(2, 12, 11, tick, 1), event(3, 13, 12, act), event(4, 14, 13, act)}, roles());
  CHECK(graph.chain(3).size() == 4);
}

TEST_CASE("in a diamond every consequence is found once, and each chain follows its own sender", "[explain]") {
  // 11 -> 12 and 13; 12 -> 14; 13 -> 15
  HistoryGraph const graph({event(1, 11, 0, decide), event(2, 12, 11, act), event(2, 13, 11, act, 1), event(3, 14, 12, see), event(3, 15, 13, see)}, roles());
  CHECK(graph.consequences(0) == std::vector<std::size_t>{1, 2, 3, 4});
  CHECK(graph.consequences(1) == std::vector<std::size_t>{3});
  CHECK(graph.chain(4)[1].at == 2);
  CHECK(graph.chain(3)[1].at == 1);
}

TEST_CASE("an incident's tree holds all that belongs to it and nothing else", "[explain]") {
  std::vector<Happening> all{event(1, 11, 0, decide), event(2, 12, 11, act), event(3, 13, 12, see), event(4, 14, 11, act)};
  all[1].incident = all[2].incident = 7;
  all[3].incident = 8;
  HistoryGraph const graph(all, roles());
  CHECK(graph.tree(7) == std::vector<std::size_t>{1, 2});
  CHECK(graph.tree(8) == std::vector<std::size_t>{3});
  CHECK(graph.tree(9).empty());
}

TEST_CASE("an event whose sender is not in the history is where its chain ends", "[explain]") {
  HistoryGraph const graph({event(2, 12, 99, act)}, roles());
  CHECK(graph.cause(0) == HistoryGraph::nowhere);
  CHECK(graph.chain(0).size() == 1);
  CHECK(graph.find(99) == HistoryGraph::nowhere);
}
