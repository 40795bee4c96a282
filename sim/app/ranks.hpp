// The program on several MPI ranks: who speaks, and how all come to an end.
#pragma once

#include <string>
#include <string_view>

#include "sim/app/commands.hpp"

namespace app {

/// Begins MPI for the distributed executor. Throws sim::Error if mpirun has started several ranks for anything else,
/// which each of them would do for itself.
void join_ranks(std::string_view executor);

/// Begins MPI if mpirun has started several ranks, for a command that shares its work out among them.
void join_launched_ranks();

/// The end of the process: the first rank says `words` (if any) on standard error, and all ranks end together. If others
/// are still at work after an error they are ended too, and whoever has failed says why. The exit code.
int end_with_ranks(Exit code, std::string const& words);

}  // namespace app
