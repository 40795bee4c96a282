// The resolved text of a study is a study, and the same one.
#include <catch2/catch.hpp>
#include <random>

#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

void check_same(Intervention const& a, Intervention const& b) {
  CHECK(a.lever == b.lever);
  CHECK(a.nation == b.nation);
  CHECK(a.organisation == b.organisation);
  CHECK(a.action == b.action);
  CHECK(a.status == b.status);
  CHECK(a.from == b.from);
  CHECK(a.to == b.to);
}

void check_same_design(Study const& a, Study const& b) {
  REQUIRE(a.levers.size() == b.levers.size());
  for (std::size_t i = 0; i < a.levers.size(); ++i) {
    CHECK(std::tie(a.levers[i].name, a.levers[i].within) == std::tie(b.levers[i].name, b.levers[i].within));
    REQUIRE(a.levers[i].levels.size() == b.levers[i].levels.size());
    for (std::size_t l = 0; l < a.levers[i].levels.size(); ++l) check_same(a.levers[i].levels[l], b.levers[i].levels[l]);
  }
  auto const &d = a.design, &e = b.design;
  CHECK(std::tie(d.type, d.generators, d.together, d.points, d.where, d.notes) == std::tie(e.type, e.generators, e.together, e.points, e.where, e.notes));
  CHECK(a.reference == b.reference);
  REQUIRE(a.treatments.size() == b.treatments.size());
  for (std::size_t t = 0; t < a.treatments.size(); ++t) {
    auto const &x = a.treatments[t], &y = b.treatments[t];
    CHECK(x.name == y.name);
    CHECK(x.label == y.label);
    CHECK(x.levels == y.levels);
    REQUIRE(x.interventions.size() == y.interventions.size());
    for (std::size_t i = 0; i < x.interventions.size(); ++i) check_same(x.interventions[i], y.interventions[i]);
  }
}

/// Everything but the text as given.
void check_same(Study const& a, Study const& b) {
  CHECK(std::tie(a.name, a.title, a.question, a.world, a.options) ==
        std::tie(b.name, b.title, b.question, b.world, b.options));
  CHECK(std::tie(a.start, a.record_from, a.end) == std::tie(b.start, b.record_from, b.end));
  CHECK(std::tie(a.futures, a.replications, a.seed, a.event_limit) ==
        std::tie(b.futures, b.replications, b.seed, b.event_limit));
  CHECK(std::tie(a.focal, a.mechanisms, a.mechanisms_on, a.behaviours, a.prior_set) ==
        std::tie(b.focal, b.mechanisms, b.mechanisms_on, b.behaviours, b.prior_set));
  REQUIRE(a.crises.size() == b.crises.size());
  for (std::size_t i = 0; i < a.crises.size(); ++i) {
    auto const &x = a.crises[i], &y = b.crises[i];
    CHECK(std::tie(x.actor, x.nation, x.from, x.jump) == std::tie(y.actor, y.nation, y.from, y.jump));
  }
  REQUIRE(a.factors.size() == b.factors.size());
  for (std::size_t i = 0; i < a.factors.size(); ++i) {
    auto const &x = a.factors[i], &y = b.factors[i];
    CHECK(x.overridden == y.overridden);
    CHECK(x.info.prior == y.info.prior);
    CHECK(std::tie(x.info.name, x.info.unit, x.info.source, x.info.grade) ==
          std::tie(y.info.name, y.info.unit, y.info.source, y.info.grade));
  }
  check_same_design(a, b);
  REQUIRE(a.responses.size() == b.responses.size());
  for (std::size_t i = 0; i < a.responses.size(); ++i) {
    CHECK(a.responses[i].name == b.responses[i].name);
    CHECK(a.responses[i].window_from == b.responses[i].window_from);
    CHECK(a.responses[i].window_to == b.responses[i].window_to);
  }
  REQUIRE(a.series.size() == b.series.size());
  for (std::size_t i = 0; i < a.series.size(); ++i) CHECK(a.series[i].name == b.series[i].name);
  CHECK(std::tie(a.focal_step_days, a.other_step_days) == std::tie(b.focal_step_days, b.other_step_days));
}

