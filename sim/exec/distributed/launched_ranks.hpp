// What the launcher of an MPI run says in the environment, read without MPI.
#pragma once

#include <cstdlib>

namespace sim {

/// The number in the first of these variables that is set; 1 if none is.
template <class... Names>
unsigned number_in_environment(Names... names) {
  for (char const* const name : {names...}) {
    char const* const text = std::getenv(name);
    long const number = text == nullptr ? 0 : std::strtol(text, nullptr, 10);
    if (number > 0) return static_cast<unsigned>(number);
  }
  return 1;
}

/// All ranks: Open MPI's mpirun, or launchers that speak PMI (MPICH, Slurm).
inline unsigned launched_ranks_by_environment() { return number_in_environment("OMPI_COMM_WORLD_SIZE", "PMI_SIZE"); }

/// Those on this machine.
inline unsigned launched_ranks_here() { return number_in_environment("OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS"); }

}  // namespace sim
