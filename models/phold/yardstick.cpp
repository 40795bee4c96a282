#include "models/phold/yardstick.hpp"

#include <queue>
#include <vector>

#include "models/phold/hop.hpp"
#include "models/yardstick/splitmix.hpp"
#include "sim/base/math.hpp"
#include "sim/base/prefetch.hpp"

namespace phold {

namespace {

struct Event {
  std::int64_t time;
  std::uint64_t order;
  std::uint32_t to;
  std::uint32_t from;
  std::uint64_t unused;
};
static_assert(sizeof(Event) == 32);

}  // namespace

std::uint64_t run_yardstick(Parameters const& parameters, sim::Duration end, std::uint64_t seed,
                            std::function<void()> const& when_built) {
  yardstick::Splitmix rng{seed};
  std::vector<Event> storage;
  storage.reserve(std::size_t{parameters.lps} * parameters.jobs_per_lp + 1);
  std::priority_queue<Event, std::vector<Event>, yardstick::Later<Event>> pending({}, std::move(storage));
  struct State {
    std::uint64_t jobs_seen = 0, burnt = 0;
  };
  std::vector<State> states(parameters.lps);
  std::uint64_t order = 0;
  for (std::uint32_t lp = 0; lp < parameters.lps; ++lp) {
    for (std::uint32_t job = 0; job < parameters.jobs_per_lp; ++job) {
      pending.push({increment(parameters, {}, rng.uniform()).ticks, order++, lp, lp, 0});
    }
  }
  when_built();
  std::uint64_t events = 0;
  while (!pending.empty() && pending.top().time < end.ticks) {
    Event const event = pending.top();
    pending.pop();
    ++events;
    State& state = states[event.to];
    ++state.jobs_seen;
    state.burnt = burn(parameters, event.to, state.burnt);
    Hop const hop = next_hop(parameters, {event.time}, event.to, rng);
    pending.push({event.time + hop.delay.ticks, order++, hop.to, event.to, 0});
  }
  return events;
}

std::uint64_t run_bound(Parameters const& parameters, sim::Duration end, std::uint64_t seed,
                        std::function<void()> const& when_built) {
  struct Hopping {
    std::int64_t time;
    std::uint32_t to, from;
  };
  constexpr std::size_t ahead = 8;
  yardstick::Splitmix rng{seed};
  std::vector<std::uint64_t> jobs_seen(parameters.lps);
  std::int64_t const width = parameters.lookahead.ticks;
  // Enough windows for delays that one in a million exceeds; those come a turn early, which costs the same.
  std::size_t const ring = static_cast<std::size_t>(14 * parameters.mean.ticks / width) + 2;
  std::vector<std::vector<Hopping>> windows(ring);
  auto const send = [&](std::int64_t time, std::uint32_t to, std::uint32_t from) {
    windows[static_cast<std::size_t>(time / width) % ring].push_back({time, to, from});
  };
  for (std::uint32_t lp = 0; lp < parameters.lps; ++lp) {
    for (std::uint32_t job = 0; job < parameters.jobs_per_lp; ++job) {
      send(increment(parameters, {}, rng.uniform()).ticks, lp, lp);
    }
  }
  when_built();
  std::uint64_t events = 0;
  std::vector<Hopping> now;
  for (std::int64_t window = 0; window * width < end.ticks; ++window) {
    now.clear();
    now.swap(windows[static_cast<std::size_t>(window) % ring]);
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (i + ahead < now.size()) sim::prefetch(&jobs_seen[now[i + ahead].to]);
      ++jobs_seen[now[i].to];
      Hop const hop = next_hop(parameters, {now[i].time}, now[i].to, rng);
      send(now[i].time + hop.delay.ticks, hop.to, now[i].to);
    }
    events += now.size();
  }
  return events;
}

}  // namespace phold
