#include "analysis/explain/parting.hpp"

#include <catch2/catch.hpp>

#include "tests/analysis_explain/small_history.hpp"

using namespace analysis;
using namespace analysis::test;

namespace {

std::vector<Happening> common() { return {event(1, 11, 0, decide), event(2, 12, 11, act), event(5, 13, 12, see)}; }

Happening intervention(std::int64_t day, std::uint64_t key, std::uint32_t agent = 0) {
  Happening h = event(day, key, 0, tell, agent);
  h.origin = Origin::intervention;
  return h;
}

}  // namespace

TEST_CASE("a history does not part from itself", "[explain]") {
  HistoryGraph const graph(common(), roles());
  Parting const p = part(graph, graph);
  CHECK(!p.part());
  CHECK((p.only_a.empty() && p.only_b.empty()));
}

TEST_CASE("keys alone make no difference: they count what was sent before", "[explain]") {
  auto later = common();
  for (Happening& h : later) h.key += 100, h.parent += h.parent == 0 ? 0 : 100;
  CHECK(!part(HistoryGraph(common(), roles()), HistoryGraph(later, roles())).part());
}

TEST_CASE("news that changes nothing is told from a change", "[explain]") {
  auto with = common();
  with.insert(with.begin() + 2, intervention(3, 50));
  Parting const p = part(HistoryGraph(with, roles()), HistoryGraph(common(), roles()));
  CHECK(p.part());
  CHECK((p.any.at == 2 && p.any.in_a));
  CHECK(p.change.at == HistoryGraph::nowhere);
}

TEST_CASE("the first change is found whichever history has it, with what its agent had been told", "[explain]") {
  auto with = common();
  with.insert(with.begin() + 2, intervention(3, 50));
  with[3].time = with[3].time + sim::day;  // seen a day later
  HistoryGraph const a(with, roles()), b(common(), roles());
  Parting const p = part(a, b);
  CHECK((p.change.at == 2 && !p.change.in_a));  // the earlier one stands in the other history
  Reason const why = reason(p, a, b, p.change);
  CHECK((why.at == 2 && why.in_a));
  Parting const q = part(b, a);
  CHECK((q.change.at == 2 && q.change.in_a));
}

TEST_CASE("what an unconcerned agent was told is no reason", "[explain][twin]") {
  auto with = common();
  with.insert(with.begin() + 2, intervention(3, 50, 9));
  with[3].content = 1;
  HistoryGraph const a(with, roles()), b(common(), roles());
  CHECK(reason(part(a, b), a, b, part(a, b).change).at == HistoryGraph::nowhere);
}

TEST_CASE("content, agent, kind and time each tell happenings apart; a second one of the same counts", "[explain][twin]") {
  HistoryGraph const b(common(), roles());
  for (int what = 0; what < 5; ++what) {
    auto other = common();
    if (what == 0) other[1].content = 1;
    if (what == 1) other[1].agent = 1;
    if (what == 2) other[1].kind = see;
    if (what == 3) other[1].time = other[1].time + sim::tick;
    if (what == 4) other.insert(other.begin() + 2, event(2, 14, 11, act));
    INFO(what);
    CHECK(part(HistoryGraph(other, roles()), b).part());
  }
}
