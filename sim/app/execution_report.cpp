#include "sim/app/execution_report.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <limits>

namespace app {

namespace {

std::uint64_t peak_memory_bytes() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return static_cast<std::uint64_t>(used.ru_maxrss) * 1024;  // Linux counts in KiB
}

/// In the largest unit that leaves at least one: "60 s", "250 us".
std::string span_text(std::int64_t span_us) {
  struct Unit {
    std::int64_t us;
    char const* name;
  };
  for (Unit const unit : {Unit{86'400'000'000, "d"}, Unit{3'600'000'000, "h"}, Unit{1'000'000, "s"}, Unit{1'000, "ms"}}) {
    if (span_us >= unit.us) return fmt::format("{:.4g} {}", static_cast<double>(span_us) / static_cast<double>(unit.us), unit.name);
  }
  return fmt::format("{} us", span_us);
}

}  // namespace

sim::RunExecution execution_of(sim::WorkDone const& work, double wall_s) {
  sim::ExecutionStatistics const& how = work.execution;
  sim::RunExecution execution{.events = work.events,
                              .events_per_s = wall_s > 0 ? static_cast<double>(work.events) / wall_s : 0,
                              .handled = how.handled,
                              .windows = how.windows,
                              .windows_alone = how.windows_alone,
                              .meetings = how.meetings,
                              .waiting_s = how.waiting_s,
                              .rollbacks = how.rollbacks,
                              .rolled_back = how.rolled_back,
                              .anti_messages = how.anti_messages,
                              .gvt_rounds = how.gvt_rounds,
                              .efficiency = how.efficiency(),
                              .peak_memory_bytes = peak_memory_bytes(),
                              .ties = work.ties};
  if (work.shortest_delay.ticks != std::numeric_limits<std::int64_t>::max()) {
    execution.shortest_delay_us = work.shortest_delay.ticks;
  }
  return execution;
}

std::string text_of(sim::RunExecution const& e) {
  std::string text;
  if (e.windows > 0) {
    text += fmt::format("{} windows ({} by one worker), {} meetings, {:.2f} s in barriers, ", e.windows, e.windows_alone,
                        e.meetings, e.waiting_s);
  }
  if (e.rollbacks > 0) {
    text += fmt::format("{} rollbacks undid {} events (efficiency {:.1f} %), {} anti-messages, ", e.rollbacks,
                        e.rolled_back, 100 * e.efficiency, e.anti_messages);
  }
  if (e.gvt_rounds > 0) text += fmt::format("{} GVT rounds, ", e.gvt_rounds);
  text += fmt::format("{} ties, ", e.ties);
  if (e.shortest_delay_us) text += fmt::format("a lookahead of {} would do, ", span_text(*e.shortest_delay_us));
  return text + fmt::format("at most {:.0f} MB of memory", static_cast<double>(e.peak_memory_bytes) / 1e6);
}

}  // namespace app
