// Runs a suite on every rank of an MPI run: all make the same calls, and the first failure anywhere ends all.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <iostream>

#include "sim/exec/distributed/mpi_session.hpp"

int main(int argc, char** argv) {
  sim::begin_ranks();
  int failed = 0;
  {
    Catch::Session session;
    session.configData().abortAfter = 1;
    failed = session.run(argc, argv);
  }
  std::cout << "rank " << sim::this_rank() << " of " << sim::rank_count() << (failed == 0 ? ": all passed" : ": FAILED") << std::endl;
  if (failed != 0) sim::abort_ranks(1);
  if (!sim::all_ranks_done(60)) sim::abort_ranks(1);
  sim::end_ranks();
  return 0;
}
