#include "sim/app/design/design_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/estimators/watched.hpp"
#include "sim/app/design/design_csv.hpp"
#include "sim/app/design/quantities.hpp"

namespace app {

namespace {

constexpr std::size_t treatments_shown = 64;

std::string counted(double count, std::string const& what) { return fmt::format("{:.0f} {}{}", count, what, count == 1 ? "" : "s"); }

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string lever_words(sim::StudyLever const& lever) {
  auto const& first = lever.levels.front();
  std::string text = lever.name + ": " + first.nation + (first.nation.empty() ? "" : ", ") + first.organisation + (first.organisation.empty() ? "" : ", ") + first.action;
  if (!lever.within.empty()) text += ", within " + lever.within;
  text += lever.levels.size() == 1 ? ";" : fmt::format("; {} levels:", lever.levels.size());
  for (std::size_t l = 0; l < lever.levels.size() && l < 12; ++l) {
    auto const& level = lever.levels[l];
    text += (lever.levels.size() == 1 ? " " : fmt::format(" {} =", l + 1) + " ") + (level.status.empty() ? "" : level.status + " ") + "from " + to_string(level.from) +
            (level.to == sim::never ? "" : " to " + to_string(level.to)) + (l + 1 < lever.levels.size() ? "," : "");
  }
  return text + (lever.levels.size() > 12 ? " ..." : "");
}

/// A table of treatments with the level of each lever.
std::string treatment_table(sim::Study const& study) {
  std::size_t width = 9;
  for (auto const& treatment : study.treatments) width = std::max(width, std::min<std::size_t>(treatment.name.size(), 48));
  std::string heads;
  for (auto const& lever : study.levers) heads += "  " + lever.name;
  std::string text = fmt::format("  {:>5}  {:<{}}{}\n", "point", "treatment", width, study.levers.size() <= 12 ? heads : "  levels");
  for (std::size_t t = 0; t < study.treatments.size() && t < treatments_shown; ++t) {
    auto const& treatment = study.treatments[t];
    std::string row = fmt::format("  {:>5}  {:<{}}", t, treatment.name, width);
    auto const levels = levels_of(study, treatment);
    for (std::size_t i = 0; i < levels.size() && study.levers.size() <= 12; ++i) row += fmt::format("  {:>{}}", levels[i], study.levers[i].name.size());
    if (study.levers.size() > 12)
      for (int const level : levels) row += " " + std::to_string(level);
    text += row + (treatment.name == study.reference ? "  (reference)" : "") + "\n";
  }
  if (study.treatments.size() > treatments_shown) text += fmt::format("  ... and {} more; --csv FILE lists them all\n", study.treatments.size() - treatments_shown);
  return text;
}

template <class Words>
std::string range_text(Range const& r, Words words) {
  return fmt::format("{} ({} to {})", words(r.middle), words(r.low), words(r.high));
}

std::string core_hours(double seconds) { return seconds / 3600 < 99.5 ? fmt::format("{:.2g}", seconds / 3600) : fmt::format("{:.0f}", seconds / 3600); }

std::string pilot_text(PilotRun const& pilot, CampaignPlan const& plan, std::optional<CampaignEstimate> const& e) {
  std::string text = fmt::format("pilot:      {} of {} in {}, {} at a time{}{}\n", pilot.histories.size() == 1 ? std::string("1 history") : fmt::format("{} histories", pilot.histories.size()),
                                 counted(plan.treatments, "treatment"), seconds_text(pilot.wall_seconds), pilot.jobs, pilot.extrapolated > 0 ? fmt::format("; {} of them cut short", pilot.extrapolated) : "",
                                 pilot.interrupted ? "; stopped by a signal" : "");
  if (pilot.partial_replications > 0)
    text += fmt::format("            and {} of which only the first treatment was run: what the others cost is a guess\n", pilot.partial_replications == 1 ? "1 history" : fmt::format("{} histories", pilot.partial_replications));
  if (pilot.failed > 0) text += fmt::format("            {} FAILED or were censored: {}\n", counted(static_cast<double>(pilot.failed), "replication"), pilot.first_failure);
  if (!e) return text + "            nothing finished, so nothing is known of the cost\n";
  text += fmt::format("            a replication takes {} of a core (median over histories; half of them {} to {}), a future {} to prepare\n", seconds_text(e->replication_seconds.middle),
                      seconds_text(e->replication_seconds.low), seconds_text(e->replication_seconds.high), seconds_text(e->setup_seconds));
  return text + fmt::format("            {} in the journal, {} in the results file; {} of memory per worker\n", bytes_text(e->journal_bytes), bytes_text(pilot.results_bytes),
                            bytes_text(pilot.worker_memory));
}

std::string foresight_text(DesignReport const& report) {
  auto const& rule = report.study.stopping;
  std::string text;
  if (rule.is_rule() && report.foresight.empty()) return "stopping:   a pilot of one replication a future cannot foretell how many replications of several futures will do\n";
  if (rule.is_rule() && rule.unit == "futures" && report.study.replications > 1) text += "stopping:   judged from one replication a future; several take fewer futures\n";
  for (auto const& [row, range, is_known, is_out_of_reach] : report.foresight) {
    std::string will = !is_known ? "the pilot is too short to foretell it"
                                       : fmt::format("about {:.3g} {} ({} to {}) will do, of at most {}{}", row.needed, rule.unit, range.lo, range.hi, rule.counts.back(),
                                                     is_out_of_reach ? ": OUT OF REACH" : "");
    bool const is_doubtful = row.doubt == static_cast<int>(analysis::Doubt::equal_values) || row.doubt == static_cast<int>(analysis::Doubt::skewed);
    if (is_doubtful) will += fmt::format("; but it may go on: {} in the pilot", analysis::words_of(static_cast<analysis::Doubt>(row.doubt)));
    text += fmt::format("{}{}, {}, +-{:.3g}: {}\n", text.empty() ? "stopping:   " : "            ", report.study.treatments[row.point].name, sim::name_of(rule.targets[row.target]), row.wanted, will);
  }
  return text;
}

std::string estimate_text(DesignReport const& report) {
  auto const& e = *report.estimate;
  std::string text = fmt::format("core hours: {}, or {}\nwall time:  {} on this machine with {}\n", range_text(e.core_seconds, core_hours), seconds_text(e.core_seconds.middle), range_text(e.wall_seconds, seconds_text), counted(report.plan.jobs, "job"));
  if (report.plan.tasks > 1)
    text += fmt::format("            {} with {} tasks of {}, a core for each job\n", range_text(e.wall_seconds_of_tasks, seconds_text), report.plan.tasks, counted(report.plan.jobs, "job"));
  text += fmt::format("disk:       {} while it runs, {} at the end{}\n", range_text(e.disk_running, bytes_text), range_text(e.disk_end, bytes_text),
                      report.free_disk > 0 ? "; free here: " + bytes_text(report.free_disk) : "");
  text += fmt::format("memory:     {}{}{}\n", range_text(e.memory, bytes_text), report.plan.tasks > 1 ? " for each task" : "",
                      report.free_memory > 0 ? "; can be had: " + bytes_text(report.free_memory) : "");
  if (report.study.stopping.is_rule()) text += "            all this at most: the stopping rule may end it sooner\n";
  text += foresight_text(report);
  for (auto const& shortage : report.shortages) text += "WARNING:    " + shortage + "\n";
  return text;
}

}  // namespace

std::string sampling_text(sim::Study const& study) {
  return study.sampling.is_default() ? "drawn at random, each factor by itself" : sim::sampling_summary(study);
}

std::string design_text(DesignReport const& report) {
  auto const& study = report.study;
  auto const& plan = report.plan;
  std::string text = fmt::format("{}: {} x {} x {} = {}\n", study.name, counted(plan.treatments, "treatment"), counted(plan.futures, "future"),
                                 counted(plan.replications, "replication"), counted(plan.runs(), "replication"));
  text += fmt::format("design:     {}, reference {}\n", spaced(study.design.type), study.reference);
  for (auto const& condition : study.design.where) text += "where:      " + condition + "\n";
  for (auto const& note : study.design.notes) text += "note:       " + note + "\n";
  for (auto const& lever : study.levers) text += "lever:      " + lever_words(lever) + "\n";
  text += treatment_table(study);
  text += fmt::format("futures:    {}, {}; shared by all treatments\n", plan.futures, sampling_text(study));
  if (report.pilot) text += pilot_text(*report.pilot, plan, report.estimate);
  if (report.estimate) text += estimate_text(report);
  return text;
}

}  // namespace app
