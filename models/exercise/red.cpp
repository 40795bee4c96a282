#include "models/exercise/red.hpp"

#include <algorithm>
#include <bit>

#include "models/decision/use_or_hold.hpp"
#include "models/exercise/blue.hpp"

namespace exercise {

double tool_threshold(Rules const& rules) {
  return decision::UseOrHold{decision::Stakes::uniform, rules.tool_survival, rules.tool_stealth, rules.tool_discount}
      .best_threshold();
}

void Cell::on(Launch const& launch, State& state, sim::Context<Cell>& context) const {
  std::uint32_t technique = launch.technique;
  auto const tool = static_cast<std::uint32_t>(std::countr_one(state.gone));
  if (tool < camp->rules.tools) {
    if (launch.stakes >= threshold) {
      ++state.tool_uses;
      technique = static_cast<std::uint32_t>(camp->rules.techniques) + tool;
    } else if (launch.survival >= camp->rules.tool_survival) {
      state.gone |= std::uint64_t{1} << tool;
    }
  }
  context.send(camp->blue, delay,
               Attack{launch.access, launch.effect, launch.number, launch.system, technique, launch.disrupts});
}

void Cell::on(Burned const& burned, State& state, sim::Context<Cell>&) const {
  state.gone |= std::uint64_t{1} << burned.tool;
  ++state.burned;
}

double Red::spacing_hours() const {
  // The last attack needs two words to the perimeter and has a minute to spare.
  double const way = 3 * in_hours(delay);
  return (24 * rules->days - rules->quiet_hours - way) / rules->waves;
}

void Red::init(State&, sim::Context<Red>& context) const { context.schedule(span(rules->quiet_hours), Wave{0}); }

void Red::on(Wave const& wave, State& state, sim::Context<Red>& context) const {
  auto const attacks = static_cast<std::uint32_t>(rules->attacks), waves = static_cast<std::uint32_t>(rules->waves);
  auto const systems = static_cast<std::uint32_t>(rules->count);
  auto const techniques = static_cast<std::uint32_t>(rules->techniques);
  auto critical = std::uint32_t{0};
  while (critical < systems && is_critical(*rules, critical)) ++critical;
  double const length = std::min(rules->wave_hours, spacing_hours());
  for (; state.launched < std::uint64_t{attacks} * (wave.number + 1) / waves; ++state.launched) {
    sim::RngStream marks = context.rng(Draw::mark, state.launched);
    sim::Duration const after = delay + span(marks.uniform() * length);
    bool const is_aimed = marks.bernoulli(rules->critical_aim) && critical > 0;
    Launch const launch{.access = marks.uniform(),
                        .stakes = marks.uniform(),
                        .survival = marks.uniform(),
                        .effect = marks.uniform(),
                        .number = state.launched,
                        .system = marks.below(is_aimed ? critical : systems),
                        .technique = marks.below(techniques),
                        .disrupts = marks.bernoulli(rules->disruptive_share)};
    for (auto const cell : cells) context.send(cell, after, launch);
  }
  if (wave.number + 1 < waves) context.schedule(span(spacing_hours()), Wave{wave.number + 1});
}

}  // namespace exercise
