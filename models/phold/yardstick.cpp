#include "models/phold/yardstick.hpp"

#include <queue>
#include <vector>

#include "sim/base/math.hpp"

namespace phold {

namespace {

struct Event {
  std::int64_t time;
  std::uint64_t order;
  std::uint32_t to;
  std::uint32_t from;
  std::uint64_t unused;
  bool operator<(Event const& other) const {
    return time != other.time ? time > other.time : order > other.order;
  }
};
static_assert(sizeof(Event) == 32);

struct Splitmix {
  std::uint64_t state;
  std::uint64_t bits() { return sim::mix64(state += 0x9e37'79b9'7f4a'7c15); }
  double uniform() { return sim::RngStream::to_uniform(bits()); }
};

}  // namespace

std::uint64_t run_yardstick(Parameters const& parameters, sim::Duration end, std::uint64_t seed) {
  Splitmix rng{seed};
  double const mean = static_cast<double>(parameters.mean.ticks - parameters.lookahead.ticks);
  auto const increment = [&] {
    return parameters.lookahead.ticks + static_cast<std::int64_t>(-mean * sim::math::log(1 - rng.uniform()));
  };
  std::vector<Event> storage;
  storage.reserve(std::size_t{parameters.lps} * parameters.jobs_per_lp + 1);
  std::priority_queue<Event> pending(std::less<Event>(), std::move(storage));
  std::vector<std::uint64_t> jobs_seen(parameters.lps);
  std::uint64_t order = 0;
  for (std::uint32_t lp = 0; lp < parameters.lps; ++lp) {
    for (std::uint32_t job = 0; job < parameters.jobs_per_lp; ++job) {
      pending.push({increment(), order++, lp, lp, 0});
    }
  }
  std::uint64_t events = 0;
  while (!pending.empty() && pending.top().time < end.ticks) {
    Event const event = pending.top();
    pending.pop();
    ++events;
    ++jobs_seen[event.to];
    std::int64_t const time = event.time + increment();
    bool const remote = rng.uniform() < parameters.remote;
    __extension__ using Product = unsigned __int128;
    auto const target = static_cast<std::uint32_t>(Product{rng.bits()} * parameters.lps >> 64);
    pending.push({time, order++, remote ? target : event.to, event.to, 0});
  }
  return events;
}

}  // namespace phold
