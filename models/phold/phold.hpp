// PHOLD, the usual benchmark of discrete-event engines and the smallest example of a model.
#pragma once

#include <cstdint>

#include "sim/kernel/context.hpp"
#include "sim/kernel/world.hpp"

/// R. M. Fujimoto, "Performance of Time Warp under synthetic workloads", SCS Distributed Simulation 22(1), 1990.
namespace phold {

/// A job that hops between logical processes; it carries nothing.
struct Job {};

/// Who receives, when, and what it costs.
enum class Load : std::uint8_t {
  uniform,   // the published one
  hot_spot,  // a tenth of the processes receives nine tenths of the remote events
  bursts,    // arrivals gather within a thousandth of the mean increment behind its whole multiples
  uneven,    // at every tenth process an event costs about a hundred times as much
  regions    // two halves; a tenth of the remote events crosses to the other one, and takes a mean increment longer
};

/// What all logical processes share. One second of simulated time is the mean increment.
struct Parameters {
  std::uint32_t lps = 1024;
  std::uint32_t jobs_per_lp = 1;
  sim::Duration lookahead{100'000};    // smallest increment
  sim::Duration mean = sim::second;     // of the increment: lookahead + exponential
  double remote = 0.5;                  // probability that the next hop goes to an LP chosen at random
  Load load = Load::uniform;
};

/// One logical process.
struct Process {
  static constexpr std::string_view name = "process";
  using Events = sim::EventList<Job>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { hop, count_ };
  struct State {
    std::uint64_t jobs_seen = 0;
    std::uint64_t burnt = 0;  // under Load::uneven
  };

  Parameters const* parameters = nullptr;

  void init(State&, sim::Context<Process>& context) const;
  void on(Job const&, State& state, sim::Context<Process>& context) const;
};

/// A world of `parameters.lps` processes, which must outlive it.
sim::World build(Parameters const& parameters, std::uint64_t seed);

}  // namespace phold
