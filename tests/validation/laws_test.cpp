// Closed forms against known numbers; nothing is simulated here.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "models/decision/blame.hpp"
#include "models/decision/effort.hpp"
#include "models/decision/investment.hpp"
#include "models/decision/use_or_hold.hpp"
#include "models/theory/linear.hpp"
#include "models/world/data/table.hpp"
#include "tests/validation/validate.hpp"

using namespace validation;

TEST_CASE("use or hold has its published thresholds and values", "[validation]") {
  struct Vector {
    char const *stakes, *persistence, *stealth;
    double threshold, value;
  };
  for (Vector const& v :
       {Vector{"uniform", "0.9", "0.5", 0.372743, 1.035398}, Vector{"uniform", "0.9", "0.1", 0.490963, 0.681892},
        Vector{"uniform", "0.5", "0.1", 0.206214, 0.572815}, Vector{"uniform", "0.5", "0.9", 0, 2.631579},
        Vector{"exponential", "0.9", "0.5", 0.827919, 2.299776}, Vector{"die", "0.9", "0.5", 3, 6.976744},
        Vector{"die", "0.9", "0.1", 4, 4.545455}}) {
    check_law("axelrod-iliev",
              {{"stakes", v.stakes}, {"persistence", v.persistence}, {"stealth", v.stealth}, {"discount", "0.9"}},
              {{"threshold", v.threshold}, {"value", v.value}});
  }
}

TEST_CASE("actors who improve their rule find the threshold that the algebra gives", "[validation]") {
  for (double const p : {0.3, 0.7, 0.9, 0.99}) {
    for (double const s : {0.0, 0.2, 0.5, 0.95}) {
      for (double const w : {0.5, 0.9, 1.0}) {
        double const k = (1 - w * p) / (w * (p - s));
        double const algebra = p > s ? 1 + k - std::sqrt(k * k + 2 * k) : 0;
        decision::UseOrHold const rule{decision::Stakes::uniform, p, s, w};
        INFO(p << " " << s << " " << w);
        CHECK(rule.best_threshold() == Approx(algebra).epsilon(1e-12));
      }
    }
  }
}

TEST_CASE("the threshold rises with persistence and discount and falls with stealth", "[validation]") {
  for (std::string const stakes : {"uniform", "exponential"}) {
    auto const threshold = [&](char const* p, char const* s, char const* w) {
      return closed_form("axelrod-iliev", {{"stakes", stakes}, {"persistence", p}, {"stealth", s}, {"discount", w}},
                         "threshold");
    };
    CHECK(threshold("0.95", "0.5", "0.9") > threshold("0.9", "0.5", "0.9"));
    CHECK(threshold("0.9", "0.5", "0.95") > threshold("0.9", "0.5", "0.9"));
    CHECK(threshold("0.9", "0.6", "0.9") < threshold("0.9", "0.5", "0.9"));
  }
}

TEST_CASE("blame or tolerate has its three regimes", "[validation]") {
  check_law(
      "blame", {},
      {{"attack_probability", 0.25}, {"blame_probability", 0.476190}, {"belief", 0.5}, {"blamed_share", 1.0 / 3}});
  check_law("blame", {{"vulnerable", "0.4"}},
            {{"attack_probability", 1}, {"blame_probability", 0}, {"blamed_attacks", 0, 0}});
  check_law("blame", {{"knowing", "0.2"}}, {{"attack_probability", 1}, {"blame_probability", 1}});
}

TEST_CASE("a mischievous third party raises the attacks blamed on the adversary until none is blamed any more",
          "[validation]") {
  // v* = .5, kappa* = 1/3: (1 - v + mu) kappa* / (1 - v*) = (.2 + mu) 2/3 as long as .8 / (1 + mu) > .5.
  check_law("blame", {}, {{"blamed_attacks", 0.2 * 2 / 3, 1e-12}});
  check_law("blame", {{"mischief", "0.3"}},
            {{"attack_probability", 0.625, 1e-12},
             {"blame_probability", 1 / 2.1, 1e-12},
             {"belief", 0.5, 1e-12},
             {"blamed_attacks", 1.0 / 3, 1e-12}});
  check_law("blame", {{"mischief", "0.5"}, {"knowing", "0.2"}},
            {{"blame_probability", 1}, {"blamed_attacks", 0.3, 1e-12}});
  check_law("blame", {{"mischief", "0.6"}},
            {{"attack_probability", 1}, {"blame_probability", 0}, {"blamed_attacks", 0, 0}});
  for (std::string const knowing : {"0.2", "0.7"}) {
    double last = 0;
    for (std::string const mischief : {"0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.59"}) {
      double const blamed = closed_form("blame", {{"mischief", mischief}, {"knowing", knowing}}, "blamed_attacks");
      CHECK(blamed > last);
      last = blamed;
    }
  }
}

