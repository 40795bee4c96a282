#include "sim/exec/distributed/ranks.hpp"

#include <mpi.h>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstring>
#include <thread>

#include "sim/base/contracts.hpp"

namespace sim {

namespace {

using Word = std::uint64_t;

constexpr std::size_t meeting_words = sizeof(Meeting) / sizeof(Word);
constexpr std::size_t chunk_max = std::size_t{1} << 30;  // counts of MPI are ints

int words(std::size_t bytes) {
  SIM_CHECK(bytes % sizeof(Word) == 0 && bytes / sizeof(Word) <= std::numeric_limits<int>::max());
  return static_cast<int>(bytes / sizeof(Word));
}

Meeting meeting_of(Word const* first) {
  std::array<Word, meeting_words> all;
  std::copy_n(first, all.size(), all.begin());
  return std::bit_cast<Meeting>(all);
}

void put(Meeting const& meeting, Word* first) {
  auto const all = std::bit_cast<std::array<Word, meeting_words>>(meeting);
  std::copy(all.begin(), all.end(), first);
}

/// Waits as the workers of the conservative executor do: spins briefly, then yields, then sleeps, because another rank may
/// need the core.
void wait_for(MPI_Request& request) {
  constexpr int spins_max = 400, yields_max = 100;
  int done = 0;
  for (int tries = 0; MPI_Test(&request, &done, MPI_STATUS_IGNORE), done == 0; ++tries) {
    if (tries < spins_max) continue;
    if (tries < spins_max + yields_max) std::this_thread::yield();
    else std::this_thread::sleep_for(std::chrono::microseconds(20));
  }
}

/// Combines a meeting and what follows it: for each rank the number of messages, then for each the window due.
void combine(void* given, void* all, int* count, MPI_Datatype* type) {
  int bytes = 0;
  MPI_Type_size(*type, &bytes);
  std::size_t const size = static_cast<std::size_t>(bytes) / sizeof(Word);
  auto const* from = static_cast<Word const*>(given);
  auto* to = static_cast<Word*>(all);
  for (int i = 0; i < *count; ++i, from += size, to += size) {
    Meeting const a = meeting_of(from), b = meeting_of(to);
    Meeting const both{.events = a.events + b.events,
                       .windows = a.windows + b.windows,
                       .busiest = std::max(a.busiest, b.busiest),
                       .marks = a.marks | b.marks};
    put(both, to);
    std::size_t const ranks = (size - meeting_words) / 2;
    for (std::size_t at = meeting_words; at < meeting_words + ranks; ++at) {
      to[at] += from[at];
      to[at + ranks] = std::min(to[at + ranks], from[at + ranks]);
    }
  }
}

}  // namespace

struct Ranks::Mpi {
  MPI_Comm world = MPI_COMM_WORLD;
  MPI_Datatype told = MPI_DATATYPE_NULL;
  MPI_Op combine = MPI_OP_NULL;
  std::array<std::vector<MPI_Request>, 2> sending;
  std::vector<Word> told_words, all_words;  // a meeting, then messages for each rank, then windows due
};

Ranks::Ranks() : mpi_(std::make_unique<Mpi>()) {
  int me = 0, count = 1;
  MPI_Comm_rank(mpi_->world, &me);
  MPI_Comm_size(mpi_->world, &count);
  me_ = static_cast<unsigned>(me);
  count_ = static_cast<unsigned>(count);
  mpi_->told_words.resize(meeting_words + 2 * count_);
  mpi_->all_words.resize(meeting_words + 2 * count_);
  MPI_Type_contiguous(static_cast<int>(meeting_words + 2 * count_), MPI_UINT64_T, &mpi_->told);
  MPI_Type_commit(&mpi_->told);
  MPI_Op_create(&combine, 1, &mpi_->combine);
}

Ranks::~Ranks() {
  for (unsigned const parity : {0u, 1u}) settle(parity);
  MPI_Op_free(&mpi_->combine);
  MPI_Type_free(&mpi_->told);
}

void Ranks::settle(unsigned parity) {
  auto& sending = mpi_->sending[parity];
  MPI_Waitall(static_cast<int>(sending.size()), sending.data(), MPI_STATUSES_IGNORE);
  sending.clear();
}

Meeting Ranks::meet(Meeting const& told, std::span<std::uint64_t> due, std::span<Outbox const> boxes, unsigned parity, ByteBuffer& received) {
  if (count_ == 1) return told;
  auto& mine = mpi_->told_words;
  std::fill(mine.begin(), mine.end(), 0);
  put(told, mine.data());
  std::copy(due.begin(), due.end(), mine.begin() + static_cast<std::ptrdiff_t>(meeting_words + count_));
  // A rank is never two meetings ahead of another, so two tags keep their messages apart.
  int const tag = static_cast<int>(parity);
  for (unsigned to = 0; to < count_; ++to) {
    ByteBuffer const& records = boxes[to].records;
    if (records.size() == 0) continue;
    mine[meeting_words + to] = 1;
    MPI_Isend(records.data(), words(records.size()), MPI_UINT64_T, static_cast<int>(to), tag, mpi_->world,
              &mpi_->sending[parity].emplace_back());
  }
  auto& all = mpi_->all_words;
  MPI_Request agreeing;
  MPI_Iallreduce(mine.data(), all.data(), 1, mpi_->told, mpi_->combine, mpi_->world, &agreeing);
  wait_for(agreeing);
  for (Word left = all[meeting_words + me_]; left > 0; --left) {
    MPI_Message message;
    MPI_Status status;
    int count = 0;
    MPI_Mprobe(MPI_ANY_SOURCE, tag, mpi_->world, &message, &status);
    MPI_Get_count(&status, MPI_UINT64_T, &count);
    MPI_Mrecv(received.append(static_cast<std::size_t>(count) * sizeof(Word)), count, MPI_UINT64_T, &message, &status);
  }
  std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(meeting_words + count_), count_, due.begin());
  return meeting_of(all.data());
}

std::vector<ByteBuffer> Ranks::gather(std::span<std::byte const> own) {
  int const mine = words(own.size());
  std::vector<int> counts(count_), begins(count_);
  MPI_Allgather(&mine, 1, MPI_INT, counts.data(), 1, MPI_INT, mpi_->world);
  std::size_t total = 0;
  for (unsigned rank = 0; rank < count_; ++rank) {
    begins[rank] = words(total * sizeof(Word));
    total += static_cast<std::size_t>(counts[rank]);
  }
  std::vector<Word> all(total);
  MPI_Allgatherv(own.data(), mine, MPI_UINT64_T, all.data(), counts.data(), begins.data(), MPI_UINT64_T, mpi_->world);
  std::vector<ByteBuffer> given(count_);
  for (unsigned rank = 0; rank < count_; ++rank) {
    std::size_t const bytes = static_cast<std::size_t>(counts[rank]) * sizeof(Word);
    if (bytes != 0) std::memcpy(given[rank].append(bytes), all.data() + begins[rank], bytes);
  }
  return given;
}

void Ranks::broadcast(unsigned from, std::span<std::byte> bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += chunk_max) {
    int const count = static_cast<int>(std::min(chunk_max, bytes.size() - at));
    MPI_Bcast(bytes.data() + at, count, MPI_BYTE, static_cast<int>(from), mpi_->world);
  }
}

}  // namespace sim
