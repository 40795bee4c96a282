#include "sim/exec/distributed/batch_exchange.hpp"

#include <mpi.h>

#include <chrono>
#include <thread>

#include "sim/exec/distributed/mpi_session.hpp"

namespace sim {

namespace {

constexpr int tag_ask = 10, tag_answer = 11;  // beside the tags of Ranks and of mpi_session
constexpr auto wall_glance = std::chrono::milliseconds(1);

void send(void const* data, std::size_t bytes, int rank, int tag) {
  MPI_Send(data, static_cast<int>(bytes), MPI_BYTE, rank, tag, MPI_COMM_WORLD);
}

// Waits without using the core, which the rank's own workers need.
MPI_Status wait_for(int rank, int tag) {
  for (;;) {
    int there = 0;
    MPI_Status status;
    MPI_Iprobe(rank, tag, MPI_COMM_WORLD, &there, &status);
    if (there != 0) return status;
    std::this_thread::sleep_for(wall_glance);
  }
}

}  // namespace

std::vector<ReplicationKey> ask_for_batch(BatchReport const& report) {
  send(&report, sizeof report, 0, tag_ask);
  MPI_Status const status = wait_for(0, tag_answer);
  int bytes = 0;
  MPI_Get_count(&status, MPI_BYTE, &bytes);
  std::vector<ReplicationKey> batch(static_cast<std::size_t>(bytes) / sizeof(ReplicationKey));
  MPI_Recv(batch.data(), bytes, MPI_BYTE, 0, tag_answer, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  return batch;
}

void report_last(BatchReport report) {
  report.is_last = 1;
  send(&report, sizeof report, 0, tag_ask);
}

void serve_batches(std::function<std::vector<ReplicationKey>(unsigned, BatchReport const&)> const& give,
                   std::atomic<bool> const& abandoned) {
  unsigned at_work = rank_count() - 1;
  while (at_work > 0 && !abandoned) {
    int there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, tag_ask, MPI_COMM_WORLD, &there, &status);
    if (there == 0) {
      std::this_thread::sleep_for(wall_glance);
      continue;
    }
    BatchReport report;
    MPI_Recv(&report, sizeof report, MPI_BYTE, status.MPI_SOURCE, tag_ask, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    std::vector<ReplicationKey> const batch = give(static_cast<unsigned>(status.MPI_SOURCE), report);
    if (report.is_last != 0) --at_work;
    else send(batch.data(), batch.size() * sizeof(ReplicationKey), status.MPI_SOURCE, tag_answer);
  }
}

}  // namespace sim
