// Closed forms of the world: use or hold, displacement, reach of exercises, modifiers, recovery staircase.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/decision/use_or_hold.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/infrastructure/asset.hpp"
#include "models/world/mechanisms.hpp"
#include "models/world/nation/response_team.hpp"

using namespace world;

namespace {

struct Law {
  double opportunities, loss, discount, survival;                                    // the first three per year
  double kept() const { return opportunities / (opportunities + loss + discount); }  // B of equations 4.2
  double threshold() const {
    return decision::use_or_hold_at_rates(opportunities, loss, discount, survival).best_threshold();
  }
  // Value of an exploit whose owner uses it where the stakes, Exp(1), reach `at`.
  double value(double at) const {
    double const used = std::exp(-at);
    return used * (1 + at) / (1 - kept() + used * kept() * (1 - survival));
  }
};

Law const vector_of_equations{2, -std::log(.9), .05, .5};

}  // namespace

TEST_CASE("the threshold of use is the published law in continuous time", "[world][laws]") {
  Law const& law = vector_of_equations;
  CHECK(law.kept() == Approx(.927919).margin(5e-7));
  CHECK(law.threshold() == Approx(1.474016).margin(5e-7));
  CHECK(law.value(law.threshold()) == Approx(3.177036).margin(5e-7));
}

TEST_CASE("no other threshold of use is worth more", "[world][laws]") {
  for (double const survival : {.05, .3, .65, .95})
    for (double const opportunities : {.5, 2., 10.}) {
      Law const law{opportunities, 1 / 7.0, .15, survival};
      double const best = law.threshold();
      CHECK(best == Approx(law.kept() * (1 - survival) * law.value(best)).epsilon(1e-9));
      for (double const other : {.8 * best, .99 * best, 1.01 * best, 1.2 * best})
        CHECK(law.value(other) < law.value(best));
    }
}

TEST_CASE("exploits are held longer the more often a chance comes and the likelier a use burns them", "[world][laws]") {
  CHECK(Law{4, .15, .1, .5}.threshold() > Law{2, .15, .1, .5}.threshold());
  CHECK(Law{2, .15, .3, .5}.threshold() < Law{2, .15, .1, .5}.threshold());
  CHECK(Law{2, .15, .1, .8}.threshold() < Law{2, .15, .1, .5}.threshold());
  CHECK(Law{2, .15, .1, 1}.threshold() == 0);
}

TEST_CASE("displacement moves campaigns from none to a full waterbed", "[world][laws]") {
  std::vector<double> const rates{1, 1, 2}, preference{std::log(2.), 0, 0};
  std::vector<std::vector<double>> const expected{{2, 1, 2}, {1.788854, .894427, 1.788854}, {1.6, .8, 1.6}};
  for (std::size_t i = 0; i < 3; ++i) {
    auto const displaced = displaced_rates(rates, preference, static_cast<double>(i) / 2);
    for (std::size_t j = 0; j < 3; ++j) CHECK(displaced.at(j) == Approx(expected[i][j]).margin(5e-7));
  }
  auto const waterbed = displaced_rates({3, .2, 5, 1}, {-.7, .4, 0, 1.1}, 1);
  CHECK(waterbed[0] + waterbed[1] + waterbed[2] + waterbed[3] == Approx(9.2).epsilon(1e-12));
}

TEST_CASE("an exercise reaches the share of a nation's specialists that played", "[world][laws]") {
  Atlas const atlas = load_atlas();
  auto const reach = [&](char const* nation, double exponent) {
    return exercise_reach(atlas.nations[static_cast<std::size_t>(atlas.nation(nation))].population, exponent);
  };
  CHECK(reach("JPN", 1) == Approx(.018).margin(1e-3));
  CHECK(reach("EST", 1) == Approx(.66).margin(5e-3));
  CHECK(reach("JPN", 0) == 1);
  CHECK(reach("JPN", .5) == Approx(std::sqrt(reach("JPN", 1))).epsilon(1e-12));
  CHECK(exercise_reach(1000, 1) == 1);  // thirty specialists at least, but a team is fifty
}

