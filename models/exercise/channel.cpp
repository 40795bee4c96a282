#include "models/exercise/channel.hpp"

#include "models/exercise/blue.hpp"

namespace exercise {

void Channel::on(Indicator const& indicator, State& state, sim::Context<Channel>& context) const {
  static_assert(Blue::indicators_max == 64 * std::tuple_size_v<decltype(State::seen)>);
  std::uint64_t const bit = std::uint64_t{1} << indicator.technique % 64;
  std::uint64_t& word = state.seen[indicator.technique / 64];
  if ((word & bit) != 0) return;
  word |= bit;
  ++state.relayed;
  // Spread as in docs/model/odd.md 7.10.
  double const mark = context.rng(Draw::transit, indicator.technique).uniform();
  sim::Duration const after = delay + hours(lognormal_at(mark, rules->delay_hours, 1));
  for (auto const blue : allied) context.send(blue, after, Shared{indicator.technique});
}

}  // namespace exercise
