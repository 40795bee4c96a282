// Blame or tolerate: whom nations name in the simulated world, against the game of Edwards and others.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "models/world/nation/nation.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

constexpr double sd_of_999 = 3.29;  // half width of a 99.9 % interval

using Culprit = std::pair<int, int>;  // actor, severity

// A nation on a bench that receives findings and names, or does not.
class Accuser {
 public:
  Accuser(BenchOptions options, char const* nation) : bench_(longer(std::move(options))), nation_(bench_.nation(nation)) {}
  Bench& bench() { return bench_; }
  int nation() const { return nation_; }
  auto agent() { return bench_.directory().nations[static_cast<std::size_t>(nation_)]; }
  /// Evidence in log odds against `actor`.
  void find(double day, Culprit culprit, double evidence) {
    Nation::Attributed found{};
    found.incident = incident_id(culprit.first, nation_, false, ++number_);
    found.discovered_day = static_cast<float>(day);
    found.actor = static_cast<std::uint16_t>(culprit.first);
    found.severity = static_cast<std::uint8_t>(culprit.second);
    found.correct = 1;
    found.evidence = static_cast<std::uint16_t>(100 * evidence);
    bench_.send(agent(), day, found);
  }
  std::map<Culprit, int> run() {
    std::map<Culprit, int> named;
    bench_.census().listen<Nation, Nation::PoliticalAttribution>(
        [&](sim::RowKey const&, Nation::PoliticalAttribution const& row) { ++named[{row.actor, row.severity}]; });
    bench_.run(8000);
    return named;
  }

 private:
  static BenchOptions longer(BenchOptions options) {
    options.end = {2042, 1, 1};
    options.behaviours = {Behaviour::blame_or_tolerate};
    return options;
  }
  Bench bench_;
  int nation_;
  std::uint32_t number_ = 0;
};

}  // namespace

TEST_CASE("a nation names where Pr(vulnerable) is above c / (r + c), by evidence, severity and policy", "[world][blame]") {
  std::vector<double> const evidence{2.95, 3.5, 8};
  int both = 0, of_all = 0;
  for (bool const policy : {false, true})
    for (double const vulnerable : {.2, .5, .55, .8}) {
      BenchOptions options;
      options.parameters.vulnerable_share = vulnerable;
      options.parameters.blame_reward = .87;
      Accuser accuser(options, "PRK");  // no partner could sign
      if (policy) accuser.bench().send(accuser.agent(), .5, Nation::Lever{-1, attribution_policy_flag, 1});
      for (int severity = 1; severity <= 6; ++severity)
        for (std::size_t e = 0; e < evidence.size(); ++e) accuser.find(1, {static_cast<int>(e), severity}, evidence[e]);
      auto const named = accuser.run();
      for (int severity = 1; severity <= 6; ++severity)
        for (std::size_t e = 0; e < evidence.size(); ++e) {
          INFO("policy " << policy << " vulnerable " << vulnerable << " severity " << severity << " evidence " << evidence[e]);
          double const reward = .87 * std::exp(.4 * (severity - 3) + (policy ? options.parameters.policy_shift : 0));
          double const belief = vulnerable / (1 + std::exp(-evidence[e]));
          CHECK(named.count({static_cast<int>(e), severity}) == (belief > 1 / (1 + reward) ? 1U : 0U));
          both += static_cast<int>(named.count({static_cast<int>(e), severity}));
          ++of_all;
        }
    }
  CHECK(both > of_all / 4);
  CHECK(both < of_all * 3 / 4);
}

TEST_CASE("nations name as often as partners enough to share the cost sign with them", "[world][blame]") {
  int const cases = 4000;
  BenchOptions options;
  options.parameters.vulnerable_share = .3;
  options.parameters.blame_reward = 1;
  Accuser accuser(options, "JPN");
  // At severity 3 blame pays with two who share the cost, at 5 with one: 1 / (2 + J) and 1 / (1 + (1 + J) exp(.8)) below .298.
  for (int i = 0; i < cases; ++i)
    for (int const severity : {3, 5}) accuser.find(1 + 1e-4 * i, {1, severity}, 5);
  int partners = 0;
  for (int n = 0; n < static_cast<int>(accuser.bench().atlas().nations.size()); ++n)
    if (n != accuser.nation())
      partners += accuser.bench().setting().doses.recorded_pair(Mechanism::attribution, accuser.nation(), n, {}, 1) > 0 ? 1 : 0;
  REQUIRE(partners > 3);
  auto named = accuser.run();
  double const none = std::pow(.95, partners), one = partners * .05 * std::pow(.95, partners - 1);
  auto const agrees = [&](int severity, double share) {
    return std::fabs(named[{1, severity}] - cases * share) < sd_of_999 * std::sqrt(cases * share * (1 - share));
  };
  INFO(partners << " partners, nobody signs " << none << ", one " << one);
  CHECK(agrees(3, 1 - none - one));
  CHECK(agrees(5, 1 - none));
  // Twins: one signer more is needed; the record's odds.
  CHECK_FALSE(agrees(5, 1 - none - one));
  CHECK_FALSE(agrees(3, 1 / (1 + std::exp(.7))));
}

TEST_CASE("a nation on a high level of escalation with an actor tolerates what it blames on others", "[world][blame]") {
  BenchOptions options;
  options.parameters.blame_reward = 2;
  options.parameters.escalation_caution = 1;
  Accuser accuser(options, "PRK");
  for (std::uint32_t i = 0; i < 1000; ++i) {  // a storm of severe effects
    Nation::Discovered discovered{};
    discovered.incident = incident_id(1, accuser.nation(), false, 100'000 + i);
    discovered.actor = 1;
    discovered.severity = 6;
    discovered.effect = 1;
    accuser.bench().send(accuser.agent(), 1 + .001 * i, discovered);
  }
  accuser.find(.5, {1, 2}, 5);  // before the storm
  accuser.find(3, {1, 3}, 5);
  accuser.find(3, {2, 3}, 5);
  auto const named = accuser.run();
  CHECK(named.count({1, 2}) == 1);
  CHECK(named.count({1, 3}) == 0);
  CHECK(named.count({2, 3}) == 1);
}
