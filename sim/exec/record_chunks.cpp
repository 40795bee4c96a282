#include "sim/exec/record_chunks.hpp"

#include <new>

namespace sim {

void RecordChunks::reset(std::size_t stride) {
  if (stride != stride_) blocks_.clear();
  stride_ = stride;
  chunk_bytes_ = 8 + records_per_chunk * stride;
  used_ = 0;
  free_ = none;
}

void RecordChunks::add_block() {
  if (blocks_.size() * chunks_per_block > none - chunks_per_block) throw std::bad_alloc();
  blocks_.emplace_back(new std::byte[chunks_per_block * chunk_bytes_]);
}

}  // namespace sim
