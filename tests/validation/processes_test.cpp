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

TEST_CASE("four teams that pool their work wait for a fifth of the time", "[validation]") {
  double const alone = simulate("erlang-c", {}).of("mean_wait").mean;
  double const pooled = simulate("erlang-c", {{"arrival_rate", "3.2"}, {"servers", "4"}}).of("mean_wait").mean;
  CHECK(closed_form("erlang-c", {{"arrival_rate", "3.2"}, {"servers", "4"}}, "mean_wait") / 4 ==
        Approx(1 - 0.81361).margin(5.1e-6));
  CHECK(pooled / alone == Approx(1 - 0.81361).epsilon(0.03));  // both within 2 % at most
}

TEST_CASE("with unlimited servers the number present is Poisson, whatever the law of a service", "[validation]") {
  for (std::string const service : {"exponential", "fixed", "uniform", "lognormal"}) {
    auto const found = check_agents("little", {{"arrival_rate", "2"}, {"service", service}, {"servers", "unlimited"}});
    CHECK_FALSE(found.of("number_variance").contains(2.06));
    CHECK_FALSE(found.of("number_variance").contains(1.94));
  }
}

TEST_CASE("number, time and rate obey Little's law, each measured for itself", "[validation]") {
  check_agents("little", {});
  check_agents("little", {{"arrival_rate", "0.7"}, {"service", "fixed"}});
  check_agents("little", {{"arrival_rate", "0.6"}, {"service", "lognormal"}});
  auto const comparison =
      check_agents("little", {{"arrival_rate", "2"}, {"service", "uniform"}, {"servers", "unlimited"}});
  double const product = comparison.of("arrival_rate").mean * comparison.of("time_in_system").mean;
  CHECK(comparison.of("number_in_system").mean == Approx(product).epsilon(1e-3));
}

TEST_CASE("outbreaks reach their final size", "[validation]") {
  for (std::string const r0 : {"0.5", "1.5", "2", "3"}) check_agents("sir", {{"r0", r0}});
}

TEST_CASE("a worm doubles in its time and reaches half of the hosts", "[validation]") {
  check_agents("worm", {});
  check_agents("worm", {{"rate", "1.124"}, {"initial_share", "0.01"}});
}

TEST_CASE("at the threshold of a network infections replace recoveries", "[validation]") {
  check_agents("sis-threshold", {});
  check_agents("sis-threshold", {{"graph", "complete"}, {"size", "50"}});
  check_agents("sis-threshold", {{"graph", "bipartite"}, {"size", "20"}, {"other_size", "5"}});
}

TEST_CASE("machines patch, intrusions end and services come back as their laws say", "[validation]") {
  check_agents("patching", {});
  check_agents("patching", {{"age", "365"}, {"start", "3"}});
  check_agents("dwell", {});
  check_agents("dwell", {{"own_ratio", "2"}, {"notice_ratio", "1.3"}, {"effect_mean", "20"}});
  check_agents("resilience-triangle", {});
  check_agents("resilience-triangle", {{"recovery", "exponential"}, {"time", "3"}});
  for (std::string const drop : {"0", "9", "10.5", "30", "100"}) check_agents("resilience-triangle", {{"drop", drop}});
}

TEST_CASE("members of a shared defence end where nobody gains by moving", "[validation]") {
  for (std::string const sharing : {"total", "weakest", "best"}) {
    check_agents("public-goods", {{"sharing", sharing}});
    check_agents("public-goods", {{"sharing", sharing}, {"benefits", "3,9,2.5,7,0.5"}, {"costs", "1,1,1,1,1"}});
  }
}

TEST_CASE("wherever the best of the best shot stands, it alone pays", "[validation]") {
  for (std::string const benefits : {"9,8,7,3", "3,9,8,7", "8,3,7,9", "0.5,0.4,1.2,0.3", "2.00001,2,2,2"}) {
    auto const found =
        check_agents("public-goods", {{"sharing", "best"}, {"benefits", benefits}, {"costs", "1,1,1,1"}});
    int payers = 0;
    for (std::string const effort : {"effort_1", "effort_2", "effort_3", "effort_4"})
      payers += found.of(effort).mean > 0;
    CHECK(payers == 1);
  }
  // Nobody pays for what is not worth its cost.
  CHECK(check_agents("public-goods", {{"sharing", "best"}, {"benefits", "0.5,0.9"}, {"costs", "1,1"}})
            .of("total_effort")
            .mean == 0);
}

