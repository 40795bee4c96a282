#include <catch2/catch.hpp>

#include "analysis/report/report_parts.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;

namespace {

struct Parts {
  MemorySource source;
  Analysis analysis;
  Histories histories;
  explicit Parts(MemorySource s)
      : source(std::move(s)), analysis(analyze(source)), histories(source.study, source.rows) {}
};

}  // namespace

TEST_CASE("curves keep the mean over time when they are thinned", "[report]") {
  Parts const p(synthetic::campaign({2, 3, 1, 4, 2, 1, 4381}, synthetic::plain_model));
  auto const curves = time_curves(p.source, p.histories, p.analysis);
  REQUIRE(curves.dates.size() == 200);
  CHECK(curves.dates.back() == sim::to_string(sim::to_date(p.source.study.focal_grid.back())));
  REQUIRE(curves.curves.size() == 4);
  double whole = 0, thinned = 0;
  std::size_t const values = 8 * 4381;  // of the first treatment
  for (std::size_t i = 0; i < values; ++i) whole += static_cast<double>(p.source.series[0][0][i]) / values;
  std::size_t before = 0;
  for (std::size_t d = 0; d < 200; ++d) {
    std::size_t const after = (d + 1) * 4381 / 200;
    thinned += curves.curves[0].mean[d] * static_cast<double>(after - before) / 4381;
    before = after;
  }
  CHECK(thinned == Approx(whole).epsilon(1e-12));
}

TEST_CASE("a short grid is kept as it is, with quantiles over histories", "[report]") {
  Parts const p(synthetic::campaign({1, 3, 1, 5, 2, 1, 8}, synthetic::plain_model));
  auto const curves = time_curves(p.source, p.histories, p.analysis);
  REQUIRE(curves.dates.size() == 8);
  // History with seed 1000 + i has 1 - .01 ((1000 + i + g) mod 10) at grid point g; the ten seeds take each value once.
  for (auto const& c : curves.curves) {
    for (std::size_t d = 0; d < 8; ++d) {
      CHECK(c.q50[d] == Approx(0.955).epsilon(1e-6));
      CHECK(c.q05[d] == Approx(0.9145).epsilon(1e-6));
      CHECK(c.mean[d] == Approx(0.955).epsilon(1e-6));
    }
  }
}

TEST_CASE("many curves get fewer dates, so that the page stays small", "[report]") {
  Parts const p(synthetic::campaign({4, 3, 1, 1, 1, 3, 300, 2}, synthetic::plain_model));
  auto const curves = time_curves(p.source, p.histories, p.analysis);
  CHECK(curves.curves.size() == 96);
  CHECK(curves.curves.size() * curves.dates.size() * 6 <= 120'000);
}

TEST_CASE("maps have one value a nation and treatment, the reference left out", "[report]") {
  Parts const p(synthetic::campaign({2, 6, 8, 6, 2}, synthetic::plain_model));
  auto const layers = map_layers(p.source, p.histories, p.analysis);
  CHECK(layers.size() == 6 * 3);
  CHECK(layers[0].mean.size() == 6);
  CHECK(layers[0].mean[0] == Approx(p.analysis.differences[0].value.mean).epsilon(1e-14));
  CHECK(layers[0].lo[0] == Approx(p.analysis.differences[0].value.lo).epsilon(1e-14));
  CHECK(layers[0].mean[1] == Approx(0.5).epsilon(1e-12));
  CHECK(layers[1].mean[0] == 0);
}

TEST_CASE("the factor that drives the effect correlates with it, the idle one does not", "[report]") {
  Parts const p(synthetic::campaign({2, 3, 1, 60, 2}, synthetic::plain_model));
  auto const rho = factor_correlations(p.source, p.histories, p.analysis);
  CHECK(rho[0] == Approx(-1).epsilon(1e-3));
  CHECK(std::abs(rho[1]) < 0.5);
}
