// Histories of a few events, written down by hand.
#pragma once

#include "analysis/explain/history_graph.hpp"

namespace analysis::test {

enum Kind : std::uint16_t { decide, act, see, tick, tell, kind_count };

inline std::vector<KindRole> roles() {
  std::vector<KindRole> all(kind_count, KindRole::ordinary);
  all[tick] = KindRole::calendar;
  all[tell] = KindRole::news;
  return all;
}

/// An event of `kind` on `day` at `agent`, sent by `parent`; 0: from the beginning.
inline Happening event(std::int64_t day, std::uint64_t key, std::uint64_t parent, std::uint16_t kind, std::uint32_t agent = 0) {
  Happening h;
  h.time = sim::Time{0} + sim::day * day;
  h.key = key;
  h.parent = parent;
  h.kind = kind;
  h.agent = agent;
  h.origin = parent == 0 ? Origin::beginning : Origin::event;
  return h;
}

inline Happening row(Happening const& of, std::uint16_t kind) {
  Happening h = of;
  h.is_row = true;
  h.kind = kind;
  h.origin = Origin::event;
  return h;
}

}  // namespace analysis::test
