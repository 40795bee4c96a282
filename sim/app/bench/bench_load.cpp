#include "sim/app/bench/bench_load.hpp"

#include <chrono>
#include <memory>

#include "models/network/network.hpp"
#include "models/phold/yardstick.hpp"
#include "sim/exec/distributed/mpi_session.hpp"

namespace sim {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point wall_start) {
  return std::chrono::duration<double>(Clock::now() - wall_start).count();
}

}  // namespace

BenchLoad bench_load(phold::BenchOptions const& options) {
  auto const parameters = std::make_shared<phold::Parameters const>(phold::bench_parameters(options));
  Duration const end = phold::bench_end(options);
  std::uint64_t const seed = options.seed;
  return {[=] { return phold::build(*parameters, seed); }, end,
          [=](std::function<void()> const& when_built) { return phold::run_yardstick(*parameters, end, seed, when_built); }};
}

BenchLoad bench_load(network::BenchOptions const& options) {
  auto const parameters = std::make_shared<network::Parameters const>(network::bench_parameters(options));
  Duration const end = network::bench_end(options);
  std::uint64_t const seed = options.seed;
  return {[=] { return network::build(*parameters, seed); }, end,
          [=](std::function<void()> const& when_built) { return network::run_yardstick(*parameters, end, seed, when_built); }};
}

TimedRun time_executor(BenchLoad const& load, Executor& executor) {
  World world = load.build();
  NoRows rows;
  executor.start(world, rows, Time{});
  auto const wall_start = Clock::now();
  executor.run_until(Time{} + load.end);
  double const seconds = seconds_since(wall_start);
  return {executor.statistics().events, seconds, world.digest()};
}

TimedRun time_by_hand(ByHand const& by_hand) {
  auto wall_start = Clock::now();
  std::uint64_t const events = by_hand([&] { wall_start = Clock::now(); });
  return {events, seconds_since(wall_start), 0};
}

BenchResult bench(BenchLoad const& load, Executor& executor) {
  BenchResult result{time_executor(load, executor)};
  if (this_rank() != 0) return result;
  TimedRun const by_hand = time_by_hand(load.yardstick);
  result.yardstick_events = by_hand.events;
  result.yardstick_seconds = by_hand.seconds;
  return result;
}

}  // namespace sim