TEST_CASE("nobody gains by leaving the game of blame", "[validation]") {
  // Payoffs of both sides written out from the rules of the game, for every regime.
  for (double const v : {0.3, 0.55, 0.8, 0.95}) {
    for (double const kappa : {0.2, 0.5, 1.0}) {
      for (double const mischief : {0.0, 0.3, 0.9}) {
        decision::BlameGame const game{v, kappa, 1, 2, 1.5, 1, mischief};
        double const attack = game.attack_probability(), blame = game.blame_probability();
        double const of_attack = game.gain * (1 - kappa * blame) - game.penalty * kappa * blame;
        double const vulnerable = v * attack, others = 1 - v + mischief;
        double const of_blame = game.reward * vulnerable - game.cost * others;
        INFO(v << " " << kappa << " " << mischief << ": " << attack << " " << blame);
        CHECK((attack >= 1 ? of_attack >= -1e-12 : std::fabs(of_attack) < 1e-12));
        CHECK((blame >= 1 ? of_blame >= -1e-12 : blame <= 0 ? of_blame <= 1e-12 : std::fabs(of_blame) < 1e-12));
        CHECK((attack > 0 && attack <= 1 && blame >= 0 && blame <= 1));
      }
    }
  }
}

TEST_CASE("deterrence with imperfect attribution has its cut-offs, and more detection can backfire", "[validation]") {
  auto const cutoff = [](std::vector<theory::Given> const& given, double expected) {
    check_law("baliga", given, {{"cutoff", expected}});
  };
  cutoff({}, 0.431718);
  cutoff({{"opportunity", "0.5"}}, 0.365948);
  cutoff({{"opportunity", "0.5"}, {"right", "0.77142857142857142857"}, {"wrong", "0.12857142857142857143"}}, 0.478711);
  cutoff({{"opportunity", "0.5"}, {"false_alarm", "0.01"}}, 0.479610);
  cutoff({{"opportunity", "0.5"}, {"wrong", "0"}}, 0.396833);
  cutoff({{"opportunity", "0.5"}, {"wrong", "0.3"}}, 0.363486);
  // Detection rises from .7 to .9 of attacks: where it keeps its aim it deters, where all of it points at others it
  // does not, unless attacks are rare.
  for (std::string const opportunity : {"0.2", "0.5", "0.8", "1"}) {
    auto const at = [&](char const* right, char const* wrong) {
      return closed_form("baliga", {{"opportunity", opportunity}, {"right", right}, {"wrong", wrong}}, "cutoff");
    };
    CHECK(at("0.771428571", "0.128571428") > at("0.6", "0.1"));
    CHECK((at("0.6", "0.3") < at("0.6", "0.1")) == (opportunity != "0.2"));
  }
}

TEST_CASE("Gordon and Loeb's firms spend nothing, something, or nothing again", "[validation]") {
  auto const spending = [](char const* breach_class, char const* v, double expected, double within = 0.005) {
    check_law("gordon-loeb", {{"breach_class", breach_class}, {"vulnerability", v}},
              {{"investment", expected, within}});
  };
  spending("one", "0.25", 0, 1e-9);
  spending("one", "0.2", 0, 0);
  spending("one", "0.5", 41421.36);
  spending("one", "0.65", 61245.15);
  spending("two", "0.5", 47123.36);
  spending("two", "0.65", 26314.98);
  spending("two", "0.7", 0, 0);
  spending("two", "0.1161", 0, 0);
  spending("two", "0.699492", 0, 0);
  CHECK(closed_form("gordon-loeb", {{"breach_class", "two"}, {"vulnerability", "0.116102"}}, "investment") > 0);
  CHECK(closed_form("gordon-loeb", {{"breach_class", "two"}, {"vulnerability", "0.699490"}}, "investment") > 0);
  for (char const* breach_class : {"one", "two"}) {
    for (int i = 1; i < 100; ++i) {
      std::string const v = std::to_string(i / 100.0);
      CHECK(closed_form("gordon-loeb", {{"breach_class", breach_class}, {"vulnerability", v}}, "investment") <=
            i / 100.0 * 400000 / 2.718281828);
    }
  }
}

TEST_CASE("the rule that firms follow finds the spending that the algebra gives", "[validation]") {
  for (auto const breach_class : {decision::BreachClass::one, decision::BreachClass::two}) {
    for (int i = 1; i < 100; ++i) {
      decision::Investment const rule{breach_class, 1e-5, 1, i / 100.0, 4e5};
      char const* const name = breach_class == decision::BreachClass::one ? "one" : "two";
      double const algebra = closed_form(
          "gordon-loeb", {{"breach_class", name}, {"vulnerability", std::to_string(i / 100.0)}}, "investment");
      CHECK(rule.best_spending() == Approx(algebra).margin(1e-6));
    }
  }
}

