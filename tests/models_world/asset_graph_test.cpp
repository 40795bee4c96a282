// Sizes of assets, and the synthetic graph of who depends on whom.
#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

#include "models/world/infrastructure/asset_graph.hpp"

using namespace world;

namespace {

// The record with one nation, so that a graph is made in milliseconds.
Atlas one_nation() {
  Atlas atlas = load_atlas();
  atlas.nations.resize(1);
  return atlas;
}

AssetOptions options_of(int per_sector, double dependencies, std::uint64_t seed = 1) {
  AssetOptions options;
  options.per_sector = per_sector;
  options.dependencies = dependencies;
  options.graph_seed = seed;
  return options;
}

std::vector<std::uint32_t> packed(AssetGraph const& graph) {
  std::vector<std::uint32_t> all;
  for (std::size_t asset = 0; asset < graph.assets(); ++asset)
    for (AssetGraph::Edge const edge : graph.dependents(asset)) all.push_back(edge.packed), all.push_back(static_cast<std::uint32_t>(asset));
  return all;
}

}  // namespace

TEST_CASE("sizes sum to one for every exponent, never rise with rank, and fall as its power", "[world][assets]") {
  for (double const exponent : {0., .5, 1., 1.7, 3.})
    for (int const assets : {1, 3, 1000, 8802}) {
      AssetOptions options;
      options.per_sector = assets;
      options.size_exponent = exponent;
      auto const sizes = asset_sizes(options);
      REQUIRE(sizes.size() == static_cast<std::size_t>(assets));
      CHECK(std::accumulate(sizes.begin(), sizes.end(), 0.) == Approx(1).epsilon(1e-12));
      CHECK(sizes.front() / sizes.back() == Approx(std::pow(assets, exponent)).epsilon(1e-9));
      for (std::size_t i = 1; i < sizes.size(); ++i) REQUIRE(sizes[i] <= sizes[i - 1]);
      REQUIRE(sizes.back() > 0);
    }
}

TEST_CASE("the same seed gives the same graph, another seed another", "[world][assets]") {
  Atlas const atlas = one_nation();
  auto const first = packed(AssetGraph(atlas, options_of(60, 2)));
  CHECK(first == packed(AssetGraph(atlas, options_of(60, 2))));
  CHECK(first != packed(AssetGraph(atlas, options_of(60, 2, 2))));
}

TEST_CASE("no asset depends on itself, on one of smaller rank, twice on one or on another nation's", "[world][assets]") {
  Atlas atlas = load_atlas();
  atlas.nations.resize(3);
  int const per_sector = 50;
  AssetGraph const graph(atlas, options_of(per_sector, 3.5));
  auto const of_nation = static_cast<std::uint32_t>(per_sector) * static_cast<std::uint32_t>(atlas.sectors.size());
  REQUIRE(graph.assets() == 3 * std::size_t{of_nation});
  std::vector<unsigned> slots(graph.assets(), 0);
  for (std::uint32_t provider = 0; provider < graph.assets(); ++provider) {
    std::uint32_t last = 0;
    bool first = true;
    for (AssetGraph::Edge const edge : graph.dependents(provider)) {
      std::uint32_t const dependent = edge.dependent();
      REQUIRE((first || dependent > last));
      last = dependent, first = false;
      REQUIRE(dependent / of_nation == provider / of_nation);
      // By rank, then by sector: an order in which every edge goes forward, so there is no way back.
      std::uint32_t const per = static_cast<std::uint32_t>(per_sector);
      auto const entered = [&](std::uint32_t asset) { return std::pair(asset % per, asset % of_nation / per); };
      REQUIRE(entered(provider) < entered(dependent));
      std::size_t const n = atlas.sectors.size();
      REQUIRE(atlas.dependency[provider % of_nation / per * n + dependent % of_nation / per] > 0);
      REQUIRE((slots[dependent] & 1u << edge.slot()) == 0);
      slots[dependent] |= 1u << edge.slot();
    }
  }
}

TEST_CASE("an asset has the asked number of providers on average, drawn by the weights of the dependency table", "[world][assets]") {
  Atlas const atlas = one_nation();
  std::size_t const n = atlas.sectors.size();
  int const per_sector = 2000;
  for (double const mean : {.5, 2., 7.25}) {
    AssetGraph const graph(atlas, options_of(per_sector, mean));
    CHECK(static_cast<double>(graph.edges()) / static_cast<double>(graph.assets()) == Approx(mean).epsilon(.02));
  }
  AssetGraph const graph(atlas, options_of(per_sector, 1));
  std::size_t const finance = static_cast<std::size_t>(atlas.sector("finance"));
  std::vector<double> from(n, 0);
  double all = 0, weight = 0;
  for (std::size_t provider = 0; provider < graph.assets(); ++provider)
    for (AssetGraph::Edge const edge : graph.dependents(provider))
      if (edge.dependent() / static_cast<std::uint32_t>(per_sector) == finance) ++from[provider / static_cast<std::size_t>(per_sector)], ++all;
  for (std::size_t p = 0; p < n; ++p) weight += atlas.dependency[p * n + finance];
  REQUIRE(all > 1900);
  for (std::size_t p = 0; p < n; ++p) {
    double const share = atlas.dependency[p * n + finance] / weight;
    // 6.1 standard errors; the first ranks choose among fewer sectors.
    CHECK(std::fabs(from[p] - all * share) < 6.1 * std::sqrt(all * share * (1 - share)) + 2);
  }
}

TEST_CASE("the number of dependents is heavy-tailed: a few assets carry what chance alone never gives them", "[world][assets]") {
  Atlas const atlas = one_nation();
  int const per_sector = 3000;
  AssetGraph const graph(atlas, options_of(per_sector, 2));
  auto const first = static_cast<std::size_t>(atlas.sector("energy")) * static_cast<std::size_t>(per_sector);
  std::vector<double> degrees;
  for (std::size_t i = first; i < first + static_cast<std::size_t>(per_sector); ++i) degrees.push_back(static_cast<double>(graph.dependents(i).size()));
  std::sort(degrees.rbegin(), degrees.rend());
  double const mean = std::accumulate(degrees.begin(), degrees.end(), 0.) / per_sector;
  REQUIRE(mean > 5);
  // Poisson degrees of this mean would exceed 12 times the mean with a chance far below 1e-9 each.
  CHECK(degrees.front() > 12 * mean);
  // Hill's estimate of the exponent over the largest twentieth; Price's law has 1 + 1/m_in > 1, thin tails have none.
  std::size_t const tail = static_cast<std::size_t>(per_sector) / 20;
  double sum = 0;
  for (std::size_t i = 0; i < tail; ++i) sum += std::log(degrees[i] / degrees[tail]);
  double const exponent = static_cast<double>(tail) / sum;
  CHECK(exponent > .8);
  CHECK(exponent < 2.2);
}
