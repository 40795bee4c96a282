// What `run` and `merge` say when they end, and how they end.
#pragma once

#include <string>
#include <vector>

#include "sim/app/campaign/worker_place.hpp"
#include "sim/app/commands.hpp"
#include "sim/campaign/campaign.hpp"
#include "sim/io/consolidate.hpp"

namespace app {

/// The results file is there already: checks it and says so; the exit code is that of the command that has written it.
Exit say_already_complete(std::string const& out);
/// The results file has been written.
Exit say_results(std::string const& out, sim::ConsolidateReport const& report);
/// What this run did for it.
void say_work(RunOptions const& options, sim::CampaignSummary const& summary);
/// Of a study with a rare event: its probabilities, their intervals and the work, read from the results file.
void say_rare_event(std::string const& out, sim::ResultSchema const& schema);
/// The first failed or censored replications, with the commands that replay them.
void say_mishaps(std::vector<sim::Mishap> const& mishaps, std::string const& out);
/// Something is left to do: why, how much is kept, what continues.
Exit say_stopped(RunOptions const& options, sim::CampaignSummary const& summary);
/// This share is finished, others may not be.
Exit say_share_finished(RunOptions const& options, WorkerPlace const& place, sim::CampaignSummary const& summary);

}  // namespace app
