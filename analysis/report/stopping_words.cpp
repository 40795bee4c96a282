#include "analysis/report/stopping_words.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/watched.hpp"
#include "analysis/report/words.hpp"

namespace analysis {

namespace {

std::string state_words(sim::LookRow const& row, sim::StoppingInfo const& rule) {
  switch (row.state) {
    case sim::LookState::reached: return "reached";
    case sim::LookState::open: return row.doubt != 0 ? "goes on: " + std::string(words_of(static_cast<Doubt>(row.doubt))) : "not reached yet";
    case sim::LookState::exhausted: break;
  }
  if (row.doubt != 0) return "NOT reached: " + std::string(words_of(static_cast<Doubt>(row.doubt)));
  std::string const needed = std::isfinite(row.needed) ? "; about " + number(row.needed) + " " + rule.unit + " would do" : "";
  return "NOT reached within " + number(rule.counts.back()) + " " + rule.unit + needed;
}

}  // namespace

std::string stopping_line(sim::ResultSchema const& schema, sim::LookRow const& row) {
  auto const& rule = schema.stopping;
  return schema.treatments[row.point].name + ", " + number(rule.counts[row.look]) + " " + rule.unit + ": " + sim::name_of(rule.targets[row.target]) + " " +
         signed_number(row.estimate) + " (" + range(row.lo, row.hi) + "), wanted +-" + number(row.wanted) + ": " + state_words(row, rule);
}

std::string stopping_caveat(sim::ResultSchema const& schema) {
  auto const& rule = schema.stopping;
  if (!rule.is_rule()) return "";
  auto const last = sim::last_looks(rule);
  auto const missed = std::count_if(last.begin(), last.end(), [](auto const& row) { return row.state == sim::LookState::exhausted; });
  std::string text = "How many " + rule.unit + " each treatment has was decided by a stopping rule that looked at the results up to " + count_of(rule.counts.size(), "time", "times") +
                     "; its own intervals allow for that, and all others here are as wide as if the counts had been fixed beforehand.";
  if (missed > 0) text += " " + count_of(static_cast<std::size_t>(missed), "target was", "targets were") + " not reached within the maximum.";
  if (!rule.is_settled()) text += " The campaign is not finished: the rule has not decided yet.";
  return text;
}

}  // namespace analysis
