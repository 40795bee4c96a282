#include "models/theory/flipit.hpp"

#include <algorithm>

#include "models/theory/rows.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

using decision::FlipPlay;

constexpr double warm_up_moves = 36, warm_up_max = 12;  // of both players; [periods of the slower player]
constexpr double window = 8.37;                         // [periods of the slower player]
constexpr double ratio_max = 1000;                      // of the costs, and so of the rates

std::array<double, 2> costs_of(Values const& values) {
  return {values.number("first_cost"), values.number("second_cost")};
}
FlipPlay play_of(Values const& values) { return static_cast<FlipPlay>(values.whole("play")); }

void check(Values const& values) {
  auto const [first, second] = costs_of(values);
  if (std::max(first, second) <= ratio_max * std::min(first, second)) return;
  throw sim::Error(
      "costs of a move that differ by more than 1000 times (the dearer player then hardly ever moves) bring "
      "--first-cost and "
      "--second-cost closer together");
}

Quantities closed_form(Values const& values) {
  auto const costs = costs_of(values);
  FlipPlay const play = play_of(values);
  auto const rates = decision::stable_flip_rates(play, costs);
  double const first = decision::flip_control(play, rates[0], rates[1]),
               second = decision::flip_control(play, rates[1], rates[0]);
  return {{"first_rate", rates[0]},
          {"second_rate", rates[1]},
          {"first_control", first},
          {"second_control", second},
          {"first_benefit", first - costs[0] * rates[0]},
          {"second_benefit", second - costs[1] * rates[1]}};
}

/// A benefit is what is left of the control.
Quantities scales(Values const& values) {
  auto const closed = closed_form(values);
  return {{"first_benefit", closed[2].value}, {"second_benefit", closed[3].value}};
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  auto const costs = costs_of(values);
  FlipPlay const play = play_of(values);
  auto const rates = decision::stable_flip_rates(play, costs);
  double const unit = 1 / std::min(rates[0], rates[1]);
  double const ratio = std::max(rates[0], rates[1]) * unit;
  auto const pairs = static_cast<std::uint32_t>(std::clamp(4000 / (1 + ratio), 20.0, 1500.0));
  double const warm_up =
      std::min(warm_up_moves / (1 + ratio), warm_up_max);  // who holds it hangs on the last move only
  sim::World world({.stream = stream});
  std::vector<sim::LpRef<FlipResource>> resources;
  for (std::uint32_t i = 0; i < pairs; ++i) {
    resources.push_back(world.add(FlipResource{warm_up, window}, std::to_string(i)));
    for (std::uint32_t side : {0U, 1U}) {
      world.add(FlipPlayer{play, costs, side, unit, resources.back()},
                std::to_string(i) + (side == 0 ? "/first" : "/second"));
    }
  }
  Rows rows;
  rows.run_until(executor, world, sim::Time{} + span(warm_up + window + 0.01));
  std::array<double, 2> held{}, flips{};
  for (auto const ref : resources) {
    for (std::size_t side : {0U, 1U}) {
      held[side] += world.state(ref).held[side] / (window * pairs);
      flips[side] += world.state(ref).flips[side] / (window * unit * pairs);
    }
  }
  return {{"first_rate", flips[0]},
          {"second_rate", flips[1]},
          {"first_control", held[0]},
          {"second_control", held[1]},
          {"first_benefit", held[0] - costs[0] * flips[0]},
          {"second_benefit", held[1] - costs[1] * flips[1]}};
}

}  // namespace

void FlipResource::account(State& state, sim::Time now) const {
  if (state.is_open != 0) state.held[state.owner] += units(now - state.last);
  state.last = now;
}

void FlipResource::init(State&, sim::Context<FlipResource>& context) const {
  context.schedule(span(warm_up), Open{});
  context.schedule(span(warm_up + window), Close{});
}

void FlipResource::on(Flip const& flip, State& state, sim::Context<FlipResource>& context) const {
  account(state, context.now());
  state.owner = flip.player;
  state.flips[flip.player] += state.is_open;
}

void FlipResource::on(Open const&, State& state, sim::Context<FlipResource>& context) const {
  account(state, context.now());
  state.is_open = 1;
}

void FlipResource::on(Close const&, State& state, sim::Context<FlipResource>& context) const {
  account(state, context.now());
  state.is_open = 0;
}

void FlipPlayer::init(State& state, sim::Context<FlipPlayer>& context) const {
  state.gap = 1 / (decision::stable_flip_rates(play, costs)[side] * unit);
  if (play == FlipPlay::exponential) return plan(state, context);
  context.schedule(span(context.rng(Draw::phase).uniform() * state.gap), Move{});
}

void FlipPlayer::plan(State const& state, sim::Context<FlipPlayer>& context) const {
  bool const is_periodic = play == FlipPlay::periodic;
  context.schedule(span(is_periodic ? state.gap : context.rng(Draw::gap).exponential(state.gap)), Move{});
}

void FlipPlayer::on(Move const&, State& state, sim::Context<FlipPlayer>& context) const {
  context.send(resource, sim::tick, FlipResource::Flip{side});
  plan(state, context);
}

Theory flipit() {
  std::string const vector = "assumed: test vector of the law";
  std::string const control = "share of time for which it holds the resource",
                    benefit = "control less the cost of its moves, per unit of time";
  return {.name = "flipit",
          .title = "Stealthy take-over: how often to take a resource back",
          .law =
              "periodic play, k1 <= k2: rates 1/(2 k2), k1/(2 k2^2), control of the slower k1/(2 k2); exponential "
              "play: rates k2/(k1+k2)^2, "
              "k1/(k1+k2)^2, control by the share of the rates",
          .agents =
              "pairs of players take a resource from each other, at the rates from which neither gains by leaving; "
              "time in control is "
              "counted at the resource",
          .condition = "costs of a move above 0 and within a factor of 1000",
          .source = "van Dijk, Juels, Oprea and Rivest 2013, J. Cryptology 26:655",
          .parameters = {{"play",
                          "1",
                          Kind::choice,
                          0,
                          0,
                          "periodic",
                          "timing of both players' moves: periodic with a random phase, or exponential",
                          vector,
                          sim::Grade::assumed,
                          {"periodic", "exponential"}},
                         {"first_cost", "time", Kind::number, 1e-3, 1e3, "1",
                          "k1: cost of a move of the first player, in time of control", vector},
                         {"second_cost", "time", Kind::number, 1e-3, 1e3, "2",
                          "k2: cost of a move of the second player", vector}},
          .quantities = {{"first_rate", "1/time", "moves of the first player"},
                         {"second_rate", "1/time", "moves of the second player"},
                         {"first_control", "1", control},
                         {"second_control", "1", control},
                         {"first_benefit", "1", benefit, "first_control"},
                         {"second_benefit", "1", benefit, "second_control"}},
          .check = check,
          .closed_form = closed_form,
          .simulate = simulate,
          .scales = scales};
}

}  // namespace theory
