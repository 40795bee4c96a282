// One replication run again with every event and row kept, and the event that each came from.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/explain/history_graph.hpp"
#include "analysis/explain/loss_shares.hpp"
#include "models/world/telling/narrator.hpp"
#include "sim/app/world_study.hpp"

namespace app {

/// A history to ask questions of. Memory: about 150 bytes per event and row.
struct ObservedHistory {
  sim::ReplicationRecord record;
  std::vector<std::string> agents;              // by number, "type/instance"
  std::unique_ptr<analysis::HistoryGraph> graph;
  std::vector<std::byte> bytes;                 // what happenings say, one after the other
  std::vector<std::size_t> begins;              // [happenings] where in `bytes`
  std::map<std::uint64_t, double> patch_days;   // by key of an event in which a campaign looks for a tool: of the flaw then in use
  std::map<std::uint64_t, double> service_lost; // service-days of the nation in the window, by incident; 0: by none

  std::byte const* said(std::size_t i) const { return bytes.data() + begins[i]; }
  std::string const& agent(std::size_t i) const { return agents[graph->at(i).agent]; }
  /// The happening as a row or event of type P; only where its kind is that of P.
  template <class P>
  P as(std::size_t i) const {
    P payload;
    std::memcpy(static_cast<void*>(&payload), said(i), sizeof payload);
    return payload;
  }
};

/// Whose service is followed, and when.
struct Followed {
  std::size_t nation = 0;
  sim::Time from, to;
};

/// Runs `key` of a study again on the sequential executor; the record is the same as without looking. Empty if signals have asked to drop it.
std::optional<ObservedHistory> observe(WorldStudy const& study, sim::ReplicationKey key, world::Narrator const& narrator, Followed followed);

}  // namespace app
