// A nation's economy: what outages cost beyond the sectors that are down.
#pragma once

#include "models/world/directory.hpp"
#include "models/world/infrastructure/inoperability.hpp"

namespace world {

/// Indirect loss by input-output coupling (equations 14.3, 14.4): max(q, 1 - Q) exceeds the direct loss 1 - Q.
struct Economy {
  static constexpr std::string_view name = "economy";

  struct SectorLevel { double level; std::int64_t sector; };
  struct Settle { std::int32_t number; };
  using Events = sim::EventList<SectorLevel, Settle>;

  /// Value added lost beyond the direct loss since the last row [days of the whole nation's value added].
  struct IndirectLoss { double days; std::int64_t nation; };
  using Rows = sim::RowList<IndirectLoss>;
  enum class Draw : std::uint8_t { count_ };

  struct State {
    double inoperability[Inoperability::max_sectors];
    double outage[Inoperability::max_sectors];  // 1 - Q as told
    double day;                                 // up to which all is accounted for
    std::int32_t settles, active;
  };

  Directory const* directory;
  Inoperability const* model;
  int index;

  void init(State&, sim::Context<Economy>&) const {}
  void on(SectorLevel const&, State&, sim::Context<Economy>&) const;
  void on(Settle const&, State&, sim::Context<Economy>&) const;

 private:
  void advance(State&, sim::Context<Economy>&) const;
};

}  // namespace world
