// What a build without MPI has in place of mpi_session.cpp, ranks.cpp and distributed.cpp: one process, and a clear error.
#include "sim/base/error.hpp"
#include "sim/exec/distributed/distributed.hpp"
#include "sim/exec/distributed/launched_ranks.hpp"
#include "sim/exec/distributed/mpi_session.hpp"

namespace sim {

namespace {

[[noreturn]] void refuse_without_mpi() {
  throw Error("the distributed executor is not in this build (it was configured without MPI) install libopenmpi-dev and "
              "openmpi-bin, then configure and build again; or choose another executor");
}

}  // namespace

bool built_with_mpi() { return false; }

unsigned launched_ranks() { return launched_ranks_by_environment(); }

void begin_ranks() { refuse_without_mpi(); }

unsigned this_rank() { return 0; }

unsigned rank_count() { return 1; }

int greatest_of_ranks(int own) { return own; }

void take_from_first_rank(std::vector<std::byte>&) {}

bool all_ranks_done(double) { return true; }

void end_ranks() {}

void abort_ranks(int) {}

std::unique_ptr<Executor> make_distributed() { refuse_without_mpi(); }

}  // namespace sim