/// Resolves, reads back and compares; the second resolved text must be the first, byte for byte.
void check_round_trip(Study const& study) {
  auto const text = resolved_text(study);
  CAPTURE(text);
  auto const again = check_study({"resolved", text}, {}, vocabulary());
  CHECK(again.issues == std::vector<std::string>{});
  REQUIRE(again.study);
  check_same(study, *again.study);
  CHECK(resolved_text(*again.study) == text);
}

/// A random distribution within the accepted range of factor `index` of the test vocabulary.
Distribution random_prior(std::size_t index, std::mt19937_64& random) {
  auto const u = [&] { return std::uniform_real_distribution<>(0, 1)(random); };
  ParameterInfo const info = vocabulary().factors[index];
  double const width = info.maximum - info.minimum;
  double const low = info.minimum + width * (0.01 + 0.4 * u()), high = low + width * (0.01 + 0.4 * u());
  switch (random() % 7) {
    case 0:
      return {Family::constant, low};
    case 1:
      return {Family::uniform, low, high};
    case 2:
      return {Family::log_uniform, low, high};
    case 3:
      return {Family::triangular, low, high, low + (high - low) * u()};
    case 5:
      return {Family::sceptical, low, high, low + (high - low) * u()};
    case 4:
      return {Family::normal, info.minimum + width * 0.5, width * 0.1 * (0.1 + u())};
    default:
      return {Family::lognormal, info.minimum + width * 0.4, 0.01 + 0.05 * u()};
  }
}

}  // namespace

TEST_CASE("every shipped study resolves to the same study", "[campaign]") {
  for (auto const& path : shipped_studies()) {
    CAPTURE(path);
    check_round_trip(load_study(path, {}, vocabulary()));
  }
}

TEST_CASE("text with quotes, line ends, control and foreign characters survives resolving", "[campaign]") {
  auto study = *check(good_study()).study;
  study.title = "a \"b\" \\ c\td\n\x01 e \x7f \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x8C\x8D ''' \"\"\" # x = [1]";
  study.question = "\\u0041";
  check_round_trip(study);
}

TEST_CASE("a study without nations in focus, series or priors beyond the model's resolves to the same", "[campaign]") {
  check_round_trip(
      *check(replaced(good_study(), "seed = 7", "seed = 9223372036854775807\nfocal = []") + "[series]\nnames = []\n")
           .study);
}

TEST_CASE("random studies resolve to the same study, numbers to the last bit", "[campaign]") {
  std::mt19937_64 random(20221104);
  auto const v = vocabulary();
  for (int round = 0; round < 300; ++round) {
    auto study = *check(good_study()).study;
    study.seed = random() >> 1;
    study.futures = 1 + static_cast<std::uint32_t>(random() % 1000);
    study.options[0].second = static_cast<double>(1 + random() % 100000);
    study.options[1].second = std::uniform_real_distribution<>(0, 1)(random);
    study.mechanisms_on.clear();
    for (auto day = random() % 4; day > 0; --day)
      study.crises.push_back({random() % 2 ? "RUS" : "USA", "EST", {2020, 1, static_cast<int>(day)},
                              random() % 2 ? std::optional(3 * std::uniform_real_distribution<>(0.001, 1)(random)) : std::nullopt});
    for (auto& [name, on] : study.behaviours) on = random() % 2 != 0 || name == "crises";
    for (auto const& mechanism : v.mechanisms)
      if (mechanism.available && random() % 2) study.mechanisms_on.push_back(mechanism.name);
    for (std::size_t i = 0; i < study.factors.size(); ++i) {
      if (random() % 2) continue;
      study.factors[i].overridden = true;
      study.factors[i].info.prior = random_prior(i, random);
      study.factors[i].info.source = "draw " + std::to_string(random());
      study.factors[i].info.grade = static_cast<Grade>('A' + random() % 4);
    }
    study.responses.resize(1 + random() % 15);
    for (auto& response : study.responses)
      response.window_from = to_date(to_time(study.record_from) + day * static_cast<std::int64_t>(random() % 4000));
    check_round_trip(study);
  }
}
