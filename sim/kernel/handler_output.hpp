// What one handler call sends and records; dropped as a whole if the handler fails or is rolled back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "sim/kernel/event.hpp"

namespace sim {

/// Bytes appended to and cleared, with capacity that stays.
class ByteBuffer {
 public:
  std::byte* append(std::size_t count) {
    if (size_ + count > capacity_) [[unlikely]] grow(count);
    std::byte* const place = bytes_.get() + size_;
    size_ += count;
    return place;
  }
  void clear() { size_ = 0; }
  std::size_t size() const { return size_; }
  std::byte* data() { return bytes_.get(); }
  std::byte const* data() const { return bytes_.get(); }

 private:
  void grow(std::size_t count);

  std::unique_ptr<std::byte[]> bytes_;
  std::size_t size_ = 0, capacity_ = 0;
};

/// What stands before each row in HandlerOutput::rows; the row follows, padded with zeros to 8 bytes.
struct RowHeader {
  std::uint64_t incident = 0;
  std::uint32_t kind = 0;
  std::uint32_t size = 0;  // [bytes]
  std::size_t padded_size() const { return (size + 7u) & ~std::size_t{7}; }
};

/// Sends (records of the world's stride) and rows of one handler call, in order.
struct HandlerOutput {
  ByteBuffer events;
  ByteBuffer rows;

  void clear() {
    events.clear();
    rows.clear();
  }
};

}  // namespace sim
