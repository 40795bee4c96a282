// When a campaign has enough: what its stopping rule watches, when it looks, and what came of every look.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sim {

/// A number that must be known well enough, for one response of one nation.
struct StoppingTarget {
  std::string response;
  std::string nation;             // ISO code; empty for a response of the world
  std::string statistic = "mean"; // or quantile, cvar, proportion
  double probability = 0.5;       // of a quantile
  double threshold = 0;           // of a proportion: histories with a value >= threshold [the response's unit]
  bool is_difference = true;      // of every treatment to the reference; else of every treatment by itself
  bool controls = false;          // a mean difference less what the study's control variates know to be chance
  double half_width = 0;          // wanted: in the response's unit, or a share of what `relative_to` names
  std::string relative_to;        // "", "estimate" or "reference" (the statistic in the reference treatment)
  friend bool operator==(StoppingTarget const&, StoppingTarget const&) = default;
};

/// What a look decided of one comparison.
enum class LookState : std::int32_t {
  open = 0,       // goes on
  reached = 1,    // narrow enough
  exhausted = 2,  // not narrow enough, but the maximum is done
};

/// One target of one treatment at one look.
struct LookRow {
  std::uint32_t look = 0;    // from 0
  std::uint32_t target = 0;  // index into StoppingInfo::targets
  std::uint32_t point = 0;   // treatment
  std::uint64_t n = 0;       // independent units behind the interval
  double estimate = 0;       // NaN where nothing is defined, like the next four
  double lo = 0, hi = 0;     // covers, at all looks together, with StoppingInfo::confidence
  double wanted = 0;         // largest half-width that is narrow enough [the response's unit]
  double needed = 0;         // counts that would probably do, by the square-root law
  LookState state = LookState::open;
  std::int32_t doubt = 0;    // why the interval is no reason to stop, however narrow: analysis::Doubt; 0: none
};

/// A stopping rule and its outcome.
struct StoppingInfo {
  std::string unit;                    // what looks count: "futures", or "replications" of every future; empty: no rule
  double confidence = 0.95;            // of all looks together
  double look_level = 0.95;            // of each look's interval by itself
  bool together = false;               // no treatment stops before all may
  std::vector<std::uint32_t> counts;   // at which it looks, ascending; the last one is the maximum
  std::vector<StoppingTarget> targets;
  std::vector<std::uint32_t> taken;    // [points] counts that belong to the results; empty until that is settled
  std::vector<LookRow> looks;          // in order of look, target, treatment

  bool is_rule() const { return !unit.empty(); }
  bool is_settled() const { return !taken.empty(); }
};

/// What a target watches, as "change of the mean in resilience_loss of JPN".
std::string name_of(StoppingTarget const& target);

/// The last look at each target of each treatment, in order of target, treatment.
std::vector<LookRow> last_looks(StoppingInfo const& stopping);

}  // namespace sim
