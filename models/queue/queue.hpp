// M/M/c, the smallest teaching example: customers from a Source wait for one of the servers of a Station.
#pragma once

#include <array>
#include <cstdint>

#include "sim/kernel/context.hpp"
#include "sim/kernel/world.hpp"

namespace queue {

/// A customer comes to the station.
struct Arrival {};
/// The source's next customer is due.
struct Departure {};
/// A server is done with a customer.
struct ServiceEnd {};

/// Row: a customer's service has begun.
struct ServiceBegin {
  double wait;  // [s]
};

/// Exponential gaps between arrivals, exponential services.
struct Parameters {
  double arrival_rate = 0.8;  // [1/s]
  double service_rate = 1;    // of one server [1/s]
  std::uint32_t servers = 1;
};

/// Time from the source to the station; shifts all arrivals alike, so that it changes no wait.
inline constexpr sim::Duration walk{1'000};

/// One place where customers wait and are served, first come first served.
struct Station {
  static constexpr std::string_view name = "station";
  static constexpr std::uint32_t capacity = 240;
  using Events = sim::EventList<Arrival, ServiceEnd>;
  using Rows = sim::RowList<ServiceBegin>;
  enum class Draw : std::uint8_t { service, count_ };
  struct State {
    std::array<sim::Time, capacity> waiting;  // arrival times, a ring
    std::uint32_t first = 0;                  // position of the longest waiting customer
    std::uint32_t length = 0;                 // customers waiting
    std::uint32_t busy = 0;                   // servers
    std::uint32_t begun = 0;                  // services
    sim::Time last_change;                    // of length
    double waiting_time = 0;                  // integral of length over time [s]
  };

  Parameters parameters;

  void init(State&, sim::Context<Station>&) const;
  void on(Arrival const&, State&, sim::Context<Station>&) const;
  void on(ServiceEnd const&, State&, sim::Context<Station>&) const;

 private:
  void begin_service(State&, sim::Context<Station>&, sim::Duration wait) const;
};

/// Sends one customer after the other.
struct Source {
  static constexpr std::string_view name = "source";
  using Events = sim::EventList<Departure>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { gap, count_ };
  struct State {};

  Parameters parameters;
  sim::LpRef<Station> station;

  void init(State&, sim::Context<Source>&) const;
  void on(Departure const&, State&, sim::Context<Source>&) const;
};

/// The world and its station.
struct Model {
  sim::World world;
  sim::LpRef<Station> station;
};

/// One source and one station.
Model build(Parameters const& parameters, sim::ReplicationStream const& stream);

}  // namespace queue
