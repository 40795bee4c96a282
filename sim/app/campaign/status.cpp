#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/app/campaign/campaign_status.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/campaign/progress.hpp"

namespace app {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json to_json(CampaignStatus const& status) {
  Json workers = Json::array();
  for (WorkerStatus const& worker : status.workers) {
    workers.push_back({{"journal", worker.journal}, {"at_work", worker.at_work}, {"host", worker.host}, {"sessions", worker.sessions},
                       {"done", worker.done}, {"failed", worker.failed}, {"censored", worker.censored}});
  }
  Json j = {{"format_version", 1},
            {"out", status.out},
            {"state", name_of(status.state)},
            {"study", status.study},
            {"build", status.build},
            {"planned", status.planned},
            {"done", status.counts.done},
            {"failed", status.counts.failed},
            {"censored", status.counts.censored},
            {"left", status.left()},
            {"fewest_of_a_treatment", status.fewest},
            {"most_of_a_treatment", status.most},
            {"duplicates", status.duplicates},
            {"damaged_bytes", status.damaged_bytes},
            {"interruptions", status.interruptions},
            {"worker_seconds_per_replication", nullptr},
            {"wall_seconds_left", nullptr},
            {"stopping", nullptr},
            {"notes", status.notes},
            {"workers", workers}};
  if (status.seconds_each > 0) j["worker_seconds_per_replication"] = status.seconds_each;
  if (auto const left = status.wall_seconds_left()) j["wall_seconds_left"] = *left;
  if (status.has_rule) {
    Json looks = Json::array();
    for (auto const& row : status.looks)
      looks.push_back({{"look", row.look}, {"target", row.target}, {"point", row.point}, {"estimate", number(row.estimate)}, {"lo", number(row.lo)},
                       {"hi", number(row.hi)}, {"wanted_half_width", number(row.wanted)}, {"count_needed", number(row.needed)}, {"state", static_cast<int>(row.state)}});
    j["stopping"] = {{"last_looks", looks}};
  }
  return j;
}

std::string as_text(CampaignStatus const& status) {
  std::string text = fmt::format("campaign:  {} ({})\nstudy:     {}, build {}\n"
                                 "planned {}, done {}, failed {}, censored {}, left {}\n",
                                 status.out, name_of(status.state), status.study, status.build, status.planned, status.counts.done,
                                 status.counts.failed, status.counts.censored, status.left());
  if (status.has_rule) text += "stopping rule, last looks:\n" + (status.looks_text.empty() ? "  none yet\n" : status.looks_text);
  if (status.state == CampaignState::complete) return text;
  text += fmt::format("treatments: each has {} to {} replications\n", status.fewest, status.most);
  if (status.state == CampaignState::partial) return text;
  if (status.seconds_each > 0) text += fmt::format("pace:      {:.3g} s of a worker for each replication\n", status.seconds_each);
  if (auto const left = status.wall_seconds_left())
    text += fmt::format("left:      about {} with the {} workers that are at it\n", sim::wall_time_text(*left), status.at_work());
  text += fmt::format("workers:   {}, of which {} at work; {} interruptions\n", status.workers.size(), status.at_work(), status.interruptions);
  constexpr std::size_t shown = 20;
  for (std::size_t i = 0; i < std::min(shown, status.workers.size()); ++i) {
    WorkerStatus const& worker = status.workers[i];
    text += fmt::format("  {:<24} {:>9} done{}{}{}\n", worker.journal, worker.done,
                        worker.failed > 0 ? fmt::format(", {} failed", worker.failed) : "",
                        worker.censored > 0 ? fmt::format(", {} censored", worker.censored) : "",
                        worker.at_work ? ", at work on " + worker.host : "");
  }
  if (status.workers.size() > shown) text += fmt::format("  and {} more (--json lists them all)\n", status.workers.size() - shown);
  if (status.duplicates > 0) text += fmt::format("{} replications are there twice, with the same bytes\n", status.duplicates);
  for (std::string const& note : status.notes) text += note + "\n";
  return text;
}

}  // namespace

Exit status(StatusOptions const& options) {
  CampaignStatus const found = status_of(options.out);
  print(options.json ? to_json(found).dump(2, ' ', false, Json::error_handler_t::replace) + "\n" : as_text(found));
  return found.state == CampaignState::complete ? Exit::done : Exit::stopped_early;
}

}  // namespace app
