#include "analysis/report/rare_event.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "analysis/report/columns.hpp"
#include "analysis/report/words.hpp"
#include "sim/base/error.hpp"

namespace analysis {
namespace {

constexpr double least_share = 0.02;  // a level that fewer reach makes the estimate uneven

double sum(Arm const& arm) {
  double total = 0;
  for (double const value : arm.values)
    if (!std::isnan(value)) total += value;
  return total;
}

std::size_t runs_above_zero(Arm const& arm) {
  std::size_t n = 0;
  for (double const value : arm.values) n += value > 0 ? 1 : 0;
  return n;
}

std::string level_text(sim::RareEventInfo const& info, std::size_t k) { return fmt::format("{:g}", info.levels[k]); }

/// Of the first level that is badly placed.
std::string advice_of(sim::RareEventInfo const& info, std::vector<RareLevel> const& levels) {
  for (std::size_t k = 0; k < levels.size(); ++k) {
    std::string const what = "level " + level_text(info, k);
    std::string const where = k == 0 ? "lower the first level, or raise effort" : "add a level between " + level_text(info, k - 1) + " and " + level_text(info, k) + ", or raise effort";
    if (levels[k].probability.never_seen) return what + " was never reached (the bound is about what could have been missed): " + where;
    if (levels[k].share < least_share) return what + fmt::format(" was reached by {:.2g} % of the histories that started for it: ", 100 * levels[k].share) + where;
  }
  return "";
}

RareEvent event_of(sim::RareEventInfo const& info, Histories const& histories, std::vector<Cube> const& cubes, std::size_t treatment) {
  RareEvent event{.treatment = treatment};
  double before = 1, bound = 1, started = 0;
  for (std::size_t k = 0; k < info.levels.size(); ++k) {
    Arm const arm = histories.arm(cubes[k], treatment);
    RareLevel level{info.levels[k], rare_probability(arm)};
    Estimate& estimate = level.probability.estimate;
    started = info.effort * static_cast<double>(k == 0 ? moments(arm.values).n : runs_above_zero(histories.arm(cubes[k - 1], treatment)));
    if (before > 0) level.share = estimate.mean / before;
    if (level.probability.never_seen) {
      estimate.lo = 0;
      estimate.hi = started > 0 ? unseen_bound(bound, started) : bound;
    }
    bound = std::isnan(estimate.hi) ? 1 : estimate.hi;
    before = estimate.mean;
    event.levels.push_back(level);
  }
  std::size_t const levels = info.levels.size();
  event.crude_events_of_a_history = clustered_mean(histories.arm(cubes[levels], treatment)).mean;
  event.gain = splitting_gain(event.levels.back().probability, event.crude_events_of_a_history, sum(histories.arm(cubes[levels + 1], treatment)));
  event.advice = advice_of(info, event.levels);
  return event;
}

}  // namespace

std::vector<RareEvent> rare_events(ResultsSource const& source, Histories const& histories) {
  sim::ResultSchema const& schema = source.schema();
  if (!schema.rare_event.is_set()) return {};
  std::size_t const needed = schema.rare_event.levels.size() + 2;
  if (schema.responses.size() != needed)
    throw sim::Error(fmt::format("{} responses with a rare event of {} levels (there should be {}) the results are damaged: run the study again",
                                 schema.responses.size(), schema.rare_event.levels.size(), needed));
  std::vector<Cube> cubes;
  for (std::size_t r = 0; r < needed; ++r) cubes.push_back(std::move(read_columns(source, histories, {r, {}, {}}).nations.front()));
  std::vector<RareEvent> events;
  for (std::size_t t = 0; t < histories.points(); ++t) events.push_back(event_of(schema.rare_event, histories, cubes, t));
  return events;
}

std::string rare_event_sentence(sim::ResultSchema const& schema, RareEvent const& event) {
  sim::RareEventInfo const& info = schema.rare_event;
  auto const& [estimate, error, never_seen] = event.levels.back().probability;
  std::string const what = "that " + phrase(info.level) + (info.nation.empty() ? "" : " of " + info.nation) + " reaches " + level_text(info, info.levels.size() - 1) + " (" + schema.treatments[event.treatment].name + ")";
  if (std::isnan(estimate.mean)) return "Nothing is known of the probability " + what + ": no splitting run has finished.";
  if (never_seen) return "No splitting run has seen " + what + fmt::format(": its probability is probably below {:.3g}.", estimate.hi);
  std::string text = "The probability " + what + fmt::format(" is {:.3g}", estimate.mean);
  text += std::isnan(estimate.lo) ? " (a single run, no interval)" : fmt::format(" (95 % interval {:.3g} to {:.3g})", estimate.lo, estimate.hi);
  if (!std::isnan(event.gain.factor)) text += fmt::format("; crude sampling would need {:.3g} times the work for the same error", event.gain.factor);
  return text + ".";
}

std::string text_of(sim::ResultSchema const& schema, std::vector<RareEvent> const& events) {
  if (events.empty()) return "";
  sim::RareEventInfo const& info = schema.rare_event;
  std::string out = fmt::format("\nRare event: {}{} reaches {} {}, by splitting ({} histories from each level), 95 % intervals\n", phrase(info.level),
                                info.nation.empty() ? "" : " of " + info.nation, level_text(info, info.levels.size() - 1), info.unit, info.effort);
  for (RareEvent const& event : events) {
    out += "  " + schema.treatments[event.treatment].name + "\n";
    out += "  " + column("level", 10, true) + column("probability", 14, true) + "   " + column("interval", 26) + column("rel. error", 12, true) + column("share", 9, true) + "\n";
    for (RareLevel const& level : event.levels) {
      auto const& [estimate, error, never_seen] = level.probability;
      std::string const interval = std::isnan(estimate.lo) ? "-" : fmt::format("{:.3g} to {:.3g}", estimate.lo, estimate.hi);
      out += "  " + column(fmt::format("{:g}", level.level), 10, true) + column(never_seen ? "never seen" : std::isnan(estimate.mean) ? "unknown" : fmt::format("{:.4g}", estimate.mean), 14, true) + "   " +
             column(interval, 26) + column(std::isnan(error) ? "-" : fmt::format("{:.2f}", error), 12, true) +
             column(std::isnan(level.share) ? "-" : fmt::format("{:.3f}", level.share), 9, true) + "\n";
    }
    SplittingGain const& gain = event.gain;
    if (!std::isnan(gain.factor))
      out += fmt::format("  {:.3g} events; crude sampling would need about {:.3g} for the same error: {:.3g} times the work\n", gain.events, gain.crude_events, gain.factor);
    if (!event.advice.empty()) out += "  " + event.advice + "\n";
  }
  return out;
}

}  // namespace analysis
