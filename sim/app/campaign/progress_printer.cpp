#include "sim/app/campaign/progress_printer.hpp"

#include "sim/app/console.hpp"

namespace app {

ProgressPrinter::ProgressPrinter(ProgressMode mode) : mode_(mode), wall_last_(WallClock::now()) {
  if (mode_ == ProgressMode::automatic) mode_ = stderr_is_terminal() ? ProgressMode::bar : ProgressMode::plain;
  wall_interval_ = mode_ == ProgressMode::bar ? std::chrono::milliseconds(100) : std::chrono::seconds(10);
}

void ProgressPrinter::update(sim::Progress const& progress) {
  if (mode_ == ProgressMode::none) return;
  auto const now = WallClock::now();
  if (now - wall_last_ < wall_interval_) return;
  wall_last_ = now;
  show(progress);
}

void ProgressPrinter::finish(sim::Progress const& progress) {
  if (mode_ == ProgressMode::none) return;
  show(progress);
  if (mode_ == ProgressMode::bar) complain("\n");
}

void ProgressPrinter::show(sim::Progress const& progress) {
  // Back to the line's start; after the text, erase what an earlier, longer text left there (ECMA-48, EL).
  if (mode_ == ProgressMode::bar) complain("\r" + sim::progress_bar(progress) + "\x1b[K");
  else complain(sim::progress_line(progress) + "\n");
}

}  // namespace app
