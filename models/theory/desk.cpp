#include "models/theory/desk.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/clock.hpp"
#include "sim/base/math.hpp"

namespace theory {

double service_at(Service service, double uniform) {
  switch (service) {
    case Service::exponential:
      return -sim::math::log(1 - uniform);
    case Service::fixed:
      return 1;
    case Service::uniform:
      return 2 * uniform;
    case Service::lognormal:
      break;
  }
  return sim::math::exp(sim::math::normal_quantile(uniform) - 0.5);
}

double service_square(Service service) {
  switch (service) {
    case Service::exponential:
      return 2;
    case Service::fixed:
      return 1;
    case Service::uniform:
      return 4.0 / 3;
    case Service::lognormal:
      break;
  }
  return sim::math::exp(1);
}

void Desk::account(State& state, sim::Time now) const {
  if (is_counting(state)) {
    double const time = units(now - state.last);
    auto const present = static_cast<double>(state.present);
    state.area += present * time;
    state.scatter += (present - arrival_rate) * (present - arrival_rate) * time;
    state.empty += state.present == 0 ? time : 0;
    state.counting_time += time;
  }
  state.last = now;
}

void Desk::init(State&, sim::Context<Desk>& context) const {
  context.schedule(span(context.rng(Draw::gap).exponential(1 / arrival_rate)), Arrival{});
}

void Desk::on(Arrival const&, State& state, sim::Context<Desk>& context) const {
  sim::Time const now = context.now();
  account(state, now);
  ++state.arrived;
  bool const counts = state.arrived > warm_up && ++state.counted <= customers;
  if (state.counted > customers) return;
  ++state.present;
  sim::Time start = now;
  sim::Duration const service_span = span(service_at(service, context.rng(Draw::service).uniform()));
  if (servers > 0) {
    auto const server = std::min_element(state.free_at.begin(), state.free_at.begin() + servers);
    start = std::max(now, *server);
    *server = start + service_span;
  }
  if (counts) {
    state.waited += start > now;
    state.wait += units(start - now);
  }
  context.schedule(start + service_span - now, Departure{now});
  context.schedule(span(context.rng(Draw::gap).exponential(1 / arrival_rate)), Arrival{});
}

void Desk::on(Departure const& departure, State& state, sim::Context<Desk>& context) const {
  account(state, context.now());
  --state.present;
  if (!is_counting(state)) return;
  ++state.left;
  state.stay += units(context.now() - departure.arrived);
}

double erlang_c(double offered, std::uint32_t servers) {
  double blocking = 1;  // Erlang's B by its recursion
  for (std::uint32_t c = 1; c <= servers; ++c) blocking = offered * blocking / (c + offered * blocking);
  double const load = offered / servers;
  return blocking / (1 - load * (1 - blocking));
}

std::uint64_t warm_up_customers(double load, std::uint32_t servers) {
  double const gap = 1 - std::sqrt(load);
  return static_cast<std::uint64_t>(20 * load / (gap * gap)) + 20 * std::uint64_t{servers} + 100;
}

double customers_for(double load, double relative_error) {
  // Asymptotic variance of the mean wait (D. J. Daley, J. Austral. Math. Soc. 8 (1968) 683) over the squared mean.
  double const gap = 1 - load;
  double const ratio = (2 + 5 * load - 4 * load * load + load * load * load) / (load * gap * gap);
  return ratio / (relative_error * relative_error);
}

}  // namespace theory
