// Measures one engine on one load for `bench suite`.
#pragma once

#include <string>

#include "models/phold/bench.hpp"

namespace app {

/// What one run gave.
struct SuiteSpeed {
  double events = 0, seconds = 0;
  std::uint64_t digest = 0;  // 0 for engines without one
  std::string missing;       // why the engine could not run; then the rest is 0
  double events_per_second() const { return missing.empty() ? events / seconds : 0; }
};

/// `engine`: an executor, "yardstick" or "bound". The distributed executor is run by mpirun on `threads` ranks, all others in this
/// process on so many threads.
SuiteSpeed measure_engine(std::string const& engine, unsigned threads, phold::BenchOptions const& load);

/// Memory of a world and its executor, beyond the model's parameters and state [bytes].
struct SuiteMemory {
  double per_lp = 0, per_pending_event = 0;
};

/// Of `executor` on one thread with `lps` LPs, from the resident size of processes of their own.
SuiteMemory measure_memory(std::string const& executor, std::uint32_t lps);

/// While it lives, a process of its own keeps one core busy; it ends with this one, however that ends.
class BusyProcess {
 public:
  BusyProcess();
  ~BusyProcess();
  BusyProcess(BusyProcess const&) = delete;
  BusyProcess& operator=(BusyProcess const&) = delete;

 private:
  int pid_ = -1;
};

}  // namespace app
