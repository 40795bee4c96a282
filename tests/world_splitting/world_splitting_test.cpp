// Splitting of the world's histories: the same probabilities as crude sampling, the same records whatever came before.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "analysis/estimators/mean.hpp"
#include "tests/models_world/studies.hpp"

using namespace world::test;

namespace {

// A small world in which a tenth of the years see a twentieth of a nation's service lost at a time.
StudyOptions year_of_berylia(int futures) {
  StudyOptions options;
  options.start = "2021-01-01", options.record_from = "2021-07-01", options.end = "2022-07-01";
  options.mechanisms = available_mechanisms();
  options.world = "berylia";
  options.focal = "XCR";
  options.futures = futures;
  return options;
}

std::string rare(std::string const& level, std::string const& levels, int effort) {
  return "[rare_event]\nlevel = \"" + level + "\"\nlevels = [" + levels + "]\neffort = " + std::to_string(effort) + "\n";
}

struct Sample {
  std::vector<double> values;
  double mean() const { return analysis::moments(values).mean; }
  double variance_of_mean() const { return analysis::moments(values).variance / static_cast<double>(values.size()); }
};

// Probability of each level, one estimate a future.
std::vector<Sample> by_splitting(std::string const& level, std::string const& levels, int futures) {
  auto const study = make_study(year_of_berylia(futures), rare(level, levels, 16));
  std::vector<Sample> samples(study.study.rare_event.levels.size());
  for (auto const& record : run_all(study))
    for (std::size_t k = 0; k < samples.size(); ++k) samples[k].values.push_back(record.responses[k]);
  return samples;
}

// Whether a response of the nation in focus reaches a level, one history a future.
template <class Reached>
Sample by_crude_sampling(std::string const& response_name, int futures, Reached reached) {
  auto const study = make_study(year_of_berylia(futures));
  auto const& schema = study.scenario->schema();
  auto const nation = static_cast<std::size_t>(std::find(schema.nations.begin(), schema.nations.end(), "XCR") - schema.nations.begin());
  Sample sample;
  for (auto const& record : run_all(study)) sample.values.push_back(reached(response(schema, record, response_name, nation)) ? 1 : 0);
  return sample;
}

void check_agree(Sample const& a, Sample const& b) {
  double const z = (a.mean() - b.mean()) / std::sqrt(a.variance_of_mean() + b.variance_of_mean());
  INFO(a.mean() << " +- " << std::sqrt(a.variance_of_mean()) << " by splitting, " << b.mean() << " +- " << std::sqrt(b.variance_of_mean()) << " by crude sampling");
  CHECK(std::fabs(z) < 6.11);
  CHECK(std::fabs((2 * a.mean() - b.mean()) / std::sqrt(4 * a.variance_of_mean() + b.variance_of_mean())) > 3);  // twice as much would be noticed
}

}  // namespace

TEST_CASE("splitting and crude sampling of the world agree where both can see", "[world][splitting]") {
  auto const lost = by_splitting("service_lost", "0.01, 0.03, 0.06", 120);
  check_agree(lost[0], by_crude_sampling("robustness", 600, [](double lowest) { return 1 - lowest >= 0.01; }));
  check_agree(lost[2], by_crude_sampling("robustness", 1500, [](double lowest) { return 1 - lowest >= 0.06; }));
}

TEST_CASE("a splitting run of the world is the same whatever the executor ran before", "[world][splitting]") {
  auto const study = make_study(year_of_berylia(2), rare("service_lost", "0.001, 0.005, 0.02", 12));
  auto const future = study.scenario->prepare(1);
  auto const first = run(*study.scenario, future, {0, 1, 0});
  for (std::string const executor : {"sequential", "rollback-check"}) {
    auto const again = run(*study.scenario, study.scenario->prepare(1), {0, 1, 0}, executor);
    CHECK(again.digest == first.digest);
    CHECK(again.responses == first.responses);
    CHECK(again.events == first.events);
  }
  CHECK(first.responses[1] > 0);  // it did split
  CHECK(run(*study.scenario, study.scenario->prepare(0), {0, 0, 0}).digest != first.digest);
}