TEST_CASE("a modifier is theta to the power of the dose, and exactly one where nothing acts", "[world][laws]") {
  CHECK(modifier(1.3, .5) == Approx(std::sqrt(1.3)).epsilon(1e-14));
  CHECK(modifier(.7, 1) == Approx(.7).epsilon(1e-14));
  CHECK(modifier(1.21, -.4) == Approx(std::pow(1.21, -.4)).epsilon(1e-14));
  for (double const dose : {0., .1, .79, 1., -2.}) CHECK(modifier(1, dose) == 1);
  for (double const theta : {.2, .95, 1., 1.3, 5.}) CHECK(modifier(theta, 0) == 1);
}

TEST_CASE("a mechanism that is off leaves its parameters at their null values and no other's", "[world][laws]") {
  Parameters const null;
  Parameters strong;
  strong.detection_ratio = strong.exercise_ratio = strong.attribution_odds = strong.evidence_speed = 1.2;
  strong.targeting_ratio = 1.1, strong.decision_delay_ratio = .7, strong.information_ratio = .8, strong.pool_share = .1;
  strong.share_probability = strong.misattribution_cut = strong.partnership_cost = .2;
  auto const values = [](Parameters const& p) {
    return std::vector<double>{p.detection_ratio,    p.share_probability, p.exercise_ratio,
                               p.attribution_odds,   p.evidence_speed,    p.decision_delay_ratio,
                               p.misattribution_cut, p.targeting_ratio,   p.partnership_cost,
                               p.information_ratio,  p.pool_share};
  };
  Mechanism const owner[] = {Mechanism::notification, Mechanism::sharing,     Mechanism::exercises,
                             Mechanism::attribution,  Mechanism::attribution, Mechanism::readiness,
                             Mechanism::readiness,    Mechanism::visibility,  Mechanism::cost,
                             Mechanism::information,  Mechanism::pooling};
  for (Mechanism const only : owner) {
    MechanismSwitches switches;
    switches.on[static_cast<std::size_t>(only)] = true;
    Parameters switched = strong;
    apply_switches(switches, switched);
    for (std::size_t i = 0; i < values(null).size(); ++i)
      CHECK(values(switched)[i] == (owner[i] == only ? values(strong)[i] : values(null)[i]));
  }
}

TEST_CASE("the recovery staircase has the integral of the exponential, step by step", "[world][laws]") {
  for (int n = 1; n <= 8; ++n) {
    double sum = 0, previous = 0;
    for (int k = 1; k <= n; ++k) {
      double const time = step_time(k, n);
      CHECK(time > previous);
      previous = time;
      sum += time;
      // The mean of -ln(1 - x) over the k-th part, by the substitution x = 1 - exp(-t) and 20,000 slices.
      double mean = 0;
      int const slices = 20'000;
      for (int i = 0; i < slices; ++i) mean -= std::log(1 - (k - 1 + (i + .5) / slices) / n) / slices;
      CHECK(time == Approx(mean).epsilon(1e-4));
    }
    CHECK(sum == Approx(n).epsilon(1e-12));
  }
  CHECK(step_time(1, 1) == 1);
}

TEST_CASE("a midpoint rule would lose service-days of every recovery", "[world][laws][twin]") {
  double midpoint = 0;
  for (int k = 1; k <= 8; ++k) midpoint -= std::log(1 - (k - .5) / 8);
  CHECK(midpoint < 8 * (1 - .03));  // what the test above tells apart by seven orders of magnitude
}

TEST_CASE("larger losses come back in more steps, never in more than eight", "[world][laws]") {
  CHECK(recovery_steps(1e-6) == 1);
  CHECK(recovery_steps(.02) == 1);
  CHECK(recovery_steps(.05) == 3);
  CHECK(recovery_steps(.16) == 8);
  CHECK(recovery_steps(1) == 8);
}
