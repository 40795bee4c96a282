// Graphs of assets that cannot have the edges they are asked for: what they can have, and who is told.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/world/infrastructure/asset_graph.hpp"
#include "models/world/infrastructure/reachable_mean.hpp"
#include "sim/base/error.hpp"
#include "tests/models_world/studies.hpp"

using namespace world;
using namespace world::test;

namespace {

AssetOptions options_of(int per_sector, double dependencies) {
  AssetOptions options;
  options.per_sector = per_sector;
  options.dependencies = dependencies;
  return options;
}

double mean_of(Atlas const& atlas, AssetOptions const& options) {
  AssetGraph const graph(atlas, options);
  return static_cast<double>(graph.edges()) / static_cast<double>(graph.assets());
}

bool is_accepted(Atlas const& atlas, AssetOptions const& options) {
  try {
    require_reachable(atlas, options);
    return true;
  } catch (sim::Error const&) {
    return false;
  }
}

}  // namespace

TEST_CASE("the mean that can be reached is what every graph reaches, to the edge where it is whole", "[world][assets]") {
  Atlas const atlas = load_atlas();
  // By hand: the 16 sectors depend on 4 or 5 others each, so that one asset a sector finds 43 providers in all.
  CHECK(reachable_mean(atlas, options_of(1, 8)) == 43. / 16);
  CHECK(reachable_mean(atlas, options_of(3, 8)) == Approx(5.8125).epsilon(1e-12));
  for (int const per_sector : {1, 2, 3, 10, 42})
    for (double const mean : {1., 2., 4., 8.}) {
      INFO(per_sector << " assets, " << mean);
      CHECK(mean_of(atlas, options_of(per_sector, mean)) == Approx(reachable_mean(atlas, options_of(per_sector, mean))).epsilon(1e-12));
    }
  for (double const mean : {.5, 3.5, 7.25}) {
    AssetOptions const options = options_of(10, mean);
    double const assets = 10. * static_cast<double>(atlas.nations.size() * atlas.sectors.size());
    CHECK(std::fabs(mean_of(atlas, options) - reachable_mean(atlas, options)) < 6.1 * .5 / std::sqrt(assets));
  }
}

TEST_CASE("a graph is refused where it would have over 2 % fewer edges than asked, and what the error names will do", "[world][assets]") {
  Atlas const atlas = load_atlas();
  CHECK(is_accepted(atlas, options_of(1, 0)));  // no graph
  for (auto const& [fewest, mean] : {std::pair{10, .5}, {10, 1.}, {11, 2.}, {19, 3.5}, {21, 4.}, {42, 8.}}) {
    INFO(fewest << " assets, " << mean);
    CHECK(is_accepted(atlas, options_of(fewest, mean)));
    CHECK_FALSE(is_accepted(atlas, options_of(fewest - 1, mean)));
    CHECK_THROWS_WITH((require_reachable(atlas, options_of(1, mean))), Catch::Contains("raise assets_per_sector to " + std::to_string(fewest) + " or more"));
    if (mean == std::floor(mean)) CHECK(mean_of(atlas, options_of(fewest, mean)) >= .98 * mean);
  }
  CHECK(is_accepted(atlas, options_of(10, 1.25)));
  CHECK_FALSE(is_accepted(atlas, options_of(10, 1.26)));
}

TEST_CASE("a study whose graph cannot be built is refused with the mean it would have and what will do", "[world][assets]") {
  StudyOptions options;
  options.scenario = "assets_per_sector = 10\nasset_dependencies = 8.0\n";
  CHECK_THROWS_WITH(make_study(options), Catch::Equals("asset_dependencies = 8 cannot be reached with assets_per_sector = 10 (the first assets find too few others to "
                                                       "depend on: the mean would be 7.344) raise assets_per_sector to 42 or more, or lower asset_dependencies to 1.25 or less"));
  options.scenario = "assets_per_sector = 1\nasset_dependencies = 8.0\n";
  CHECK_THROWS_WITH(make_study(options), Catch::Contains("2.688") && Catch::Contains("42 or more") && !Catch::Contains("lower"));
  options.scenario = "assets_per_sector = 42\nasset_dependencies = 8.0\n";
  CHECK_NOTHROW(make_study(options));
}

TEST_CASE("where a sector depends on no other no number of assets will do, and none is named", "[world][assets]") {
  Atlas atlas = load_atlas();
  std::size_t const n = atlas.sectors.size();
  for (std::size_t p = 0; p < n; ++p) atlas.dependency[p * n] = 0;
  CHECK(reachable_mean(atlas, options_of(8000, 2)) < 2 * 15. / 16);
  CHECK_THROWS_WITH((require_reachable(atlas, options_of(100, 2))), Catch::Contains("set asset_dependencies = 0") && !Catch::Contains("raise"));
}
