// A desk with servers at which customers arrive at random and are served first come first served.
#pragma once

#include <array>
#include <cstdint>

#include "sim/kernel/context.hpp"

namespace theory {

/// Law of a service; all have the mean 1 / rate.
enum class Service : std::uint8_t { exponential, fixed, uniform, lognormal };

/// A service of mean 1 that lies with chance `uniform` on (0, 1) below. Uniform: on [0, 2]; lognormal: log-sd 1.
double service_at(Service service, double uniform);
/// Mean square of a service of mean 1.
double service_square(Service service);

/// Poisson arrivals, one line, `servers` alike. Time is counted in mean services.
struct Desk {
  static constexpr std::string_view name = "desk";
  static constexpr std::uint32_t servers_max = 100;

  struct Arrival {};
  /// The service of a customer who arrived then is over.
  struct Departure {
    sim::Time arrived;
  };
  using Events = sim::EventList<Arrival, Departure>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { gap, service, count_ };
  struct State {
    std::array<sim::Time, servers_max> free_at;  // of each server, the services of all who have arrived included
    std::uint64_t arrived = 0;
    std::uint64_t counted = 0;  // arrivals after the warm-up
    std::uint64_t waited = 0;   // counted customers who had to wait
    std::uint64_t left = 0;     // customers who left after the warm-up
    double wait = 0;            // of counted customers, summed
    double stay = 0;            // of those who left after the warm-up, summed
    double area = 0;            // integral of the number present since the warm-up [mean services]
    double scatter = 0;         // integral of the squared distance of that number from the load [mean services]
    double empty = 0;           // time with nobody present since the warm-up [mean services]
    double counting_time = 0;   // [mean services]
    std::uint64_t present = 0;
    sim::Time last;  // change of the number present
  };

  double arrival_rate = 0;    // [1/mean service]
  std::uint32_t servers = 1;  // 0: as many as customers
  Service service = Service::exponential;
  std::uint64_t warm_up = 0;    // customers before anything is counted
  std::uint64_t customers = 0;  // counted ones; then nobody arrives any more

  void init(State&, sim::Context<Desk>&) const;
  void on(Arrival const&, State&, sim::Context<Desk>&) const;
  void on(Departure const&, State&, sim::Context<Desk>&) const;

 private:
  void account(State&, sim::Time now) const;
  bool is_counting(State const& state) const { return state.arrived > warm_up && state.counted <= customers; }
};

/// Erlang's C: chance that a customer of M/M/c has to wait; `offered` = arrival rate x mean service < servers.
double erlang_c(double offered, std::uint32_t servers);

/// Customers before a queue at this load (< 1) has forgotten that it began empty: 20 relaxation times.
std::uint64_t warm_up_customers(double load, std::uint32_t servers);
/// Counted customers for which the mean wait of M/M/1 at this load has this relative standard error.
double customers_for(double load, double relative_error);

}  // namespace theory