TEST_CASE("FlipIt has its rates, controls and benefits", "[validation]") {
  check_law("flipit", {},
            {{"first_rate", 0.25},
             {"second_rate", 0.125},
             {"first_control", 0.75},
             {"second_control", 0.25},
             {"first_benefit", 0.5},
             {"second_benefit", 0, 1e-15}});
  check_law(
      "flipit", {{"play", "exponential"}},
      {{"first_rate", 2.0 / 9}, {"second_rate", 1.0 / 9}, {"first_control", 2.0 / 3}, {"second_control", 1.0 / 3}});
}

TEST_CASE("M/M/c has the waits of Erlang C", "[validation]") {
  struct Vector {
    char const *rate, *servers;
    double probability, wait;
  };
  for (Vector const& v :
       {Vector{"0.8", "1", 0.8, 4}, Vector{"1.6", "2", 0.711111, 1.777778}, Vector{"2", "3", 0.444444, 0.444444},
        Vector{"3.2", "4", 0.596432, 0.745541}, Vector{"9", "10", 0.668732, 0.668732}}) {
    check_law("erlang-c", {{"arrival_rate", v.rate}, {"servers", v.servers}},
              {{"wait_probability", v.probability}, {"mean_wait", v.wait}});
  }
}

TEST_CASE("only the best pays for a shared defence, and the weakest link sets the pace", "[validation]") {
  check_law("public-goods", {},
            {{"effort_1", 2.0794415}, {"effort_2", 0, 0}, {"effort_3", 0, 0}, {"total_effort", 2.0794415}});
  check_law("public-goods", {{"sharing", "weakest"}},
            {{"effort_1", 1.3862944}, {"effort_2", 1.3862944}, {"effort_3", 1.3862944}});
  check_law("public-goods", {{"sharing", "best"}},
            {{"effort_1", 2.0794415}, {"effort_2", 0, 0}, {"effort_3", 0, 0}, {"total_effort", 2.0794415}});
}

TEST_CASE("no other effort serves a member better than its best reply", "[validation]") {
  using decision::Sharing;
  double const benefit = 7, cost = 1.3, alone = decision::effort_alone(benefit, cost);
  for (Sharing const sharing : {Sharing::total, Sharing::weakest, Sharing::best}) {
    for (double others = 0; others < 3; others += 0.05) {
      auto const worth = [&](double effort) {
        double const all = sharing == Sharing::total     ? effort + others
                           : sharing == Sharing::weakest ? std::min(effort, others)
                                                         : std::max(effort, others);
        return benefit * (1 - std::exp(-all)) - cost * effort;
      };
      double const reply = decision::best_effort(sharing, alone, others);
      for (double effort = 0; effort < 3; effort += 0.01) {
        INFO(static_cast<int>(sharing) << ": others " << others << ", reply " << reply << ", better " << effort);
        CHECK(worth(reply) >= worth(effort) - 1e-12);
      }
    }
  }
}

TEST_CASE("networks that depend on each other break down at their critical points", "[validation]") {
  check_law("buldyrev", {{"networks", "1"}}, {{"critical_product", 1}, {"giant_share_at_critical", 0}});
  check_law("buldyrev", {{"networks", "2"}},
            {{"critical_product", 2.4554075, 5.1e-8}, {"giant_share_at_critical", 1.2564312 / 4, 2e-8}});
  check_law("buldyrev", {{"networks", "3"}}, {{"critical_product", 3.0891194, 5.1e-8}});
  auto const giant = [](char const* surviving, double expected) {
    check_law("buldyrev", {{"degree", "4"}, {"surviving", surviving}}, {{"giant_share", expected, 5.1e-6}});
  };
  giant("0.625", 0.38958);
  giant("0.65", 0.45978);
  giant("0.7", 0.55762);
  giant("0.6", 0);
}

TEST_CASE("a cycle that loses a node breaks or holds by its tolerance", "[validation]") {
  for (char const* tolerance : {"0", "0.1", "0.142"})
    check_law("motter-lai", {{"tolerance", tolerance}}, {{"giant_share", 2.0 / 6, 1e-15}});
  for (char const* tolerance : {"0.143", "0.2", "5"})
    check_law("motter-lai", {{"tolerance", tolerance}}, {{"giant_share", 5.0 / 6, 1e-15}});
  check_law("motter-lai", {}, {{"critical_tolerance", 1.0 / 7, 1e-15}});
}

