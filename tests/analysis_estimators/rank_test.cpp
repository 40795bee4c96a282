#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/rank.hpp"

using namespace analysis;

TEST_CASE("equal values share the mean of their ranks", "[estimators]") {
  CHECK(ranks(std::vector{3.0, 1.0, 3.0, 2.0, 3.0}) == std::vector{4.0, 1.0, 4.0, 2.0, 4.0});
}

TEST_CASE("Spearman's correlation agrees with SciPy, with ties and gaps", "[estimators]") {
  // /usr/bin/python3 -c "from scipy.stats import spearmanr; print(spearmanr([1,2,2,4,5,7],[2,1,3,3,8,5])[0])"
  std::vector const x{1.0, 2.0, undefined, 2.0, 4.0, 5.0, 7.0, 9.0};
  std::vector const y{2.0, 1.0, 4.0, 3.0, 3.0, 8.0, 5.0, undefined};
  CHECK(spearman(x, y) == Approx(0.8088235294117647).epsilon(1e-12));
}

TEST_CASE("rank correlation sees order only, and nothing in a constant", "[estimators]") {
  CHECK(spearman(std::vector{1.0, 2.0, 3.0, 100.0}, std::vector{-1.0, 0.0, 5.0, 6.0}) == 1);
  CHECK(spearman(std::vector{1.0, 2.0, 3.0}, std::vector{3.0, 2.0, 1.0}) == -1);
  CHECK(std::isnan(spearman(std::vector{1.0, 1.0, 1.0}, std::vector{3.0, 2.0, 1.0})));
  CHECK(std::isnan(spearman(std::vector{1.0, 2.0}, std::vector{3.0, 2.0})));
}
