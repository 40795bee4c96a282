// The local crews of a depot, which end everyday faults of a sector's assets in the order in which they are reported.
#pragma once

#include "models/world/directory.hpp"

namespace world {

/// A queue with several servers, first come first served (M/G/c for a Poisson stream of faults). Since the work is known
/// when a fault is reported, the time at which each crew is free again tells when it will be done: nobody waits in memory.
struct RepairCrews {
  static constexpr std::string_view name = "repair_crews";

  /// An asset reports a fault that takes a crew `work_days`.
  struct Request { double work_days; std::int64_t asset; };
  using Events = sim::EventList<Request>;

  /// A fault waits so long until a crew takes it up.
  struct Wait { double days; std::int32_t nation, sector; };
  using Rows = sim::RowList<Wait>;
  enum class Draw : std::uint8_t { count_ };

  struct State { sim::Time free_at[max_crews]; };

  Directory const* directory;
  int nation, sector, crews;

  void init(State&, sim::Context<RepairCrews>&) const;
  void on(Request const&, State&, sim::Context<RepairCrews>&) const;
};

}  // namespace world
