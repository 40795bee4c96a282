// A campaign's stopping rule and the journals that it learns from.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/campaign/stopping.hpp"
#include "sim/io/journal_index.hpp"
#include "sim/io/manifest.hpp"

namespace app {

/// Shows the rule every replication in `index`.
void observe_all(sim::Stopping& rule, sim::JournalIndex const& index);

/// The rule of `schema`, null without one, which has seen all replications of `index` and has taken every look it can.
std::unique_ptr<sim::Stopping> rule_after(sim::ResultSchema const& schema, sim::JournalIndex const& index);

/// The rule of a running campaign.
class StoppingWatch {
 public:
  /// Says every look on standard error from now on. Journals are read in `parts`, which must be of `manifest`.
  StoppingWatch(sim::ResultSchema const& schema, std::filesystem::path parts, sim::Manifest const& manifest);

  /// Null without a rule.
  sim::Stopping* rule() const { return rule_.get(); }
  /// Shows the rule what is in the journals of all workers.
  void read_journals();
  /// The same, but not again before twenty times as long as it took has passed.
  void read_journals_now_and_then();
  /// `schema` with what has come of the rule.
  sim::ResultSchema with_outcome(sim::ResultSchema schema) const;

 private:
  sim::ResultSchema const& schema_;
  std::filesystem::path parts_;
  sim::Manifest const& manifest_;
  std::unique_ptr<sim::Stopping> rule_;
  std::chrono::steady_clock::time_point not_before_{};
};

/// "look at 75 futures: 3 of 15 comparisons are narrow enough; widest: ...", a line.
std::string text_of_look(sim::ResultSchema const& schema, std::vector<sim::LookRow> const& rows);

/// What came of a settled rule: where treatments stopped and which targets were missed; a few lines, empty without a rule.
std::string text_of_outcome(sim::ResultSchema const& schema);

}  // namespace app
