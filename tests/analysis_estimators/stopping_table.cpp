// Prints the table of docs/methods/stopping.md; arguments: campaigns (1,000) and a part of the settings' names (all).
#include <cstdio>
#include <cstdlib>

#include "stopped_campaigns.hpp"

int main(int argc, char** argv) {
  int const campaigns = argc > 1 ? std::atoi(argv[1]) : 1000;
  std::string const part = argc > 2 ? argv[2] : "";
  std::printf(
      "| watched | target | maximum | level of a look | covers at the stop | at every look | target met | half-width | "
      "futures | unadjusted: at the stop | at every look | futures |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (auto const& s : stopped::settings()) {
    if (s.name.find(part) == std::string::npos) continue;
    auto const rule = stopped::honest(s);
    auto const honest = stopped::run(s, rule, campaigns, 1);
    auto const naive = stopped::run(s, {0.95, false}, campaigns, 1);
    std::printf("| %s | %.3g%s | %zu | %.4f ", s.name.c_str(), s.relative ? 100 * s.target : s.target,
                s.relative ? " %" : "", s.maximum, rule.level);
    std::printf("| %.1f | %.1f | %.1f | %.3g | %.0f ", 100 * honest.at_stop, 100 * honest.at_every_look,
                100 * honest.reached, honest.mean_half_width, honest.mean_count);
    std::printf("| %.1f | %.1f | %.0f |\n", 100 * naive.at_stop, 100 * naive.at_every_look, naive.mean_count);
    std::fflush(stdout);
  }
}
