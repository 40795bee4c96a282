#include <catch2/catch.hpp>

#include <chrono>
#include <iostream>

#include "analysis/report/report_data.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;

TEST_CASE("a report on 16 treatments, 71 nations and 15 responses is small and quick", "[report]") {
  auto const source = synthetic::campaign({4, 71, 14, 100, 5, 4, 626}, synthetic::plain_model);
  auto const start = std::chrono::steady_clock::now();
  auto const text = report_data(source);
  std::chrono::duration<double> const wall = std::chrono::steady_clock::now() - start;
  std::cout << "report data: " << text.size() / 1000 << " kB in " << wall.count() << " s\n";
  CHECK(text.size() < 2'500'000);
  CHECK(wall.count() < 10);
}
