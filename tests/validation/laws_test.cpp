// Closed forms against known numbers; nothing is simulated here.
#include <catch2/catch.hpp>

#include "models/decision/investment.hpp"
#include "tests/validation/validate.hpp"

using namespace validation;

TEST_CASE("use or hold has its published thresholds and values", "[validation]") {
  struct Vector {
    char const *stakes, *persistence, *stealth;
    double threshold, value;
  };
  for (Vector const& v : {Vector{"uniform", "0.9", "0.5", 0.372743, 1.035398}, Vector{"uniform", "0.9", "0.1", 0.490963, 0.681892},
                          Vector{"uniform", "0.5", "0.1", 0.206214, 0.572815}, Vector{"uniform", "0.5", "0.9", 0, 2.631579},
                          Vector{"exponential", "0.9", "0.5", 0.827919, 2.299776}, Vector{"die", "0.9", "0.5", 3, 6.976744},
                          Vector{"die", "0.9", "0.1", 4, 4.545455}}) {
    check_law("axelrod-iliev", {{"stakes", v.stakes}, {"persistence", v.persistence}, {"stealth", v.stealth}, {"discount", "0.9"}},
              {{"threshold", v.threshold}, {"value", v.value}});
  }
}

TEST_CASE("the threshold rises with persistence and discount and falls with stealth", "[validation]") {
  for (std::string const stakes : {"uniform", "exponential"}) {
    auto const threshold = [&](char const* p, char const* s, char const* w) {
      return closed_form("axelrod-iliev", {{"stakes", stakes}, {"persistence", p}, {"stealth", s}, {"discount", w}}, "threshold");
    };
    CHECK(threshold("0.95", "0.5", "0.9") > threshold("0.9", "0.5", "0.9"));
    CHECK(threshold("0.9", "0.5", "0.95") > threshold("0.9", "0.5", "0.9"));
    CHECK(threshold("0.9", "0.6", "0.9") < threshold("0.9", "0.5", "0.9"));
  }
}

TEST_CASE("blame or tolerate has its three regimes", "[validation]") {
  check_law("blame", {}, {{"attack_probability", 0.25}, {"blame_probability", 0.476190}, {"belief", 0.5}, {"blamed_share", 1.0 / 3}});
  check_law("blame", {{"vulnerable", "0.4"}}, {{"attack_probability", 1}, {"blame_probability", 0}});
  check_law("blame", {{"knowing", "0.2"}}, {{"attack_probability", 1}, {"blame_probability", 1}});
}

TEST_CASE("deterrence with imperfect attribution has its cut-offs, and more detection can backfire", "[validation]") {
  auto const cutoff = [](std::vector<theory::Given> const& given, double expected) { check_law("baliga", given, {{"cutoff", expected}}); };
  cutoff({}, 0.431718);
  cutoff({{"opportunity", "0.5"}}, 0.365948);
  cutoff({{"opportunity", "0.5"}, {"right", "0.77142857142857142857"}, {"wrong", "0.12857142857142857143"}}, 0.478711);
  cutoff({{"opportunity", "0.5"}, {"false_alarm", "0.01"}}, 0.479610);
  cutoff({{"opportunity", "0.5"}, {"wrong", "0"}}, 0.396833);
  cutoff({{"opportunity", "0.5"}, {"wrong", "0.3"}}, 0.363486);
}

TEST_CASE("Gordon and Loeb's firms spend nothing, something, or nothing again", "[validation]") {
  auto const spending = [](char const* breach_class, char const* v, double expected, double within = 0.005) {
    check_law("gordon-loeb", {{"breach_class", breach_class}, {"vulnerability", v}}, {{"investment", expected, within}});
  };
  spending("one", "0.25", 0, 1e-9);
  spending("one", "0.2", 0, 0);
  spending("one", "0.5", 41421.36);
  spending("one", "0.65", 61245.15);
  spending("two", "0.5", 47123.36);
  spending("two", "0.65", 26314.98);
  spending("two", "0.7", 0, 0);
  spending("two", "0.1161", 0, 0);
  CHECK(closed_form("gordon-loeb", {{"breach_class", "two"}, {"vulnerability", "0.116102"}}, "investment") > 0);
  CHECK(closed_form("gordon-loeb", {{"breach_class", "two"}, {"vulnerability", "0.699490"}}, "investment") > 0);
  for (char const* breach_class : {"one", "two"}) {
    for (int i = 1; i < 100; ++i) {
      std::string const v = std::to_string(i / 100.0);
      CHECK(closed_form("gordon-loeb", {{"breach_class", breach_class}, {"vulnerability", v}}, "investment") <= i / 100.0 * 400000 / 2.718281828);
    }
  }
}

TEST_CASE("the rule that firms follow finds the spending that the algebra gives", "[validation]") {
  for (auto const breach_class : {decision::BreachClass::one, decision::BreachClass::two}) {
    for (int i = 1; i < 100; ++i) {
      decision::Investment const rule{breach_class, 1e-5, 1, i / 100.0, 4e5};
      char const* const name = breach_class == decision::BreachClass::one ? "one" : "two";
      double const algebra = closed_form("gordon-loeb", {{"breach_class", name}, {"vulnerability", std::to_string(i / 100.0)}}, "investment");
      CHECK(rule.best_spending() == Approx(algebra).margin(1e-6));
    }
  }
}

TEST_CASE("FlipIt has its rates, controls and benefits", "[validation]") {
  check_law("flipit", {}, {{"first_rate", 0.25}, {"second_rate", 0.125}, {"first_control", 0.75}, {"second_control", 0.25},
                           {"first_benefit", 0.5}, {"second_benefit", 0, 1e-15}});
  check_law("flipit", {{"play", "exponential"}}, {{"first_rate", 2.0 / 9}, {"second_rate", 1.0 / 9}, {"first_control", 2.0 / 3},
                                                  {"second_control", 1.0 / 3}});
}

TEST_CASE("M/M/c has the waits of Erlang C", "[validation]") {
  struct Vector {
    char const *rate, *servers;
    double probability, wait;
  };
  for (Vector const& v : {Vector{"0.8", "1", 0.8, 4}, Vector{"1.6", "2", 0.711111, 1.777778}, Vector{"2", "3", 0.444444, 0.444444},
                          Vector{"3.2", "4", 0.596432, 0.745541}, Vector{"9", "10", 0.668732, 0.668732}}) {
    check_law("erlang-c", {{"arrival_rate", v.rate}, {"servers", v.servers}}, {{"wait_probability", v.probability}, {"mean_wait", v.wait}});
  }
}
