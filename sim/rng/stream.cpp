#include "sim/rng/stream.hpp"

namespace sim {

void RngStream::refill() {
  words_ = philox_block(counter_, key_);
  for (std::uint64_t& word : words_) word ^= complement_;
  ++counter_[0];
  used_ = 0;
}

}  // namespace sim
