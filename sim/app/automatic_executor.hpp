// `--executor auto`: looks at a world and at the machine, and says what was chosen and why.
#pragma once

#include <cstdint>

#include "sim/app/commands.hpp"
#include "sim/campaign/scenario.hpp"
#include "sim/exec/executor_choice.hpp"

namespace app {

/// The name that stands for a choice.
inline constexpr char const* automatic = "auto";

/// Cores that this process may use and that nothing else keeps busy, at least one.
unsigned free_cores();

/// What runs a world, and why.
struct Pilot {
  sim::World& world;              // not started; spent afterwards
  sim::RowSink& rows;
  sim::Time start, end;
};

/// Runs the beginning of a history to see how many events its windows hold, and chooses an executor of at most `threads`
/// threads for worlds like it; 0: as many as free_cores(). No result depends on it.
sim::ExecutorChoice choose_for(Pilot const& pilot, unsigned threads);
/// The same with the scenario's first history.
sim::ExecutorChoice choose_for(sim::Scenario const& scenario, unsigned threads);

/// Throws Error if the study has a rare event and `executor` cannot stop at the very event that reaches a level.
void require_splitting(sim::ResultSchema const& schema, std::string const& executor);

/// "conservative, 2 threads (windows of ...)".
std::string text_of(sim::ExecutorChoice const& choice);

/// Replaces "auto" by a choice, and what `options` leaves open (0) of jobs and threads, for a campaign with so many
/// replications left on one rank. Says what it chose on standard error; the reason is kept in `options`.
void settle(RunOptions& options, sim::Scenario const& scenario, std::uint64_t replications_left);

}  // namespace app
