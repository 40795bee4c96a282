// What splitting needs of a replication beyond running it: the level that it climbs, and a way back to where it was.
#pragma once

#include <memory>

#include "sim/rng/stream.hpp"

namespace sim {

/// A replication of a study with a rare event; used by one thread.
class Splittable {
 public:
  /// All that a replication has received in rows, apart from its world.
  class Memory {
   public:
    virtual ~Memory() = default;
  };

  virtual ~Splittable() = default;
  /// The level of the rare event that the history has reached. It changes with rows only and never falls.
  virtual double level() const = 0;
  /// True if the history is over before the study's end; changes with rows only.
  virtual bool is_over() const { return false; }
  /// What the rows received so far add up to, to be recalled any number of times.
  virtual std::shared_ptr<Memory const> remember() const = 0;
  /// Goes on from what this replication, or another one of the same future, remembered.
  virtual void recall(Memory const& memory) = 0;
  /// Takes other streams for the next start or resumption; the world has been rewound.
  virtual void draw_from(ReplicationStream const& stream) = 0;
};

}  // namespace sim
