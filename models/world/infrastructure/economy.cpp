#include "models/world/infrastructure/economy.hpp"

#include <algorithm>

namespace world {
namespace {

constexpr double settle_days = 91;     // longest time between two rows while anything is out
constexpr double negligible = 1e-7;    // inoperability below this is over

}  // namespace

void Economy::advance(State& state, sim::Context<Economy>& context) const {
  double const now = directory->day(context.now());
  double const days = now - state.day;
  state.day = now;
  if (days <= 0) return;
  Inoperability::Levels q{}, c{}, integral{};
  std::copy_n(state.inoperability, q.size(), q.begin());
  std::copy_n(state.outage, c.size(), c.begin());
  q = model->advance(q, c, days, integral);
  std::copy_n(q.begin(), q.size(), state.inoperability);
  double loss = 0;
  auto const& share = directory->setting->value_added_share;
  for (std::size_t k = 0; k < share.size(); ++k) loss += share[k] * std::max(0.0, integral[k] - c[k] * days);
  if (loss > 0) context.observe(IndirectLoss{loss, index});
}

void Economy::on(SectorLevel const& message, State& state, sim::Context<Economy>& context) const {
  if (state.active != 0) advance(state, context);
  state.day = directory->day(context.now());
  state.outage[message.sector] = 1 - message.level;
  if (state.active != 0) return;
  state.active = 1;
  context.schedule(sim::from_days(settle_days), Settle{++state.settles});
}

void Economy::on(Settle const&, State& state, sim::Context<Economy>& context) const {
  advance(state, context);
  double largest = 0;
  for (double q : state.inoperability) largest = std::max(largest, q);
  for (double c : state.outage) largest = std::max(largest, c);
  if (largest < negligible) {
    state.active = 0;
    std::fill(std::begin(state.inoperability), std::end(state.inoperability), 0.0);
    return;
  }
  context.schedule(sim::from_days(settle_days), Settle{++state.settles});
}

}  // namespace world