TEST_CASE("a theory that does not hold says under which condition it would", "[validation]") {
  using Catch::Contains;
  CHECK_THAT(refusal("erlang-c", {{"arrival_rate", "2"}, {"servers", "2"}}),
             Contains("arrival rate < servers x service rate"));
  CHECK_THAT(refusal("axelrod-iliev", {{"persistence", "1"}, {"discount", "1"}}),
             Contains("discount x persistence < 1"));
  CHECK_THAT(refusal("axelrod-iliev", {{"persistence", "1.1"}}), Contains("--persistence 1.1: out of range"));
  CHECK_THAT(refusal("gordon-loeb", {{"vulnerability", "1"}}), Contains("holds where: vulnerability < 1"));
  CHECK_THAT(refusal("inoperability", {{"shock", "0,-0.1"}}), Contains("holds where: spectral radius of A* < 1"));
  CHECK_THAT(refusal("axelrod-iliev", {{"persistence", "x"}}), Contains("is no number"));
  CHECK_THAT(refusal("axelrod-iliev", {{"stakes", "unifrom"}}), Contains("did you mean \"uniform\"?"));
  CHECK_THAT(refusal("axelrod-iliev", {{"stelth", "1"}}), Contains("did you mean \"stealth\"?"));
  CHECK_THAT(refusal("baliga", {{"right", "0.95"}}), Contains("add to more than 1"));
  CHECK_THAT(refusal("baliga", {{"right", "0.01"}}), Contains("right > false alarm"));
  CHECK_THAT(refusal("flipit", {{"first_cost", "0.001"}, {"second_cost", "2"}}), Contains("1000 times"));
  CHECK_THAT(refusal("blame", {{"vulnerable", "1"}}), Contains("nobody attacks"));
  CHECK_THAT(refusal("little", {{"arrival_rate", "1"}}), Contains("arrival rate x mean service < 1"));
  CHECK_THAT(refusal("sir", {{"r0", "1"}}), Contains("threshold 1"));
  CHECK_THAT(refusal("buldyrev", {{"surviving", "0.614"}}), Contains("critical 2.455"));
  CHECK_THAT(refusal("inoperability", {{"matrix", "0,1.2,1.1,0"}}), Contains("spectral radius"));
  CHECK_THAT(refusal("inoperability", {{"matrix", "0,1.2,1.1"}}), Contains("give 4"));
  CHECK_THAT(refusal("inoperability", {{"mode", "dynamic"}, {"shock", "0.5,1"}, {"matrix", "0,0.9,0.9,0"}}),
             Contains("lose more than all"));
  CHECK_THAT(refusal("public-goods", {{"costs", "1,1"}}), Contains("each member has one of both"));
  CHECK_THAT(refusal("public-goods", {{"benefits", "8,8,4"}, {"costs", "1,1,1"}}), Contains("one that is best"));
  CHECK_THAT(refusal("public-goods", {{"sharing", "best"}, {"benefits", "8,8.0000001,4"}, {"costs", "1,1,1"}}),
             Contains("one that is best"));
  CHECK_THAT(refusal("sis-threshold", {{"graph", "cycle"}, {"size", "2"}}), Contains("--size 3"));
}

TEST_CASE("the law of other parameters falls outside what agents in processes reach", "[validation][twin]") {
  auto const outside = [](std::string const& name, std::vector<theory::Given> const& other,
                          std::string const& quantity) {
    INFO(name << " " << quantity);
    CHECK_FALSE(simulate(name, {}).of(quantity).contains(closed_form(name, other, quantity)));
  };
  outside("erlang-c", {{"service_rate", "1.01"}}, "mean_wait");
  outside("little", {{"mean_service", "1.02"}}, "number_in_system");
  outside("sir", {{"r0", "2.06"}}, "final_size");
  outside("worm", {{"rate", "0.0836"}}, "doubling_time");
  outside("sis-threshold", {{"size", "104"}}, "threshold");
  outside("patching", {{"scale", "164"}}, "mean_time");
  outside("dwell", {{"own_share", "0.48"}}, "own_share");
  outside("resilience-triangle", {{"recovery", "exponential"}, {"time", "4.9"}}, "loss");
}

TEST_CASE("splitting reaches the gambler's ruin down to 1e-12, and the steps of the walk", "[validation]") {
  check_law("splitting", {{"capacity", "40"}}, {{"reach_quarter", 1.0 / 1023, 1e-15}, {"overflow", 1.0 / 1099511627775, 1e-24}});
  auto const found = simulate("splitting", {{"effort", "200"}}, 32);
  for (char const* const quantity : {"reach_quarter", "reach_half", "reach_three_quarters", "overflow", "crude_events"}) {
    INFO(quantity);
    CHECK(found.of(quantity).contains(found.closed(quantity)));
  }
}
