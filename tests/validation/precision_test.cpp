// Replications are added until intervals are narrow enough, intervals are honest, and a run that ends before says so.
#include <catch2/catch.hpp>

#include "sim/exec/executors.hpp"
#include "tests/validation/validate.hpp"

using namespace validation;

namespace {

theory::Comparison compare(std::string const& name, std::vector<theory::Given> const& given,
                           theory::CompareOptions const& options) {
  auto const executor = sim::make_executor("sequential");
  return theory::compare(theory_named(name), values_of(name, given), options, *executor);
}

std::uint32_t replications_of(theory::Comparison const& comparison) {
  return comparison.simulated.front().replications;
}

}  // namespace

TEST_CASE("far from the test vectors agents reach the law within 2 percent too", "[validation]") {
  check_agents("flipit", {{"second_cost", "100"}});
  check_agents("flipit", {{"play", "exponential"}, {"second_cost", "100"}});
  check_agents("baliga", {{"attackers", "5"}, {"opportunity", "0.01"}});
  check_agents("gordon-loeb", {{"vulnerability", "1e-4"}});
  check_agents("gordon-loeb", {{"vulnerability", "0.2501"}});
  check_agents("dwell", {{"effect_mean", "0.1"}});
  check_agents("patching", {{"age", "2000"}});
  check_agents("patching", {{"shape", "0.3"}});
  check_agents("sir", {{"r0", "1.15"}});
  check_agents("inoperability", {{"mode", "dynamic"}, {"time", "0.01"}});
  check_agents("inoperability", {{"mode", "dynamic"}, {"table", "bea2021"}, {"sector", "telecom"}});
  check_agents("inoperability", {{"mode", "dynamic"}, {"table", "bea2021"}, {"time", "0.01"}});
}

TEST_CASE("replications are doubled, and the result is that of so many replications asked for", "[validation]") {
  std::vector<theory::Given> const late{{"age", "2000"}};
  auto const found = compare("patching", late, {});
  std::uint32_t const count = replications_of(found);
  CHECK(count > 32);
  CHECK((count & (count - 1)) == 0);
  CHECK(found.note.empty());
  auto const asked = compare("patching", late, {.replications = count});
  CHECK(asked.of("unpatched_share").lo == found.of("unpatched_share").lo);
  CHECK(asked.of("unpatched_share").hi == found.of("unpatched_share").hi);
  CHECK_FALSE(compare("patching", late, {.replications = count / 2}).of("unpatched_share").is_precise());
}

TEST_CASE("a run whose work does not suffice says so, and one of so many replications asked for does not",
          "[validation]") {
  std::vector<theory::Given> const late{{"age", "2000"}};
  auto const cut = compare("patching", late, {.work = 2'000'000});
  CHECK(replications_of(cut) < replications_of(compare("patching", late, {})));
  CHECK_THAT(cut.note, Catch::Contains("unpatched_share is known to") && Catch::Contains("--replications"));
  auto const asked = compare("patching", late, {.replications = 7});
  CHECK(replications_of(asked) == 7);
  CHECK(asked.note.empty());
  // Where the law is silent there is nothing to be precise for.
  auto const silent = compare("motter-lai", {{"network", "scale-free"}, {"nodes", "50"}, {"tolerance", "0.2"}}, {});
  CHECK(replications_of(silent) == theory_named("motter-lai").replications);
}

TEST_CASE("the test vectors take the replications that each theory begins with", "[validation]") {
  for (std::string const name : {"axelrod-iliev", "blame", "baliga", "gordon-loeb", "flipit", "public-goods", "worm",
                                 "patching", "dwell", "resilience-triangle", "little", "sis-threshold", "sir"}) {
    INFO(name);
    CHECK(replications_of(compare(name, {}, {})) == theory_named(name).replications);
  }
}

TEST_CASE("the interval of a share of which no event was seen still holds the law", "[validation]") {
  // 16,000 intrusions, of which one in 144,000 is contained.
  std::vector<theory::Given> const rare{{"median", "1000"}, {"effect_mean", "0.01"}};
  int unseen = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto const found = compare("dwell", rare, {.replications = 2, .seed = seed}).of("contained_share");
    unseen += found.mean == 0;
    CHECK(found.contains(closed_form("dwell", rare, "contained_share")));
    if (found.mean == 0) CHECK(found.hi < 5e-4);
  }
  CHECK(unseen > 10);
}

TEST_CASE("the interval of an outbreak that spares nobody holds the few whom the law spares", "[validation]") {
  auto const found = check_agents("sir", {{"r0", "18"}});
  CHECK(found.of("final_size").mean == 1);
  CHECK(found.of("final_size").lo < closed_form("sir", {{"r0", "18"}}, "final_size"));
}

TEST_CASE("a ratio is that of the sums, so that many replications show no bias", "[validation]") {
  std::vector<theory::Given> const leaves{{"size", "1000"}};
  auto const found = compare("sis-threshold", leaves, {.replications = 400}).of("threshold");
  CHECK(found.contains(closed_form("sis-threshold", leaves, "threshold")));
  CHECK(found.half_width() < 0.005 * found.mean);
}

TEST_CASE("intervals of small networks miss the threshold as seldom as they say", "[validation]") {
  std::vector<theory::Given> const small{{"graph", "bipartite"}, {"size", "20"}, {"other_size", "5"}};
  double const closed = closed_form("sis-threshold", small, "threshold");
  int misses = 0, misses_of_a_third = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    auto const found = compare("sis-threshold", small, {.replications = 8, .seed = seed}).of("threshold");
    misses += !found.contains(closed);
    misses_of_a_third += std::fabs(found.mean - closed) > found.half_width() / 3;
  }
  CHECK(misses <= 2);             // three of 40 have a chance of 1e-5
  CHECK(misses_of_a_third >= 1);  // none would have a chance of 2e-3: the intervals are no wider than they need be
}

TEST_CASE("who was not there is left out, and what is too rare to be seen is refused", "[validation]") {
  auto const found = simulate("blame", {{"vulnerable", "0"}});
  CHECK_FALSE(found.has_simulated("attack_probability"));
  CHECK_FALSE(found.has_simulated("blamed_share"));
  CHECK(found.of("belief").contains(0));
  CHECK_FALSE(simulate("blame", {{"knowing", "0"}}).has_simulated("blame_probability"));
  CHECK_THAT(refusal("erlang-c", {{"arrival_rate", "0.01"}, {"servers", "4"}}),
             Catch::Contains("a chance to wait of 4.") && Catch::Contains("below 0.0001"));
  check_agents("erlang-c", {{"arrival_rate", "0.6"}, {"servers", "4"}});
  CHECK_THAT(refusal("patching", {{"age", "10000"}}), Catch::Contains("below 0.0005"));
  std::vector<theory::Given> const busy{{"servers", "unlimited"}, {"arrival_rate", "30"}};
  CHECK_FALSE(simulate("little", busy, 2).has_simulated("empty_share"));
}
