// Agents in cascades reach what the theories of cascades say.
#include <catch2/catch.hpp>

#include <algorithm>

#include "models/theory/motter_lai.hpp"
#include "sim/exec/executors.hpp"
#include "tests/validation/validate.hpp"

using namespace validation;

namespace {

using Graph = std::vector<std::vector<std::uint32_t>>;

sim::RngStream stream_of(std::uint64_t seed) { return {{.seed = seed}, sim::stream_id("test-graph"), 0, 0}; }

void link(Graph& graph, std::uint32_t a, std::uint32_t b) {
  graph[a].push_back(b);
  graph[b].push_back(a);
}

bool is_linked(Graph const& graph, std::uint32_t a, std::uint32_t b) {
  return std::find(graph[a].begin(), graph[a].end(), b) != graph[a].end();
}

/// Each new node links to `links` others, chosen in proportion to their links (A.-L. Barabasi, R. Albert, Science
/// 286:509, 1999).
Graph scale_free(std::uint32_t nodes, std::uint32_t links, sim::RngStream rng) {
  Graph graph(nodes);
  std::vector<std::uint32_t> ends;
  for (std::uint32_t i = 0; i <= links; ++i) {
    for (std::uint32_t j = 0; j < i; ++j) link(graph, i, j), ends.insert(ends.end(), {i, j});
  }
  for (std::uint32_t i = links + 1; i < nodes; ++i) {
    for (std::uint32_t made = 0; made < links;) {
      std::uint32_t const other = ends[rng.below(static_cast<std::uint32_t>(ends.size()))];
      if (other == i || is_linked(graph, i, other)) continue;
      link(graph, i, other);
      ends.push_back(other);
      ++made;
    }
    ends.insert(ends.end(), links, i);
  }
  return graph;
}

/// All nodes with four links: a union of two random cycles.
Graph homogeneous(std::uint32_t nodes, sim::RngStream rng) {
  Graph graph(nodes);
  for (int cycle = 0; cycle < 2; ++cycle) {
    std::vector<std::uint32_t> order(nodes);
    for (std::uint32_t i = 0; i < nodes; ++i) order[i] = i;
    for (std::uint32_t i = nodes - 1; i > 0; --i) std::swap(order[i], order[rng.below(i + 1)]);
    for (std::uint32_t i = 0; i < nodes; ++i) link(graph, order[i], order[(i + 1) % nodes]);
  }
  return graph;
}

}  // namespace

TEST_CASE("two networks of 50,000 sites keep the share that the theory of cascades says", "[validation]") {
  check_agents("buldyrev", {{"degree", "4"}, {"surviving", "0.625"}});
  for (char const* surviving : {"0.65", "0.7"}) {
    auto const comparison = check_agents("buldyrev", {{"degree", "4"}, {"surviving", surviving}});
    CHECK(comparison.of("giant_share").mean == Approx(comparison.closed("giant_share")).margin(0.01));
  }
}

TEST_CASE("one network and three networks keep their shares, and nothing is left below the critical point",
          "[validation]") {
  check_agents("buldyrev", {{"networks", "1"}, {"degree", "3"}, {"surviving", "0.5"}, {"sites", "20000"}});
  check_agents("buldyrev", {{"networks", "3"}, {"degree", "5"}, {"surviving", "0.8"}, {"sites", "20000"}});
  check_agents("buldyrev", {{"networks", "3"}, {"degree", "5"}, {"surviving", "0.55"}, {"sites", "5000"}});
  CHECK_FALSE(simulate("buldyrev", {{"sites", "20000"}})
                  .of("giant_share")
                  .contains(closed_form("buldyrev", {{"surviving", "0.71"}}, "giant_share")));
}

TEST_CASE("cycles that lose a node break as they should", "[validation]") {
  for (std::string const nodes : {"3", "6", "7", "20", "41"}) {
    for (std::string const tolerance : {"0", "0.05", "0.14", "0.15", "0.4", "1"}) {
      check_agents("motter-lai", {{"nodes", nodes}, {"tolerance", tolerance}});
    }
  }
}

TEST_CASE("with a fifth of spare capacity scale-free networks break and homogeneous ones hold", "[validation]") {
  auto const executor = sim::make_executor("sequential");
  for (std::uint64_t const seed : {1, 2, 3}) {
    double const fragile =
        theory::giant_after_overloads(scale_free(200, 2, stream_of(seed)), 0.2, {.seed = seed}, *executor);
    double const robust =
        theory::giant_after_overloads(homogeneous(200, stream_of(seed)), 0.2, {.seed = seed}, *executor);
    INFO(seed << ": " << fragile << " " << robust);
    CHECK(fragile < 0.5);
    CHECK(robust > 0.9);
  }
}

TEST_CASE("sectors hand on what they lack until nothing is new, or step by step", "[validation]") {
  check_agents("inoperability", {});
  check_agents("inoperability", {{"matrix", "0,0.9,0,0,0.4,0,0,0,1,0.8,0,0,1,0.9,0,0"}, {"shock", "0,0.5,0,0"}});
  check_agents("inoperability", {{"matrix", "0.15,0.5,0.1,0.05"}, {"shock", "0,0.1"}});
  check_agents("inoperability", {{"matrix", "0.15,0.5,0.1,0.05"}, {"shock", "0,0.1"}, {"mode", "dynamic"}});
  check_agents("inoperability", {{"table", "bea2021"}});
  check_agents("inoperability", {{"table", "bea2021"}, {"sector", "telecom"}});
}

TEST_CASE("a matrix that is 3 percent off falls outside what sectors reach", "[validation][twin]") {
  auto const found = simulate("inoperability", {{"mode", "dynamic"}});
  CHECK_FALSE(found.of("q_1").contains(
      closed_form("inoperability", {{"mode", "dynamic"}, {"matrix", "0,0.824,0.2,0"}}, "q_1")));
}
