#include "models/theory/axelrod_iliev.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/bisect.hpp"
#include "models/theory/clock.hpp"
#include "models/theory/rows.hpp"
#include "sim/base/math.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

using decision::Stakes;

constexpr std::uint32_t occasions_of_learning = 60;  // policy iteration needs fewer than ten
constexpr double worth_of_nothing = 1e-12;  // what a resource that outlives its discount still brings is left out
constexpr std::uint32_t actors = 40, resources_each = 120;

decision::UseOrHold rule_of(Values const& values) {
  return {static_cast<Stakes>(values.whole("stakes")), values.number("persistence"), values.number("stealth"),
          values.number("discount")};
}

void check(Values const& values) {
  auto const rule = rule_of(values);
  if (rule.discount * std::max(rule.persistence, rule.stealth) < 1) return;
  throw sim::Error(
      "a resource of infinite value (the theory needs discount x persistence < 1 and discount x stealth < 1) lower "
      "--discount");
}

/// The algebra of each distribution, apart from the rule that actors improve.
double threshold_of(decision::UseOrHold const& rule) {
  if (rule.stakes == Stakes::die) {
    int best = 1;
    for (int face = 2; face <= 6; ++face) {
      if (rule.value_of(face) > rule.value_of(best)) best = face;
    }
    return best;
  }
  double const gain = rule.discount * (rule.persistence - rule.stealth);
  if (gain <= 0) return 0;
  double const k = (1 - rule.discount * rule.persistence) / gain;
  if (rule.stakes == Stakes::uniform) return 1 + k - std::sqrt(k * k + 2 * k);
  return bisect(0, 1 / k, [k](double t) { return sim::math::exp(-t) - k * t; });
}

Quantities closed_form(Values const& values) {
  auto const rule = rule_of(values);
  double const threshold = threshold_of(rule);
  return {{"threshold", threshold}, {"value", rule.value_of(threshold)}};
}

/// What the decisions show: halfway from the highest stakes held to the lowest used; of a die the lowest used.
struct Shown {
  double held = -1, used = 1e300, payoff = 0;
  std::uint64_t losses = 0;

  double threshold(Stakes stakes) const {
    if (stakes == Stakes::die) return used;
    return held < 0 ? 0 : (held + used) / 2;
  }
};

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  auto const rule = rule_of(values);
  sim::World world({.stream = stream});
  for (std::uint32_t i = 0; i < actors; ++i) world.add(StakesActor{rule, resources_each}, std::to_string(i));
  Shown shown;
  Rows rows;
  rows.each<StakesActor, StakesActor::Decision>([&](auto const& decision) {
    if (decision.used != 0)
      shown.used = std::min(shown.used, decision.stakes);
    else
      shown.held = std::max(shown.held, decision.stakes);
  });
  rows.each<StakesActor, StakesActor::Loss>([&](auto const& loss) {
    shown.payoff += loss.payoff;
    ++shown.losses;
  });
  rows.run(executor, world);
  return {{"threshold", shown.threshold(rule.stakes)}, {"value", shown.payoff / static_cast<double>(shown.losses)}};
}

}  // namespace

void StakesActor::init(State&, sim::Context<StakesActor>& context) const { context.schedule(span(1), Occasion{}); }

void StakesActor::on(Occasion const&, State& state, sim::Context<StakesActor>& context) const {
  if (state.occasions < occasions_of_learning) {  // learns by thinking its rule through once more
    ++state.occasions;
    state.threshold = rule.threshold_at(rule.value_of(state.threshold));
    return context.schedule(span(1), Occasion{});
  }
  double const stakes = rule.stakes_at(context.rng(Draw::stakes).uniform());
  bool const used = stakes >= state.threshold;
  context.observe(Decision{stakes, used});
  if (used) state.payoff += state.worth * stakes;
  state.worth *= rule.discount;
  bool const survives = context.rng(Draw::survival).bernoulli(used ? rule.stealth : rule.persistence);
  if (!survives || state.worth < worth_of_nothing) {
    context.observe(Loss{state.payoff});
    state.payoff = 0;
    state.worth = 1;
    if (++state.resources == resources) return;
  }
  context.schedule(span(1), Occasion{});
}

Theory axelrod_iliev() {
  std::string const source = "Axelrod and Iliev 2014, PNAS 111:1298";
  std::string const vector = "assumed: first test vector of the law";
  return {
      .name = "axelrod-iliev",
      .title = "Use an exploit now, or hold it for higher stakes",
      .law = "V(T) = Pr(s>=T) E[s | s>=T] / (1 - wP + w Pr(s>=T) (P - S)), T* = w (P - S) V(T*); P <= S: use at once",
      .agents =
          "actors improve their own rule, then draw stakes and use or hold; the threshold lies between the highest "
          "stakes held and the "
          "lowest used, the value is the mean discounted payoff of a resource",
      .condition = "discount x persistence < 1 and discount x stealth < 1",
      .source = source,
      .parameters = {{"stakes",
                      "1",
                      Kind::choice,
                      0,
                      0,
                      "uniform",
                      "distribution of the stakes: uniform on [0, 1], exponential with mean 1, a die of 1 to 6",
                      vector,
                      sim::Grade::assumed,
                      {"uniform", "exponential", "die"}},
                     {"persistence", "1", Kind::number, 0, 1, "0.9",
                      "chance P that a resource survives an occasion unused", vector},
                     {"stealth", "1", Kind::number, 0, 1, "0.5", "chance S that a resource survives its use", vector},
                     {"discount", "1", Kind::number, 0, 1, "0.9", "worth w of the next occasion in terms of this one",
                      vector}},
      .quantities = {{"threshold", "stakes", "lowest stakes for which the resource is used"},
                     {"value", "stakes", "expected discounted payoff of a fresh resource"}},
      .check = check,
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
