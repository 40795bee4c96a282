// Makes a directory as a loss of power may leave it: crash_directory TRACE ROOT MOMENT SEED TARGET. TRACE was written by
// the shim while a program changed the directory ROOT, which was empty before; MOMENT is a share of all calls, 0 to 1.
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "tests/faults/crash_state.hpp"

int main(int argc, char** argv) {
  if (argc != 6) return 64;
  try {
    auto const events = faults::read_trace(argv[1], argv[2]);
    auto const seed = std::strtoull(argv[4], nullptr, 10);
    faults::Crash crash;
    crash.moment = static_cast<std::size_t>(std::atof(argv[3]) * static_cast<double>(events.size()));
    crash.page_survival = seed % 3 == 0 ? 0 : seed % 3 == 1 ? 0.5 : 0.9;
    crash.order = seed % 2 == 0 ? faults::NameOrder::as_made : faults::NameOrder::any;
    crash.seed = seed;
    faults::write_tree(argv[5], faults::crash_state({}, events, crash));
    std::printf("%zu calls\n", events.size());
    return 0;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
