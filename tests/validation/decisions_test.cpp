// Agents that decide reach what the theories of decisions say.
#include <catch2/catch.hpp>

#include "sim/exec/executors.hpp"
#include "tests/validation/validate.hpp"

using namespace validation;

TEST_CASE("actors reach the threshold and the value of use or hold", "[validation]") {
  for (std::string const stakes : {"uniform", "exponential", "die"}) {
    for (std::string const stealth : {"0.5", "0.1"})
      check_agents("axelrod-iliev", {{"stakes", stakes}, {"stealth", stealth}});
  }
  check_agents("axelrod-iliev", {{"persistence", "0.5"}, {"stealth", "0.1"}});
  check_agents("axelrod-iliev", {{"persistence", "0.5"}, {"stealth", "0.9"}});
  check_agents("axelrod-iliev",
               {{"stakes", "exponential"}, {"persistence", "0.97"}, {"stealth", "0.2"}, {"discount", "0.95"}});
}

TEST_CASE("attackers and victims reach the three regimes of blame", "[validation]") {
  check_agents("blame", {});
  check_agents("blame", {{"vulnerable", "0.4"}});
  check_agents("blame", {{"knowing", "0.2"}});
  check_agents(
      "blame",
      {{"vulnerable", "0.6"}, {"knowing", "0.9"}, {"gain", "2"}, {"penalty", "3"}, {"reward", "2"}, {"cost", "1"}});
}

TEST_CASE("agents blame more on the adversary when a third party attacks in its name", "[validation]") {
  auto const quiet = check_agents("blame", {}).of("blamed_attacks");
  auto const some = check_agents("blame", {{"mischief", "0.2"}}).of("blamed_attacks");
  auto const much = check_agents("blame", {{"mischief", "0.4"}}).of("blamed_attacks");
  CHECK(quiet.hi < some.lo);
  CHECK(some.hi < much.lo);
  check_agents("blame", {{"mischief", "0.5"}, {"knowing", "0.2"}});
  check_agents("blame", {{"mischief", "0.8"}});
  check_agents("blame", {{"vulnerable", "1"}, {"mischief", "0.1"}});
}

TEST_CASE("attackers and a defender reach the cut-off of deterrence", "[validation]") {
  check_agents("baliga", {});
  check_agents("baliga", {{"opportunity", "0.5"}});
  check_agents("baliga", {{"opportunity", "0.5"}, {"right", "0.771428571"}, {"wrong", "0.128571428"}});
  check_agents("baliga", {{"opportunity", "0.5"}, {"false_alarm", "0.01"}});
  check_agents("baliga", {{"opportunity", "0.5"}, {"wrong", "0"}});
  check_agents("baliga", {{"opportunity", "0.5"}, {"wrong", "0.3"}});
  check_agents("baliga", {{"attackers", "4"}, {"gains", "exponential"}, {"false_alarm", "0.02"}});
}

TEST_CASE("firms reach the spending of Gordon and Loeb and its cost", "[validation]") {
  for (std::string const v : {"0.2", "0.5", "0.65"}) check_agents("gordon-loeb", {{"vulnerability", v}});
  for (std::string const v : {"0.1", "0.5", "0.65", "0.7"})
    check_agents("gordon-loeb", {{"breach_class", "two"}, {"vulnerability", v}});
}

TEST_CASE("players of FlipIt move and hold as the theory says", "[validation]") {
  for (std::string const play : {"periodic", "exponential"}) check_agents("flipit", {{"play", play}});
  check_agents("flipit", {{"play", "exponential"}, {"first_cost", "3"}, {"second_cost", "2"}});
}

TEST_CASE("the law of other parameters falls outside what agents reach", "[validation][twin]") {
  auto const outside = [](std::string const& name, std::vector<theory::Given> const& given,
                          std::vector<theory::Given> const& other, std::string const& quantity) {
    INFO(name << " " << quantity);
    CHECK_FALSE(simulate(name, given).of(quantity).contains(closed_form(name, other, quantity)));
  };
  outside("axelrod-iliev", {}, {{"persistence", "0.89"}}, "threshold");
  outside("axelrod-iliev", {}, {{"persistence", "0.89"}}, "value");
  outside("blame", {}, {{"gain", "1.06"}}, "blame_probability");
  outside("blame", {}, {{"cost", "1.06"}}, "attack_probability");
  outside("blame", {{"mischief", "0.3"}}, {{"mischief", "0.28"}}, "blamed_attacks");
  outside("blame", {{"mischief", "0.3"}}, {{"mischief", "0.28"}}, "attack_probability");
  outside("baliga", {}, {{"false_alarm", "0.049"}}, "cutoff");
  outside("baliga", {}, {{"false_alarm", "0.06"}}, "belief");
  outside("gordon-loeb", {}, {{"loss", "404000"}}, "investment");
  outside("flipit", {}, {{"second_cost", "2.06"}}, "first_rate");
}

TEST_CASE("every executor gives a theory the same numbers", "[validation]") {
  for (std::string const name : {"axelrod-iliev", "blame", "baliga", "flipit"}) {
    auto const reference = simulate(name, {}, 2);
    for (std::string const& executor : sim::executor_names()) {
      if (executor == "distributed") continue;
      auto const other = simulate(name, {}, 2, executor);
      for (auto const& s : reference.simulated) {
        INFO(executor << " " << name << " " << s.name);
        CHECK(other.of(s.name).mean == s.mean);
        CHECK(other.of(s.name).hi == s.hi);
      }
    }
  }
}
