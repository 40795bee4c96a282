// What a model offers to a campaign: a world per replication and the numbers measured on it.
#pragma once

#include <memory>
#include <vector>

#include "sim/base/results.hpp"
#include "sim/campaign/splitting/splittable.hpp"
#include "sim/kernel/row.hpp"
#include "sim/kernel/world.hpp"
#include "sim/rng/stream.hpp"

namespace sim {

/// One history of the world, built and ready to run; owned and used by one thread.
class Replication {
 public:
  virtual ~Replication() = default;
  /// All logical processes and the interventions of the treatment.
  virtual World& world() = 0;
  /// Receives the committed rows in event order.
  virtual RowSink& rows() = 0;
  /// Takes over what `rows` of another replication, of the same future and number, has received so far.
  virtual void take_over(Replication const& other) = 0;
  /// For splitting; null unless the study has a rare event.
  virtual Splittable* splittable() { return nullptr; }
  /// Fills responses, series and incidents of `record` once the run has reached the study's end.
  virtual void measure(ReplicationRecord& record) = 0;
};

/// Everything that the replications of one future share: drawn factors and tables made from them. Immutable.
class Future {
 public:
  virtual ~Future() = default;
};

/// A model as the campaign sees it. All members are const and may be called from many threads at once.
class Scenario {
 public:
  virtual ~Scenario() = default;
  /// Start of the simulated history.
  virtual Time start() const = 0;
  /// End of the horizon, exclusive.
  virtual Time end() const = 0;
  /// First moment at which two treatments of the study can differ; end() if they never do. Before it they have the same
  /// interventions, and always the same agents with the same parameters.
  virtual Time first_difference() const = 0;
  /// The schema of the results, with factors and factor_values already drawn for every future.
  virtual ResultSchema const& schema() const = 0;
  /// Tables shared by the replications of future `index`; costs milliseconds, so callers keep it while they need it.
  virtual std::shared_ptr<Future const> prepare(std::uint32_t index) const = 0;
  /// One replication of `treatment` in a prepared future.
  virtual std::unique_ptr<Replication> build(std::shared_ptr<Future const> future, ReplicationKey key) const = 0;
  /// Gives a replication, whose world has not started or been rewound, the interventions of another treatment.
  virtual void treat(Replication& replication, std::uint32_t point) const = 0;
};

}  // namespace sim
