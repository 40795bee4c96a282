// One history as a graph: every event and row with the event that sent it, and the ways from an outcome back to its first causes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/time.hpp"

namespace analysis {

/// Where an event without a parent comes from.
enum class Origin : std::uint8_t {
  event,         // from another event: it has a parent
  beginning,     // from what an agent began with
  intervention,  // from outside
};

/// What a kind of event is for whoever compares histories.
enum class KindRole : std::uint8_t {
  ordinary,
  calendar,  // sends the next of its kind to itself: a run of them is one cause
  news,      // an intervention, or the news of one
};

/// An event that was handled, or a row that its handler recorded.
struct Happening {
  sim::Time time;
  std::uint64_t key = 0;       // of the event; a row has the key of its event
  std::uint64_t parent = 0;    // key of the event whose handler sent it; 0 if its origin is not an event
  std::uint64_t incident = 0;  // that it belongs to; 0 for none
  std::uint64_t content = 0;   // hash of what it says
  std::uint32_t agent = 0;     // who received the event or recorded the row
  std::uint16_t kind = 0;      // of event or row
  bool is_row = false;
  Origin origin = Origin::event;
};

/// A stretch of a chain: happenings of one agent and calendar are a single link.
struct Link {
  std::size_t at = 0;       // position of the last of them in HistoryGraph::happenings()
  std::size_t earlier = 0;  // how many before it, of the same calendar, led to it
  Origin origin = Origin::event;  // of the first of them
};

/// Happenings in the order in which they were committed. Memory: about 90 bytes per happening.
class HistoryGraph {
 public:
  /// `happenings` in committed order, rows after their event; `roles` by kind. Events have distinct keys.
  HistoryGraph(std::vector<Happening> happenings, std::vector<KindRole> roles);

  std::span<Happening const> happenings() const { return happenings_; }
  Happening const& at(std::size_t i) const { return happenings_[i]; }
  KindRole role(std::size_t i) const { return roles_[happenings_[i].kind]; }

  /// Position of the event with this key, or nowhere. Time log n.
  std::size_t find(std::uint64_t key) const;
  /// Position of the event that sent `i`, or of the event that recorded the row `i`; nowhere for a first cause, and where the sender is not among the happenings.
  std::size_t cause(std::size_t i) const;
  /// The way from the first cause of `i` to `i` itself, first cause first.
  std::vector<Link> chain(std::size_t i) const;
  /// Everything that belongs to an incident, in order.
  std::vector<std::size_t> tree(std::uint64_t incident) const;
  /// Everything that `i` led to, whatever its incident, without `i`; in order.
  std::vector<std::size_t> consequences(std::size_t i) const;

  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

 private:
  struct Place { std::uint64_t key; std::size_t at; };
  std::vector<Happening> happenings_;
  std::vector<KindRole> roles_;
  std::vector<Place> by_key_;        // events, by key
  std::vector<Place> by_incident_;   // by incident, then in order; without those of none
};

}  // namespace analysis
