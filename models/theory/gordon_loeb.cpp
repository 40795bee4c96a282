#include "models/theory/gordon_loeb.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/rows.hpp"
#include "sim/base/math.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

using decision::BreachClass;

constexpr std::uint32_t firms = 20, replications = 32;
constexpr std::uint32_t offers_each = 200;  // each takes a root of e off what is open: to the grain of numbers

decision::Investment rule_of(Values const& values) {
  return {static_cast<BreachClass>(values.whole("breach_class")), values.number("productivity"),
          values.number("exponent"), values.number("vulnerability"), values.number("loss")};
}

/// The algebra of both classes, apart from the rule that firms follow.
double best_spending(decision::Investment const& rule) {
  double const alpha = rule.productivity, v = rule.vulnerability, loss = rule.loss;
  if (v <= 0) return 0;
  if (rule.breach_class == BreachClass::one) {
    return std::max(0.0, (sim::math::pow(v * rule.exponent * alpha * loss, 1 / (rule.exponent + 1)) - 1) / alpha);
  }
  double const log_v = sim::math::log(v);
  return std::max(0.0, (-sim::math::log(-alpha * loss * log_v) / log_v - 1) / alpha);
}

Quantities closed_form(Values const& values) {
  auto const rule = rule_of(values);
  double const spending = best_spending(rule), breach = rule.breach_probability(spending);
  return {{"investment", spending}, {"breach_probability", breach}, {"total_cost", spending + breach * rule.loss}};
}

/// The investment is a part of v L.
Quantities scales(Values const& values) {
  return {{"investment", values.number("vulnerability") * values.number("loss")}};
}

/// Years for which the chance of a breach is known to less than 2 % of itself.
double years_for(double breach) { return breach > 0 ? std::max(100 * (1 - breach) / breach, 150.0) : 150; }

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  auto const rule = rule_of(values);
  double const years = years_for(rule.breach_probability(best_spending(rule))), lived = firms * years;
  sim::World world({.stream = stream});
  std::vector<sim::LpRef<Firm>> refs;
  for (std::uint32_t i = 0; i < firms; ++i)
    refs.push_back(world.add(Firm{rule, offers_each, years}, std::to_string(i)));
  Rows rows;
  rows.run(executor, world);
  double accepted = 0, refused = 1e300, breaches = 0, spent = 0;
  for (auto const ref : refs) {
    Firm::State const& state = world.state(ref);
    accepted = std::max(accepted, state.accepted);
    refused = std::min(refused, state.refused);
    breaches += state.breaches;
    spent += state.spending * years;
  }
  // All firms are alike: what they spend lies between the highest level that one accepted and the lowest that one
  // refused.
  return {{"investment", accepted > 0 ? (accepted + refused) / 2 : 0},
          share("breach_probability", breaches, lived),
          {"total_cost", (spent + breaches * rule.loss) / lived, lived, rule.loss}};
}

}  // namespace

void Firm::init(State&, sim::Context<Firm>& context) const { context.schedule(span(1), Offer{}); }

void Firm::on(Offer const&, State& state, sim::Context<Firm>& context) const {
  double const most = std::min(state.refused, rule.vulnerability * rule.loss);
  double const level = state.accepted + context.rng(Draw::level).uniform() * (most - state.accepted);
  if (rule.is_worth_more(level))
    state.accepted = std::max(state.accepted, level);
  else
    state.refused = std::min(state.refused, level);
  if (++state.offers < offers) {
    context.schedule(span(1), Offer{});
  } else {
    // What it bought up to now is worth its price, the lowest refusal is not: it settles between them.
    state.spending =
        state.accepted > 0 ? (state.accepted + std::min(state.refused, rule.vulnerability * rule.loss)) / 2 : 0;
    await_breach(state, context);
  }
}

/// Each year brings a breach or not; the unit of time is now the mean time between breaches.
void Firm::await_breach(State& state, sim::Context<Firm>& context) const {
  double const chance = rule.breach_probability(state.spending);
  if (chance <= 0) return;
  double const u = context.rng(Draw::breach).uniform();
  double const wait = 1 + std::floor(sim::math::log1p(-u) / sim::math::log1p(-chance));  // geometric
  state.years += wait;
  if (state.years <= years) context.schedule(span(wait * chance), Breach{});
}

void Firm::on(Breach const&, State& state, sim::Context<Firm>& context) const {
  ++state.breaches;
  await_breach(state, context);
}

Theory gordon_loeb() {
  std::string const vector = "assumed: test vector of the law";
  return {.name = "gordon-loeb",
          .title = "How much to spend on security",
          .law =
              "class one: S = v / (alpha z + 1)^beta, z* = ((v beta alpha L)^(1/(beta+1)) - 1) / alpha; class two: S = "
              "v^(alpha z + 1), "
              "z* = (-ln(-alpha L ln v) / ln v - 1) / alpha; 0 where negative, never above v L / e",
          .agents =
              "firms accept or refuse offers between what they accepted and what they refused before, and then suffer "
              "breaches; the investment lies between the highest level accepted and the lowest refused",
          .condition = "vulnerability < 1",
          .source = "Gordon and Loeb 2002, ACM TISSEC 5:438",
          .parameters = {{"breach_class",
                          "1",
                          Kind::choice,
                          0,
                          0,
                          "one",
                          "how spending lowers the chance of a breach: class one or two",
                          vector,
                          sim::Grade::assumed,
                          {"one", "two"}},
                         {"productivity", "1/money", Kind::number, 1e-12, 1e3, "1e-5",
                          "alpha: how much a unit of money does", vector},
                         {"exponent", "1", Kind::number, 0.01, 100, "1", "beta of class one", vector},
                         {"vulnerability", "1", Kind::number, 0, 0.999, "0.5",
                          "v: chance of a breach a year without spending", vector},
                         {"loss", "money", Kind::number, 0, 1e12, "400000", "L: loss of a breach", vector}},
          .quantities = {{"investment", "money",
                          "spending a year at which the next unit averts just a unit of expected loss", "v L"},
                         {"breach_probability", "1", "chance of a breach a year at that spending"},
                         {"total_cost", "money", "expected spending and loss a year"}},
          .replications = replications,
          .check = {},
          .closed_form = closed_form,
          .simulate = simulate,
          .scales = scales};
}

}  // namespace theory
