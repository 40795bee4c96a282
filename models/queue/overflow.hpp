// Overflow of M/M/1: do so many customers come together before the line is empty again? A rare event with a closed form.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/campaign/scenario.hpp"
#include "sim/kernel/context.hpp"

namespace queue {

/// Arrivals and services of one line, from its first customer until it is empty.
struct Line {
  struct Arrival {};
  struct ServiceEnd {};
  /// Row: customers present, the one in service included.
  struct Present {
    std::uint64_t customers = 0;
  };

  static constexpr std::string_view name = "line";
  using Events = sim::EventList<Arrival, ServiceEnd>;
  using Rows = sim::RowList<Present>;
  enum class Draw : std::uint8_t { gap, service, count_ };
  struct State {
    std::uint64_t customers = 1;
  };

  double load = 0.5;  // arrival rate over service rate

  void init(State&, sim::Context<Line>&) const;
  void on(Arrival const&, State&, sim::Context<Line>&) const;
  void on(ServiceEnd const&, State&, sim::Context<Line>&) const;
};

/// What a campaign of overflows asks for.
struct Overflow {
  double load = 0.5;
  std::vector<double> levels;   // rising numbers of customers, the last one is the overflow
  std::uint32_t effort = 1000;  // histories that start from each level; see sim::run_splitting
  std::uint64_t seed = 1;
  std::uint32_t futures = 1, replications = 1;
  bool level_falls = false;  // true: the level is the number present, a broken twin that tests see refused
};

/// The campaign of one treatment.
std::unique_ptr<sim::Scenario> make_scenario(Overflow const& overflow);

/// P(customers reach `level` before 0 | 1 customer), the gambler's ruin (Feller 1968, An Introduction to Probability Theory I, XIV.2).
/// 0 < load, not 1; level at least 1.
double reach_probability(double load, std::uint32_t level);

}  // namespace queue
