#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/io/series_quantiles.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace sim;

namespace {

// Type 7 of Hyndman and Fan from a sorted sample.
float expected(std::vector<float> values, double probability) {
  std::sort(values.begin(), values.end());
  double const h = double(values.size() - 1) * probability;
  auto const k = std::size_t(h);
  double const above = k + 1 < values.size() ? values[k + 1] : values[k];
  return float(values[k] + (h - double(k)) * (above - values[k]));
}

}  // namespace

TEST_CASE("quantiles are exact for samples of any size, with and without ties", "[io]") {
  std::uint64_t state = 5;
  for (std::size_t n = 1; n <= 200; ++n) {
    for (std::uint64_t distinct : {1ull, 2ull, 5ull, 1000000ull}) {
      std::vector<float> values;
      for (std::size_t i = 0; i < n; ++i) values.push_back(float(sample::next(state) % distinct) / 7 - 3);
      std::vector<float> scratch = values;
      std::array<float, 5> found{};
      sample_quantiles(scratch, found);
      for (std::size_t p = 0; p < 5; ++p) REQUIRE(found[p] == expected(values, series_probabilities[p]));
    }
  }
}

TEST_CASE("missing values are left out, and nothing comes of nothing", "[io]") {
  float const nan = std::numeric_limits<float>::quiet_NaN();
  // Columns: (1, 3), (2), ().
  std::vector<float> const table{1, nan, nan, 3, 2, nan};
  std::vector<float> quantiles(15), mean(3);
  auto const source = [&](std::size_t first, std::size_t width, std::span<float> out) {
    for (std::size_t r = 0; r < 2; ++r) std::copy_n(&table[r * 3 + first], width, &out[r * width]);
  };
  for (std::size_t bytes : {1u, 1000u}) {
    column_quantiles(source, 2, 3, {bytes, 2}, quantiles, mean);
    CHECK((mean[0] == 2 && mean[1] == 2 && std::isnan(mean[2])));
    CHECK((quantiles[2] == 2 && quantiles[0] == float(1 + 0.05 * 2) && quantiles[7] == 2 && std::isnan(quantiles[12])));
  }
}
