// A closed network of queues: jobs wait in line at one station after the other, for ever; a load for executors.
#pragma once

#include <cstdint>
#include <functional>

#include "sim/kernel/context.hpp"
#include "sim/kernel/world.hpp"

/// W. J. Gordon, G. F. Newell, "Closed queuing systems with exponential servers", Operations Research 15(2), 1967.
namespace network {

/// A job comes to the station.
struct Arrival {};
/// The station is done with the first in line.
struct ServiceEnd {};

/// What all stations share. One second of simulated time is the mean service.
struct Parameters {
  std::uint32_t stations = 1024;
  std::uint32_t jobs_per_station = 1;   // at the start, all in line
  sim::Duration link{100'000};          // every job's way to its next station; the world's lookahead
  sim::Duration service = sim::second;  // mean of an exponential
};

/// One server and its line; jobs are alike, so the line is a number. The next station is any, all equally likely.
struct Station {
  static constexpr std::string_view name = "station";
  using Events = sim::EventList<Arrival, ServiceEnd>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { service, route, count_ };
  struct State {
    std::uint32_t jobs = 0;      // in line, the one in service included
    std::uint32_t jobs_max = 0;  // the longest line
    std::uint64_t served = 0;
  };

  Parameters const* parameters = nullptr;

  void init(State&, sim::Context<Station>& context) const;
  void on(Arrival const&, State& state, sim::Context<Station>& context) const;
  void on(ServiceEnd const&, State& state, sim::Context<Station>& context) const;

 private:
  void begin_service(sim::Context<Station>& context) const;
};

/// An exponential span of at least one tick; `uniform` on (0, 1).
sim::Duration service_span(Parameters const& parameters, double uniform);

/// A world of `parameters.stations` stations; the parameters must outlive it.
sim::World build(Parameters const& parameters, std::uint64_t seed);

/// The same network by hand on std::priority_queue with splitmix64 numbers, until `end` after the start; returns the number
/// of events. `when_built` is called before the first event, for a clock that leaves out building.
std::uint64_t run_yardstick(Parameters const& parameters, sim::Duration end, std::uint64_t seed,
                            std::function<void()> const& when_built = [] {});

}  // namespace network
