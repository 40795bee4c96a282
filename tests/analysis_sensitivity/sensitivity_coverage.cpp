// Prints how often the intervals of the sensitivity indices cover the truth, for the table in docs/methods/sensitivity.md.
// Arguments: repetitions, part of a name (default all).
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/analysis_sensitivity/interval_studies.hpp"

int main(int argc, char** argv) {
  auto const repetitions = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 1000);
  auto studies = interval_studies::promised();
  for (auto const& study : interval_studies::all()) studies.push_back(study);
  for (auto const& study : studies) {
    if (argc > 2 && std::string(study.name).find(argv[2]) == std::string::npos) continue;
    auto const c = study.run(repetitions);
    std::printf("%-44s %6.1f %%  truth %9.5f  mean %9.5f  mean half-width %8.5f\n", study.name, 100 * c.covered, c.truth, c.mean, c.half_width);
  }
}
