// The processes (MPI ranks) that run one world together, as the distributed executor sees them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/exec/conservative/outboxes.hpp"

namespace sim {

/// What a rank tells the others between two windows, and what comes of it for all.
struct Meeting {
  std::uint64_t events = 0;   // sum
  std::uint64_t windows = 0;  // sum
  std::uint64_t busiest = 0;  // greatest
  std::uint64_t marks = 0;    // bits that at least one rank has set
};

/// All ranks of the run. Every function but `me` and `count` is called by all of them, in the same order.
class Ranks {
 public:
  /// MPI must have begun (mpi_session.hpp).
  Ranks();
  ~Ranks();

  unsigned me() const { return me_; }
  unsigned count() const { return count_; }

  /// Combines what all tell, and of each number in `due` [ranks] the least; a rank with something in box i sends it to rank i in one message, and what is sent to this
  /// one is appended to `received`, in no particular order, whole boxes at a time. Boxes hold multiples of 8 bytes; they stay untouched until `settle`.
  Meeting meet(Meeting const& told, std::span<std::uint64_t> due, std::span<Outbox const> boxes, unsigned parity, ByteBuffer& received);
  /// Waits until the boxes of the last meeting of that parity (0 or 1, in turn) may be filled again.
  void settle(unsigned parity);

  /// What every rank gives [ranks]; multiples of 8 bytes, at most 16 GiB in all.
  std::vector<ByteBuffer> gather(std::span<std::byte const> own);
  /// Copies `bytes` of rank `from` to those of all others, which have the same size.
  void broadcast(unsigned from, std::span<std::byte> bytes);

 private:
  struct Mpi;
  std::unique_ptr<Mpi> mpi_;
  unsigned me_ = 0, count_ = 1;
};

}  // namespace sim
