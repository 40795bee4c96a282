#include "sim/exec/executor_choice.hpp"

#include <algorithm>
#include <cstdio>

namespace sim {

namespace {

/// Three digits, more where there are more before the point.
std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, value < 100 ? "%.3g" : "%.0f", value);
  return text;
}

/// "windows of 60 s hold 0.9 events".
std::string windows_text(ExecutorQuestion const& question) {
  auto const us = static_cast<double>(question.lookahead.ticks);
  std::string const span = us < 1e3 ? number(us) + " us" : us < 1e6 ? number(us / 1e3) + " ms" : number(us / 1e6) + " s";
  return "windows of " + span + " hold " + number(question.events_per_window) + " events";
}

}  // namespace

ExecutorChoice choose_executor(ExecutorQuestion const& question) {
  double const events = question.events_per_window;
  std::string const windows = windows_text(question);
  auto const workers = [&](double events_between_meetings, std::uint32_t parts) {
    auto const most = static_cast<double>(std::min({question.threads, question.lps, parts}));
    return static_cast<unsigned>(std::max(1.0, std::min(events_between_meetings / events_worth_a_worker, most)));
  };
  unsigned const threads = workers(events, question.lps);
  unsigned const far_threads = question.regions > 1 ? workers(events * question.windows_apart, question.regions) : 1;
  if (far_threads > threads) {
    return {"conservative", far_threads, windows + ", and regions lie " + number(question.windows_apart) + " of them apart: enough for each thread"};
  }
  if (!(events >= window_worth_batching)) {
    return {"sequential", 1, windows + (events < 10 ? ": threads would only wait" : ": too few to batch or to share")};
  }
  if (threads > 1) return {"conservative", threads, windows + ": enough for each thread"};
  if (question.threads <= 1) return {"conservative", 1, windows + ": enough to batch, and one core is free for it"};
  return {"conservative", 1, windows + ": enough to batch, too few to share"};
}

}  // namespace sim
