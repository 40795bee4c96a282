// What the suite makes of its measurements: ratios within a round, medians, gaps that are named, digests that differ.
#include <catch2/catch.hpp>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "sim/app/bench/suite_results.hpp"

namespace {

app::SuiteGroup const group{.name = "a load",
                            .rows = {{{"sequential"}, {"yardstick"}, 1.5}, {{"optimistic", 2}, {"sequential"}}, {{"distributed", 2}, {"sequential"}, 0.7}},
                            .lps = 1000};

/// The machine slows down by ten in the second round, and the yardstick is disturbed in the third.
app::SuiteRuns runs() {
  app::SuiteRuns made;
  made.of["yardstick"] = {{100, 1, 0}, {100, 10, 0}, {100, 4, 0}};
  made.of["sequential 1"] = {{200, 1, 7}, {200, 10, 7}, {200, 1, 7}};
  made.of["optimistic 2"] = {{200, 2, 7}, {200, 16, 7}, {200, 2, 7}};
  made.missing["distributed 2"] = "no MPI";
  return made;
}

nlohmann::json json_of(app::SuiteGroup const& load) { return nlohmann::json::parse(app::json_text(load, runs())); }

}  // namespace

TEST_CASE("ratios are taken within rounds, and only then their median", "[app]") {
  auto const ratios = json_of(group).at("ratios");
  REQUIRE(ratios[0].at("ratio") == 2);  // 2, 2 and 8; the medians' ratio would be 8
  REQUIRE(ratios[0].at("least") == 2);
  REQUIRE(ratios[0].at("greatest") == 8);
  REQUIRE(ratios[0].at("reached") == true);
  REQUIRE(ratios[1].at("ratio") == 0.5);
  REQUIRE_FALSE(ratios[1].contains("reached"));
}

TEST_CASE("an engine that is missing leaves a line that says why", "[app]") {
  auto const json = json_of(group);
  REQUIRE_FALSE(json.at("ratios")[2].contains("ratio"));
  REQUIRE(json.at("missing").at("distributed 2") == "no MPI");
  std::string const table = app::to_markdown(group, runs());
  REQUIRE(table.find("| a load | distributed 2 | | sequential 1 | | 0.70 | not measured: no MPI |") != std::string::npos);
  REQUIRE(table.find("| a load | sequential 1 | 5000000 | yardstick | 2.00 (2.00 to 8.00) | 1.50 | reached |") != std::string::npos);
}

TEST_CASE("a target that is missed is called so", "[app]") {
  app::SuiteGroup harder = group;
  harder.rows[0].target = 2.01;
  REQUIRE(json_of(harder).at("ratios")[0].at("reached") == false);
  REQUIRE(app::to_markdown(harder, runs()).find("| 2.01 | not reached |") != std::string::npos);
}

TEST_CASE("one run with another digest is seen; engines without a digest are not", "[app]") {
  app::SuiteRuns twin = runs();
  REQUIRE(twin.digests() == std::set<std::uint64_t>{7});
  twin.of["optimistic 2"][1].digest = 8;
  REQUIRE(twin.digests().size() == 2);
}

TEST_CASE("medians of odd and even counts", "[app]") {
  REQUIRE(app::median({3}) == 3);
  REQUIRE(app::median({9, 1, 4}) == 4);
  REQUIRE(app::median({9, 1, 4, 6}) == 5);
}

TEST_CASE("the plot has a line for each engine, and higher costs stand higher", "[app]") {
  app::SuiteCurves curves;
  app::add_point(curves, group, runs());
  app::SuiteGroup without = group;
  without.lps = 0;
  app::add_point(curves, without, runs());
  REQUIRE(curves.size() == 3);
  REQUIRE(curves.at("yardstick").size() == 1);
  REQUIRE(curves.at("yardstick")[0].second == Approx(4e7));
  curves["yardstick"].push_back({1e5, 8e7});
  std::string const svg = app::curves_svg(curves);
  std::size_t lines = 0;
  for (std::size_t at = svg.find("<polyline"); at != std::string::npos; at = svg.find("<polyline", at + 1)) ++lines;
  REQUIRE(lines == 3);
  // The greatest is the yardstick's, whose name comes first; its second point is the higher one, so its y is less.
  double x[2], y[2];
  REQUIRE(std::sscanf(svg.c_str() + svg.find("<polyline"), "<polyline points=\"%lf,%lf %lf,%lf", &x[0], &y[0], &x[1], &y[1]) == 4);
  REQUIRE(x[0] < x[1]);
  REQUIRE(y[0] > y[1]);
  REQUIRE(app::curves_markdown(curves).find("| 1000 | 100000 |") != std::string::npos);
}
