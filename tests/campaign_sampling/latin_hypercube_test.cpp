#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "sim/campaign/sampling/latin_hypercube.hpp"

namespace {

std::vector<std::string> names(std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(std::to_string(i) + "th");
  return all;
}

bool hits_each_stratum_once(std::vector<double> const& u, std::size_t width) {
  std::size_t const points = u.size() / width;
  for (std::size_t d = 0; d < width; ++d) {
    std::set<std::size_t> hit;
    for (std::size_t i = 0; i < points; ++i) hit.insert(static_cast<std::size_t>(u[i * width + d] * static_cast<double>(points)));
    if (hit.size() != points || *hit.rbegin() != points - 1) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("each stratum of each factor is hit once, whatever the pairing", "[campaign]") {
  for (auto const pairing : {sim::Pairing::random, sim::Pairing::maximin, sim::Pairing::nearly_orthogonal})
    for (std::uint32_t const points : {1u, 2u, 3u, 7u, 100u, 1999u}) {
      auto const u = sim::latin_hypercube({5, points, names(4)}, pairing);
      CHECK(hits_each_stratum_once(u, 4));
    }
  auto broken = sim::latin_hypercube({5, 100, names(4)}, sim::Pairing::random);
  broken[8] = broken[12];
  CHECK_FALSE(hits_each_stratum_once(broken, 4));
}

TEST_CASE("a million points stay in their strata", "[campaign]") {
  CHECK(hits_each_stratum_once(sim::latin_hypercube({1, 1'000'000, {"a"}}, sim::Pairing::random), 1));
}

TEST_CASE("a random column depends on its name and the seed alone", "[campaign]") {
  auto const ab = sim::latin_hypercube({7, 50, {"a", "b"}}, sim::Pairing::random), ba = sim::latin_hypercube({7, 50, {"b", "a"}}, sim::Pairing::random);
  for (std::size_t i = 0; i < 50; ++i) CHECK(ab[2 * i] == ba[2 * i + 1]);
  CHECK(ab != sim::latin_hypercube({8, 50, {"a", "b"}}, sim::Pairing::random));
}

TEST_CASE("maximin points lie further apart than the median of random ones, in every seed", "[campaign]") {
  std::vector<std::uint64_t> random;
  for (std::uint64_t seed = 100; seed < 199; ++seed) random.push_back(sim::closest_distance2(sim::random_strata({seed, 40, names(3)})));
  std::sort(random.begin(), random.end());
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    auto strata = sim::random_strata({seed, 40, names(3)});
    sim::spread_apart(strata, seed);
    CHECK(sim::closest_distance2(strata) > 2 * random[49]);
    CHECK(sim::closest_distance2(strata) > random.back());
  }
  // In two dimensions the best distance of 7 points is known: squared 8 (E. R. van Dam and others, Oper. Res. 55 (2007) 158).
  std::uint64_t best = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    auto strata = sim::random_strata({seed, 7, names(2)});
    sim::spread_apart(strata, seed);
    best = std::max(best, sim::closest_distance2(strata));
  }
  CHECK(best == 8);
}

TEST_CASE("nearly orthogonal columns have tiny correlations, random ones do not", "[campaign]") {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    auto strata = sim::random_strata({seed, 100, names(8)});
    CHECK(sim::largest_correlation(strata) > 0.1);
    sim::decorrelate(strata, seed);
    CHECK(sim::largest_correlation(strata) < 0.002);
  }
  auto many = sim::random_strata({1, 2000, names(30)});
  sim::decorrelate(many, 1);
  CHECK(sim::largest_correlation(many) < 0.001);
}