TEST_CASE("sectors lose what the input-output model says", "[validation]") {
  check_law("inoperability", {}, {{"q_1", 4.0 / 7, 1e-12}, {"q_2", 5.0 / 7, 1e-12}});
  check_law("inoperability", {{"matrix", "0,0.9,0,0,0.4,0,0,0,1,0.8,0,0,1,0.9,0,0"}, {"shock", "0,0.5,0,0"}},
            {{"q_1", 0.703125, 1e-12}, {"q_2", 0.78125, 1e-12}, {"q_3", 1, 1e-12}, {"q_4", 1, 1e-12}});
  std::vector<theory::Given> lian{{"matrix", "0.15,0.5,0.1,0.05"}, {"shock", "0,0.1"}};
  check_law("inoperability", lian, {{"q_1", 0.0660066, 5.1e-8}, {"q_2", 0.1122112, 5.1e-8}});
  lian.emplace_back("mode", "dynamic");
  check_law("inoperability", lian, {{"q_1", 0.033596}, {"q_2", 0.091342}});
  check_law("inoperability", {{"table", "bea2021"}},
            {{"q_utilities", 0.10638, 5.1e-6}, {"q_mining", 0.01275, 5.1e-6}, {"q_manufacturing", 0.00215, 5.1e-6}});
  check_law("inoperability", {{"table", "bea2021"}, {"sector", "telecom"}},
            {{"q_telecom", 0.11672, 5.1e-6}, {"q_professional", 0.00955, 5.1e-6}});
}

TEST_CASE("after a long time the dynamic model is the static one", "[validation]") {
  double const end = closed_form("inoperability", {{"mode", "dynamic"}, {"time", "1000"}}, "q_1");
  CHECK(end == Approx(4.0 / 7).epsilon(1e-12));
}

TEST_CASE("the American table of 2021 has its spectral radius", "[validation]") {
  world::Table const table("io_coefficients_15.tsv");
  theory::Matrix a{table.size(), {}};
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table.size(); ++j) a.cells.push_back(table.number(i, table.text(j, "supplier")));
  }
  CHECK(theory::spectral_radius(a) == Approx(0.513072).margin(5.1e-7));
}

TEST_CASE("outbreaks have their final sizes, worms their doubling times, networks their thresholds", "[validation]") {
  check_law("sir", {{"r0", "1.5"}}, {{"final_size", 0.582812}});
  check_law("sir", {{"r0", "2"}}, {{"final_size", 0.796812}});
  check_law("sir", {{"r0", "3"}}, {{"final_size", 0.940480}});
  check_law("sir", {{"r0", "0.5"}}, {{"final_size", 0, 0}});
  check_law("worm", {}, {{"doubling_time", 8.5, 5e-5}});
  check_law("worm", {{"rate", "1.124"}}, {{"doubling_time", 37.0 / 60, 5e-5}});
  check_law("sis-threshold", {}, {{"threshold", 0.1, 1e-15}});
  check_law("sis-threshold", {{"graph", "complete"}, {"size", "50"}}, {{"threshold", 1.0 / 49, 1e-15}});
}

TEST_CASE("patches, dwell, queues and the resilience triangle have their means", "[validation]") {
  check_law("patching", {}, {{"unpatched_share", 0.5, 5e-4}});
  check_law("patching", {{"age", "365.25"}}, {{"unpatched_share", 0.18, 5e-4}});
  check_law("dwell", {{"effect_mean", "1e5"}}, {{"median_dwell", 10, 0.01}, {"own_share", 0.46}});
  // A drop of 60 leaves 10 when 5/6 of the recovery is over, or after tau ln 6.
  check_law("resilience-triangle", {}, {{"loss", 300, 1e-12}, {"rapidity", 25.0 / 3, 1e-12}});
  check_law("resilience-triangle", {{"recovery", "exponential"}, {"time", "3"}},
            {{"loss", 180, 1e-12}, {"rapidity", 5.375278, 5.1e-7}});
  for (char const* recovery : {"linear", "exponential"})
    check_law("resilience-triangle", {{"recovery", recovery}, {"drop", "10"}}, {{"rapidity", 0, 0}});
  check_law("little", {{"service", "fixed"}}, {{"time_in_system", 1.5, 1e-12}, {"number_in_system", 0.75, 1e-12}});
  // M/M/1 by Pollaczek and Khinchine is M/M/1 by Erlang.
  CHECK(closed_form("little", {{"arrival_rate", "0.8"}}, "time_in_system") ==
        Approx(1 + closed_form("erlang-c", {}, "mean_wait")));
}
