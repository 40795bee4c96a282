#include "models/exercise/services.hpp"

#include <algorithm>

namespace exercise {

namespace {

/// D_pk: share of a sector's service (column) that goes with its provider's (row): configs/data/dependencies.tsv; "others" there is
/// taken for the pairs that it does not name. Military is not named: as others.
constexpr std::array<Levels, sector_count> dependences{{
    // energy water telecom transport finance government military health
    {0, .5, .6, .5, .5, .3, .4, .4},    // energy
    {.1, 0, .1, .1, .1, .1, .1, .3},    // water
    {.2, .3, 0, .3, .7, .4, .3, .3},    // telecom
    {.1, .1, .1, 0, .1, .1, .1, .1},    // transport
    {.15, .15, .15, .15, 0, .15, .15, .15},  // finance
    {},                                 // government
    {},                                 // military
    {},                                 // health
}};
constexpr int sweeps_max = 200;  // a sweep shrinks the error by .7 or more, the largest D

}  // namespace

Levels served(Levels const& own, double dependence) {
  Levels levels = own;
  for (int sweep = 0; sweep < sweeps_max; ++sweep) {
    Levels next = own;
    for (std::size_t k = 0; k < sector_count; ++k) {
      double worst = 1;
      for (std::size_t p = 0; p < sector_count; ++p) {
        worst = std::min(worst, 1 - dependence * dependences[p][k] * (1 - levels[p]));
      }
      next[k] = own[k] * worst;
    }
    if (next == levels) break;
    levels = next;
  }
  return levels;
}

void Services::update(State& state, sim::Time now) const {
  state.area += state.availability * in_hours(now - state.last);
  state.last = now;
  Levels own{};
  for (std::size_t k = 0; k < sector_count; ++k) own[k] = 1 - static_cast<double>(state.down[k]) / weights[k];
  state.levels = served(own, camp->rules.dependence);
  double sum = 0;
  std::uint32_t weight = 0;
  for (std::size_t k = 0; k < sector_count; ++k) {
    sum += weights[k] * state.levels[k];
    weight += weights[k];
  }
  state.availability = sum / weight;
}

void Services::init(State& state, sim::Context<Services>& context) const {
  state.last = context.now();
  update(state, context.now());
}

void Services::on(Down const& down, State& state, sim::Context<Services>& context) const {
  state.down[sector_of(down.system)] += camp->weight(down.system);
  update(state, context.now());
}

void Services::on(Up const& up, State& state, sim::Context<Services>& context) const {
  state.down[sector_of(up.system)] -= camp->weight(up.system);
  update(state, context.now());
}

void Services::on(Check const&, State& state, sim::Context<Services>&) const {
  ++state.checks;
  state.checked += state.availability;
}

void Services::on(Visit const& visit, State& state, sim::Context<Services>&) const {
  std::uint32_t weight = 0;
  for (std::uint32_t const w : weights) weight += w;
  double left = visit.sector * weight;
  std::size_t sector = 0;
  while (sector + 1 < sector_count && left >= weights[sector]) left -= weights[sector++];
  ++state.visits;
  state.served += visit.success < state.levels[sector];
}

Services make_services(Camp const& camp) {
  Services services{&camp, {}};
  auto const count = static_cast<std::uint32_t>(camp.rules.count);
  for (std::uint32_t system = 0; system < count; ++system) services.weights[sector_of(system)] += camp.weight(system);
  return services;
}

}  // namespace exercise
