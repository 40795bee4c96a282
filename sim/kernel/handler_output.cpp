#include "sim/kernel/handler_output.hpp"

#include <algorithm>

namespace sim {

void ByteBuffer::grow(std::size_t count) {
  std::size_t const capacity = std::max(std::max<std::size_t>(4096, 2 * capacity_), size_ + count);
  std::unique_ptr<std::byte[]> bytes(new std::byte[capacity]);
  if (size_ != 0) std::memcpy(bytes.get(), bytes_.get(), size_);
  bytes_ = std::move(bytes);
  capacity_ = capacity;
}

}  // namespace sim
