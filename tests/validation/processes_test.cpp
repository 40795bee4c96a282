// Agents in queues, outbreaks and cascades reach what the theories of these processes say.
#include <catch2/catch.hpp>

#include "tests/validation/validate.hpp"

using namespace validation;

TEST_CASE("customers wait as Erlang C says", "[validation]") {
  check_agents("erlang-c", {});
  check_agents("erlang-c", {{"arrival_rate", "1.6"}, {"servers", "2"}});
  check_agents("erlang-c", {{"arrival_rate", "2"}, {"servers", "3"}});
  check_agents("erlang-c", {{"arrival_rate", "3.2"}, {"servers", "4"}});
  check_agents("erlang-c", {{"arrival_rate", "9"}, {"servers", "10"}});
}

TEST_CASE("a theory that does not hold says under which condition it would", "[validation]") {
  using Catch::Contains;
  CHECK_THAT(refusal("erlang-c", {{"arrival_rate", "2"}, {"servers", "2"}}), Contains("arrival rate < servers x service rate"));
  CHECK_THAT(refusal("axelrod-iliev", {{"persistence", "1"}, {"discount", "1"}}), Contains("discount x persistence < 1"));
  CHECK_THAT(refusal("axelrod-iliev", {{"persistence", "1.1"}}), Contains("--persistence 1.1: out of range"));
  CHECK_THAT(refusal("axelrod-iliev", {{"persistence", "x"}}), Contains("is no number"));
  CHECK_THAT(refusal("axelrod-iliev", {{"stakes", "unifrom"}}), Contains("did you mean \"uniform\"?"));
  CHECK_THAT(refusal("axelrod-iliev", {{"stelth", "1"}}), Contains("did you mean \"stealth\"?"));
  CHECK_THAT(refusal("baliga", {{"right", "0.95"}}), Contains("add to more than 1"));
  CHECK_THAT(refusal("baliga", {{"right", "0.01"}}), Contains("right > false alarm"));
  CHECK_THAT(refusal("flipit", {{"first_cost", "0.001"}, {"second_cost", "2"}}), Contains("1000 times"));
  CHECK_THAT(refusal("blame", {{"vulnerable", "1"}}), Contains("nobody attacks"));
}
