#include "sim/exec/distributed/mpi_session.hpp"

#include <mpi.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <thread>

#include "sim/exec/distributed/launched_ranks.hpp"

namespace sim {

namespace {

constexpr int tag_done = 8, tag_all_done = 9;  // beside the tags of Ranks

bool is_running() {
  int begun = 0, ended = 0;
  MPI_Initialized(&begun);
  MPI_Finalized(&ended);
  return begun != 0 && ended == 0;
}

/// True once `count` messages with that tag have come; takes them.
bool have_come(unsigned& count, int tag) {
  int there = 1;
  while (count > 0) {
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &there, &status);
    if (there == 0) return false;
    MPI_Recv(nullptr, 0, MPI_BYTE, status.MPI_SOURCE, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    --count;
  }
  return true;
}

void tell(unsigned rank, int tag) {
  MPI_Request sending;
  MPI_Isend(nullptr, 0, MPI_BYTE, static_cast<int>(rank), tag, MPI_COMM_WORLD, &sending);
  MPI_Request_free(&sending);
}

}  // namespace

bool built_with_mpi() { return true; }

unsigned launched_ranks() { return launched_ranks_by_environment(); }

void begin_ranks() {
  int begun = 0, provided = 0;
  MPI_Initialized(&begun);
  if (begun != 0) return;
  if (launched_ranks_here() > ::sysconf(_SC_NPROCESSORS_ONLN)) ::setenv("OMPI_MCA_mpi_yield_when_idle", "1", 0);
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
}

unsigned this_rank() {
  int rank = 0;
  if (is_running()) MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return static_cast<unsigned>(rank);
}

unsigned rank_count() {
  int count = 1;
  if (is_running()) MPI_Comm_size(MPI_COMM_WORLD, &count);
  return static_cast<unsigned>(count);
}

int greatest_of_ranks(int own) {
  int greatest = own;
  if (rank_count() > 1) MPI_Allreduce(&own, &greatest, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  return greatest;
}

void take_from_first_rank(std::vector<std::byte>& bytes) {
  constexpr std::size_t chunk_max = std::size_t{1} << 30;
  std::uint64_t size = bytes.size();
  MPI_Bcast(&size, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
  bytes.resize(size);
  for (std::size_t at = 0; at < size; at += chunk_max) {
    MPI_Bcast(bytes.data() + at, static_cast<int>(size - at < chunk_max ? size - at : chunk_max), MPI_BYTE, 0, MPI_COMM_WORLD);
  }
}

bool all_ranks_done(double wait_s) {
  using Clock = std::chrono::steady_clock;
  unsigned const count = rank_count();
  if (count == 1) return true;
  bool const is_first = this_rank() == 0;
  unsigned expected = is_first ? count - 1 : 1;
  if (!is_first) tell(0, tag_done);
  auto const wall_begin = Clock::now();
  while (!have_come(expected, is_first ? tag_done : tag_all_done)) {
    if (wait_s >= 0 && std::chrono::duration<double>(Clock::now() - wall_begin).count() > wait_s) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  for (unsigned rank = 1; is_first && rank < count; ++rank) tell(rank, tag_all_done);
  return true;
}

void end_ranks() {
  if (is_running()) MPI_Finalize();
}

void abort_ranks(int exit_code) { MPI_Abort(MPI_COMM_WORLD, exit_code); }

}  // namespace sim
