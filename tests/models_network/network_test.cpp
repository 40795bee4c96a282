// The closed network of queues against mean value analysis, and what it must keep whatever runs it.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/network/network.hpp"
#include "tests/exec/variants.hpp"

namespace {

using sim::Time;

sim::Time const end = Time{} + sim::second * 4000;
network::Parameters const small{.stations = 50, .jobs_per_station = 3};

/// Jobs at all stations and all services so far.
struct Census {
  std::uint64_t jobs = 0, served = 0, busy_stations = 0, longest = 0;
};

Census census(sim::World const& world) {
  Census sum;
  for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp) {
    auto const& state = world.state(sim::LpRef<network::Station>{sim::LpId{lp}});
    sum.jobs += state.jobs;
    sum.served += state.served;
    sum.busy_stations += state.jobs > 0;
    sum.longest = std::max<std::uint64_t>(sum.longest, state.jobs_max);
  }
  return sum;
}

/// Pending events of payload P.
template <class P>
std::uint64_t pending(sim::Snapshot const& snapshot) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < snapshot.events.size(); at += snapshot.stride) {
    sim::EventHeader header;
    std::memcpy(&header, &snapshot.events[at], sizeof header);
    count += header.kind == sim::event_kind<network::Station, P>();
  }
  return count;
}

/// Services per second of the whole network: exact mean value analysis (M. Reiser, S. S. Lavenberg, JACM 27(2), 1980,
/// section 2), equal stations, links as a delay.
double throughput(network::Parameters const& parameters) {
  double const stations = parameters.stations, service = 1e-6 * static_cast<double>(parameters.service.ticks),
               link = 1e-6 * static_cast<double>(parameters.link.ticks);
  double rate = 0, at_station = 0;
  for (std::uint32_t jobs = 1; jobs <= parameters.stations * parameters.jobs_per_station; ++jobs) {
    double const stay = service * (1 + at_station);
    rate = jobs / (link + stay);
    at_station = rate * stay / stations;
  }
  return rate;
}

double served_per_second(network::Parameters const& parameters) {
  sim::World world = network::build(parameters, 11);
  sim::NoRows rows;
  auto const executor = sim::make_executor("sequential");
  executor->start(world, rows, Time{});
  executor->run_until(end);
  return static_cast<double>(census(world).served) / 4000;
}

/// The count of services is close to a renewal count: seven standard deviations, p < 1e-11; the full lines at the start
/// are worth at most one service a station.
double margin(network::Parameters const& parameters) {
  double const count = throughput(parameters) * 4000;
  return (7 * std::sqrt(count) + parameters.stations) / 4000;
}

}  // namespace

TEST_CASE("a closed network serves as many jobs as mean value analysis says", "[models][network]") {
  for (std::uint32_t const jobs : {1u, 3u, 16u}) {
    for (sim::Duration const link : {sim::tick, sim::Duration{100'000}, sim::second * 5}) {
      network::Parameters const parameters{.stations = 50, .jobs_per_station = jobs, .link = link};
      INFO(jobs << " jobs, link " << link.ticks);
      REQUIRE(std::abs(served_per_second(parameters) - throughput(parameters)) < margin(parameters));
      double const by_hand = static_cast<double>(network::run_yardstick(parameters, end - Time{}, 3)) / 2 / 4000;
      REQUIRE(std::abs(by_hand - throughput(parameters)) < margin(parameters));
    }
  }
}

TEST_CASE("a service that takes 4 percent longer is noticed", "[models][network][twin]") {
  network::Parameters slow = small;
  slow.service = sim::Duration{1'040'000};
  REQUIRE(std::abs(served_per_second(slow) - throughput(small)) > margin(small));
}

TEST_CASE("no job is lost or made, and a station works whenever it has one, on every executor", "[models][network]") {
  for (auto const& name : variants::names()) {
    INFO(name);
    sim::World world = network::build(small, 5);
    sim::NoRows rows;
    auto const executor = variants::make(name);
    executor->start(world, rows, Time{});
    for (int step = 1; step <= 20; ++step) {
      executor->run_until(Time{} + sim::second * step);
      auto const snapshot = executor->snapshot();
      Census const now = census(world);
      REQUIRE(now.jobs + pending<network::Arrival>(*snapshot) == 150);
      REQUIRE(now.busy_stations == pending<network::ServiceEnd>(*snapshot));
      REQUIRE(now.longest <= 150);
      REQUIRE(executor->statistics().events == 2 * now.served - pending<network::Arrival>(*snapshot));
    }
    REQUIRE(census(world).served > 400);
  }
}

TEST_CASE("a closed network comes out the same on every executor, with a long link and with one of a tick", "[models][network]") {
  for (sim::Duration const link : {sim::tick, sim::Duration{100'000}}) {
    std::uint64_t reference = 0;
    for (auto const& name : variants::names()) {
      INFO(name << ", link " << link.ticks);
      network::Parameters const parameters{.stations = 300, .jobs_per_station = 4, .link = link};
      sim::World world = network::build(parameters, 7);
      sim::NoRows rows;
      auto const executor = variants::make(name);
      executor->start(world, rows, Time{});
      executor->run_until(Time{} + sim::second * 15);
      if (reference == 0) reference = world.digest();
      REQUIRE(world.digest() == reference);
    }
    REQUIRE(reference != 0);
  }
}
