// What a run leaves in its journal: the replications, and when and how this process worked at them.
#pragma once

#include <string>

#include "sim/app/commands.hpp"
#include "sim/campaign/campaign.hpp"
#include "sim/campaign/sink.hpp"
#include "sim/campaign/stopping.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/journal.hpp"
#include "sim/io/run_info.hpp"

namespace app {

class JournalSink final : public sim::RecordSink {
 public:
  /// `rule` is shown what has been kept; it may be null.
  explicit JournalSink(sim::Journal& journal, sim::Stopping* rule = nullptr) : journal_(journal), rule_(rule) {}
  void append(sim::ReplicationRecord&& record) override {
    journal_.append(record);
    if (rule_ != nullptr) rule_->observe(record);
  }

 private:
  sim::Journal& journal_;
  sim::Stopping* rule_;
};

/// One session of a worker: noted in the journal when it begins and when it ends.
class SessionNotes {
 public:
  SessionNotes(sim::Journal& journal, RunOptions const& options, std::string const& worker);
  /// `how` is "finished", "interrupted" or "error: ...". A journal that refuses it is left as it is.
  void end(sim::CampaignSummary const& summary, std::string const& how);

 private:
  sim::Journal& journal_;
  sim::RunSession session_;
};

/// Writes OUT.h5.run.json from what the journals tell.
void write_run_info_of(sim::ConsolidateReport const& report, std::string const& out);

}  // namespace app
