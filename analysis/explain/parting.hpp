// Where two histories of the same future part, and what happens in only one of them.
#pragma once

#include "analysis/explain/history_graph.hpp"

namespace analysis {

/// What happens in one of two histories and not in the other. Two happenings are the same if time, agent, kind and content are: keys of events
/// count what their senders have sent before, so that after one message more all later ones would look different.
struct Parting {
  std::vector<std::size_t> only_a, only_b;  // positions, in order
  /// The first of them, and the first that is neither an intervention nor the news of one; nowhere if there is none.
  struct First { std::size_t at = HistoryGraph::nowhere; bool in_a = false; };
  First any, change;
  bool part() const { return any.at != HistoryGraph::nowhere; }
};

/// Compares two histories whose agents and kinds have the same numbers. What occurs several times in one is matched as often as it occurs in the
/// other. Time n log n.
Parting part(HistoryGraph const& a, HistoryGraph const& b);

/// Why the happening `first` of a parting came about: the last thing before it that its agent, or the agent that sent it, was told in that
/// history alone, or that it was told in the other alone; nowhere if there is none.
struct Reason { std::size_t at = HistoryGraph::nowhere; bool in_a = false; };
Reason reason(Parting const& parting, HistoryGraph const& a, HistoryGraph const& b, Parting::First first);

}  // namespace analysis
