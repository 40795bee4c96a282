// Simulates the pairs of histories that `bench precision` compares, with the processor time of each unit.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/app/bench/precision_methods.hpp"
#include "sim/app/world_study.hpp"
#include "sim/kernel/executor.hpp"

namespace app {

/// What is asked: one response of one nation, a treatment against the reference.
struct PrecisionQuestion {
  std::string study;                      // path
  std::vector<sim::Override> overrides;   // the user's
  std::string response, nation, treatment;  // empty nation: the first in focus; empty treatment: the one with the most interventions
};

/// One unit: the mean over its pairs.
struct PrecisionUnit {
  double difference = 0, reference = 0;
  std::vector<double> controls;  // differences of the control variates
  double cpu_s = 0;  // of the thread that simulated it, its future's tables included
};

/// A method made ready: the study reduced to the reference and one treatment, futures drawn at random.
class PrecisionBench {
 public:
  /// `futures` may be asked for. Throws sim::Error for what the study does not have.
  PrecisionBench(PrecisionQuestion const& question, PrecisionMethod const& method, std::uint32_t futures);

  /// The unit of `future`; of independent sampling the treatment's history is that of `other`, else `other` is not used. Throws
  /// sim::Error if a history fails or the response is not defined in it.
  PrecisionUnit run(std::uint32_t future, std::uint32_t other, sim::Executor& executor) const;

  PrecisionMethod const& method() const { return method_; }
  sim::Study const& study() const { return world_.study; }
  sim::ResponseInfo const& response() const { return world_.scenario->schema().responses[response_]; }
  std::string const& nation() const { return nation_; }
  std::string const& treatment() const { return world_.study.treatments.back().name; }

 private:
  void add(PrecisionUnit& unit, sim::ReplicationRecord const& record) const;
  void add_alone(PrecisionUnit& unit, sim::ReplicationKey key, sim::Executor& executor) const;

  PrecisionMethod method_;
  WorldStudy world_;
  std::string nation_;
  std::size_t response_ = 0, place_ = 0;  // of the response; of its value in a record
  std::vector<std::size_t> control_places_;
};

/// Calls f(i, executor) for i in [0, count) from `jobs` threads, each with an executor of its own. The first exception ends all.
void for_each_unit(std::uint32_t count, unsigned jobs, std::function<void(std::uint32_t, sim::Executor&)> const& f);

}  // namespace app
