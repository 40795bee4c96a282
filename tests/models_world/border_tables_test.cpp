// Tables of dependencies that no world can be made of, and what borders do to a study.
#include <catch2/catch.hpp>

#include <algorithm>

#include "models/world/data/dependency_check.hpp"
#include "models/world/setting.hpp"
#include "tests/models_world/studies.hpp"

using namespace world;
using namespace world::test;
using Catch::Matchers::Contains;

namespace {

// The record with other imports; energy and telecom depend on each other by `d` each if above 0.
Atlas with_borders(std::vector<BorderRecord> borders, double d = 0) {
  Atlas atlas = load_atlas();
  atlas.borders = std::move(borders);
  std::size_t const n = atlas.sectors.size(), e = static_cast<std::size_t>(atlas.sector("energy")), t = static_cast<std::size_t>(atlas.sector("telecom"));
  if (d > 0) atlas.dependency[e * n + t] = atlas.dependency[t * n + e] = d;
  return atlas;
}

std::vector<BorderRecord> many(int count, bool one_dependent) {
  std::vector<BorderRecord> borders;
  for (int i = 1; i <= count; ++i) borders.push_back(one_dependent ? BorderRecord{i, 0, 2, .1} : BorderRecord{0, i, 2, .1});
  return borders;
}

}  // namespace

TEST_CASE("both worlds' dependencies can be held and die down", "[world][borders]") {
  for (WorldInfo const& info : worlds()) CHECK(load_atlas(info.name).borders.size() >= 15);
}

TEST_CASE("the check of cycles reckons with the top of both factors' priors", "[world][borders]") {
  for (sim::ParameterInfo const& info : parameter_descriptions()) {
    if (info.name == "dependency_scale") CHECK(info.prior.b == largest_dependency_scale);
    if (info.name == "cross_border_scale") CHECK(info.prior.b == largest_cross_border_scale);
  }
}

TEST_CASE("a table that agents cannot hold says so", "[world][borders]") {
  CHECK_NOTHROW(check_dependencies(with_borders(many(max_providers_abroad, true))));
  CHECK_THROWS_WITH(check_dependencies(with_borders(many(max_providers_abroad + 1, true))), Contains("more than 8 providers for ALB"));
  CHECK_NOTHROW(check_dependencies(with_borders(many(max_nations_served, false))));
  CHECK_THROWS_WITH(check_dependencies(with_borders(many(max_nations_served + 1, false))), Contains("more than 16 nations with energy from ALB"));
  CHECK_THROWS_WITH(check_dependencies(with_borders({{1, 0, 2, .6}, {2, 0, 2, .6}})), Contains("import more energy than it uses"));
  CHECK_THROWS_WITH(check_dependencies(with_borders({{1, 0, 2, 1.01}})), Contains("share 1.01"));
  CHECK_THROWS_WITH(check_dependencies(with_borders({{1, 0, 2, 0}})), Contains("a share lies above 0"));
  CHECK_THROWS_WITH(check_dependencies(with_borders({{1, 1, 2, .1}})), Contains("provides for itself"));
  CHECK_THROWS_WITH(check_dependencies(with_borders({{1, 0, 2, .1}, {1, 0, 2, .2}})), Contains("stands there twice"));
  CHECK_THROWS_WITH(check_dependencies(with_borders({{1, 0, 0, .1}})), Contains("no sector depends on that one"));
  CHECK_THROWS_WITH(check_dependencies(with_borders({}, .96)), Contains("between 0 and 0.95"));
}

TEST_CASE("a cycle in which nothing dampens an outage is refused, and named", "[world][borders]") {
  Atlas const names = load_atlas();
  int const japan = names.nation("JPN"), korea = names.nation("KOR"), china = names.nation("CHN"), energy = names.sector("energy"), telecom = names.sector("telecom");
  auto const pair = [&](double share) { return std::vector<BorderRecord>{{japan, korea, energy, share}, {korea, japan, telecom, share}}; };
  // Inside a nation the cap dampens whatever the values; abroad .95 x 1.5 x share does up to .7017.
  CHECK_NOTHROW(check_dependencies(with_borders({}, .95)));
  CHECK_NOTHROW(check_dependencies(with_borders(pair(.70), .95)));
  CHECK_THROWS_WITH(check_dependencies(with_borders(pair(.71), .95)), Contains("keep itself alive") && Contains("JPN energy") && Contains("KOR telecom"));
  CHECK_THROWS_WITH(check_dependencies(with_borders(pair(.71), .95)), !Contains("CHN"));
  // The same shares on a way that does not come back, and a way back that is weak enough.
  CHECK_NOTHROW(check_dependencies(with_borders({{japan, korea, energy, .9}, {korea, china, telecom, .9}}, .95)));
  CHECK_NOTHROW(check_dependencies(with_borders({{japan, korea, energy, 1}, {korea, japan, telecom, .45}}, .95)));
  CHECK_THROWS_WITH(check_dependencies(with_borders({{japan, korea, energy, 1}, {korea, china, telecom, .9}, {china, japan, energy, 1}}, .95)), Contains("keep itself alive"));
}

TEST_CASE("borders change other nations' losses, never who is attacked; off and a scale of zero are the same to the bit", "[world][borders]") {
  StudyOptions options;
  options.start = "2016-01-01", options.record_from = "2017-01-01", options.end = "2023-01-01";
  options.futures = 3;
  auto const records = [&](bool on, double scale) {
    StudyOptions with = options;
    if (!on) with.behaviour = "cross_border = false\n";
    with.constants = {{"cross_border_scale", scale}};
    auto const study = make_study(with);
    return std::pair{study.scenario->schema(), run_all(study)};
  };
  auto const [schema, on] = records(true, 1.5);
  auto const off = records(false, 1.5).second, zero = records(true, 0).second;
  Atlas const atlas = load_atlas();
  auto const trades = [&](std::size_t n) {
    return std::any_of(atlas.borders.begin(), atlas.borders.end(), [n](BorderRecord const& b) { return b.provider == static_cast<int>(n) || b.dependent == static_cast<int>(n); });
  };
  double outages = 0, more = 0;
  int alone_nations = 0;
  for (std::size_t i = 0; i < on.size(); ++i) {
    CHECK(same_outcome(off[i], zero[i]));
    CHECK(total(schema, off[i], "cascades_from_abroad") == 0);
    outages += total(schema, on[i], "cascades_from_abroad");
    for (std::size_t n = 0; n < schema.nations.size(); ++n) {
      double const loss = response(schema, on[i], "resilience_loss", n), alone = response(schema, off[i], "resilience_loss", n);
      more += loss - alone;
      CHECK(response(schema, on[i], "accesses", n) == response(schema, off[i], "accesses", n));
      CHECK(response(schema, on[i], "incidents", n) == response(schema, off[i], "incidents", n));
      if (trades(n)) continue;
      ++alone_nations;
      CHECK(loss == alone);
      CHECK(response(schema, on[i], "economic_loss", n) == response(schema, off[i], "economic_loss", n));
    }
  }
  CHECK(alone_nations >= 3 * 3);
  CHECK(outages > 0);
  CHECK(more > 0);
}
