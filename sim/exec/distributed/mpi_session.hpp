// This process's part in an MPI run: how it begins, what the ranks agree on, how it ends.
#pragma once

#include <cstddef>
#include <vector>

namespace sim {

/// True if the program was built with MPI.
bool built_with_mpi();

/// Ranks that mpirun (or another launcher that says so in the environment) has started; 1 without one. Needs no MPI.
unsigned launched_ranks();

/// Begins MPI unless it has begun. Throws Error if the program was built without. Ranks that share cores with others
/// give them away while they wait.
void begin_ranks();

/// This process's number and that of all; 0 and 1 before begin_ranks and after the end.
unsigned this_rank();
unsigned rank_count();

/// The greatest of what all ranks give; all call it.
int greatest_of_ranks(int own);

/// Makes `bytes` the same on all ranks, those of the first; all call it.
void take_from_first_rank(std::vector<std::byte>& bytes);

/// Says that this rank's work is done and waits for the others, without using the core, at most `wait_s` [s]; forever if
/// negative. False if others are still at work then; true at once before begin_ranks.
bool all_ranks_done(double wait_s);

/// Ends MPI if it has begun; all ranks are done.
void end_ranks();

/// Ends all ranks, wherever they are, with this exit code.
void abort_ranks(int exit_code);

}  // namespace sim
