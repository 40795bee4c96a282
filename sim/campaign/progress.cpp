#include "sim/campaign/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sim {

double branching_gain(Progress const& progress) {
  return progress.events_simulated > 0 ? progress.events / progress.events_simulated : 1;
}

double wall_seconds_left(Progress const& progress) {
  std::uint64_t const in_this_run = progress.finished() - progress.finished_before;
  if (in_this_run == 0) return -1;
  double const left = static_cast<double>(progress.planned - progress.finished());
  return progress.wall_seconds / static_cast<double>(in_this_run) * left;
}

std::string wall_time_text(double wall_seconds) {
  auto const seconds = static_cast<std::int64_t>(std::llround(std::max(0.0, wall_seconds)));
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 3600) return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
  return fmt::format("{} h {:02} min", seconds / 3600, seconds / 60 % 60);
}

std::string progress_line(Progress const& progress) {
  auto const finished = static_cast<double>(progress.finished());
  double const share = progress.planned == 0 ? 100 : 100 * finished / static_cast<double>(progress.planned);
  std::string line = fmt::format("{}/{} replications ({:.1f} %)", progress.finished(), progress.planned, share);
  if (auto const failed = progress.failed_before + progress.failed; failed > 0) line += fmt::format(", {} failed", failed);
  if (auto const censored = progress.censored_before + progress.censored; censored > 0)
    line += fmt::format(", {} censored", censored);
  double const left = wall_seconds_left(progress);
  if (left < 0) return line;
  auto const in_this_run = static_cast<double>(progress.finished() - progress.finished_before);
  if (progress.wall_seconds > 0) line += fmt::format(", {:.3g} /s", in_this_run / progress.wall_seconds);
  return line + fmt::format(", {} left", wall_time_text(left));
}

std::string progress_bar(Progress const& progress) {
  constexpr std::uint64_t width = 20;
  std::uint64_t const filled = progress.planned == 0 ? width : width * progress.finished() / progress.planned;
  return "[" + std::string(filled, '#') + std::string(width - filled, ' ') + "] " + progress_line(progress);
}

}  // namespace sim
