#include <algorithm>
#include <queue>
#include <vector>

#include "models/network/network.hpp"
#include "models/yardstick/splitmix.hpp"

namespace network {

namespace {

struct Event {
  std::int64_t time;
  std::uint64_t order;
  std::uint32_t station;
  bool is_arrival;
};

}  // namespace

std::uint64_t run_yardstick(Parameters const& parameters, sim::Duration end, std::uint64_t seed,
                            std::function<void()> const& when_built) {
  yardstick::Splitmix rng{seed};
  std::vector<Event> storage;
  storage.reserve(std::size_t{parameters.stations} * (parameters.jobs_per_station + 1));
  std::priority_queue<Event, std::vector<Event>, yardstick::Later<Event>> pending({}, std::move(storage));
  std::vector<Station::State> states(parameters.stations);
  std::uint64_t order = 0;
  auto const begin_service = [&](std::int64_t now, std::uint32_t station) {
    pending.push({now + service_span(parameters, rng.uniform()).ticks, order++, station, false});
  };
  for (std::uint32_t station = 0; station < parameters.stations; ++station) {
    states[station].jobs = states[station].jobs_max = parameters.jobs_per_station;
    if (parameters.jobs_per_station > 0) begin_service(0, station);
  }
  when_built();
  std::uint64_t events = 0;
  for (; !pending.empty() && pending.top().time < end.ticks; ++events) {
    Event const event = pending.top();
    pending.pop();
    Station::State& state = states[event.station];
    if (event.is_arrival) {
      if (++state.jobs == 1) begin_service(event.time, event.station);
      state.jobs_max = std::max(state.jobs_max, state.jobs);
      continue;
    }
    ++state.served;
    __extension__ using Product = unsigned __int128;
    auto const next = static_cast<std::uint32_t>(Product{rng.bits()} * parameters.stations >> 64);
    pending.push({event.time + parameters.link.ticks, order++, next, true});
    if (--state.jobs > 0) begin_service(event.time, event.station);
  }
  return events;
}

}  // namespace network
