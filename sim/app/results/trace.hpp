// Writes everything that one replication does: each committed event and row with its cause, one line each.
#pragma once

#include <memory>
#include <string>

#include "sim/campaign/scenario.hpp"

namespace app {

/// `scenario`, whose replications are traced into a new tab-separated file `path` with the columns time, agent, kind,
/// key, parent, incident: keys in hex, "-" for none, "init" for what an agent began with; a row has the kind "row NAME" and the key of its event. The results are the same as without. Build one replication only. Without a path
/// nothing is written. Throws sim::Error if the file exists.
class TracedScenario final : public sim::Scenario {
 public:
  TracedScenario(sim::Scenario const& scenario, std::string const& path);
  ~TracedScenario() override;

  sim::Time start() const override { return scenario_.start(); }
  sim::Time end() const override { return scenario_.end(); }
  sim::Time first_difference() const override { return scenario_.first_difference(); }
  sim::ResultSchema const& schema() const override { return scenario_.schema(); }
  std::shared_ptr<sim::Future const> prepare(std::uint32_t index) const override { return scenario_.prepare(index); }
  std::unique_ptr<sim::Replication> build(std::shared_ptr<sim::Future const> future,
                                          sim::ReplicationKey key) const override;
  void treat(sim::Replication& replication, std::uint32_t point) const override;

  /// Ends the file and throws sim::Error if anything could not be written.
  void finish();

 private:
  class File;
  class Traced;
  sim::Scenario const& scenario_;
  std::unique_ptr<File> file_;
};

}  // namespace app
