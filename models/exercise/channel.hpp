// The channel between allied teams: an indicator found by one reaches all others after a while.
#pragma once

#include <array>
#include <vector>

#include "models/exercise/camp.hpp"
#include "sim/kernel/context.hpp"

namespace exercise {

struct Channel {
  static constexpr std::string_view name = "channel";
  using Events = sim::EventList<Indicator>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { transit, count_ };
  struct State {
    std::array<std::uint64_t, 5> seen{};  // indicators, as Blue::indicators_max
    std::uint32_t relayed = 0;
  };

  Rules const* rules = nullptr;
  std::vector<sim::LpRef<Blue>> allied;

  void init(State&, sim::Context<Channel>&) const {}
  /// The first team that finds an indicator is the one that tells it; it knows it already when it comes back.
  void on(Indicator const&, State&, sim::Context<Channel>&) const;
};

}  // namespace exercise
