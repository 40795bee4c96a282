// Writes datasets and attributes of a results file: one layout rule, one checksum per dataset; for this folder only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/io/chunk_codec.hpp"
#include "sim/io/hdf5_handles.hpp"

namespace sim {

/// Elements per chunk, about.
inline constexpr hsize_t chunk_elements = 65536;
/// Datasets up to this size lie in the object's header [bytes].
inline constexpr hsize_t compact_bytes_max = 4096;

/// Fills a dataset row by row (the first dimension) in chunks; the bytes do not depend on how rows are grouped. Small
/// datasets are compact, empty ones and scalars contiguous, all others chunked with shuffle, deflate 1 and fletcher32.
/// finish() adds the attribute crc32c: of all elements in row-major order, 8 hex digits.
class RowWriter {
 public:
  /// `type`: H5T_STD_I32LE, H5T_IEEE_F32LE, H5T_IEEE_F64LE or a string type. `chunk` is cut to `dims`.
  RowWriter(hid_t parent, std::string const& name, hid_t type, std::vector<hsize_t> dims, std::vector<hsize_t> chunk);
  RowWriter(RowWriter&&) noexcept = default;

  /// Appends `rows` rows of row_bytes() each, and writes blocks of chunks as they are full.
  void append(void const* data, std::size_t rows = 1);
  /// Appends one row without writing; not when is_full().
  void append_deferred(void const* row);
  bool is_full() const { return buffer_.size() == block_rows_ * row_bytes_ && row_bytes_ > 0; }
  /// Packs the buffered rows; writers may do so at the same time on different threads. store() must follow.
  void encode();
  /// Writes what encode() packed.
  void store();
  /// Writes the rest and the checksum; throws Hdf5Failure unless exactly dims[0] rows came.
  void finish();
  /// The second half of finish(), after encode().
  void finish_encoded();
  std::size_t row_bytes() const { return row_bytes_; }
  /// Dataset, for attributes.
  hid_t id() const { return dataset_.get(); }

 private:
  std::vector<std::byte> gather_chunk(std::vector<hsize_t> const& origin) const;
  void store_plain();
  std::string name_;
  std::vector<hsize_t> dims_, chunk_;  // chunk_ is empty unless the layout is chunked
  Hdf5Handle type_, dataset_;
  std::size_t row_bytes_ = 0;
  std::size_t block_rows_ = 1;
  hsize_t written_ = 0;  // rows
  std::vector<std::byte> buffer_;
  std::vector<EncodedChunk> encoded_;
  std::uint32_t crc_ = 0;
};

/// Packs and writes those of `writers` that are full, packing on `jobs` threads. The bytes do not depend on `jobs`.
void flush_full(std::vector<RowWriter*> const& writers, unsigned jobs);
/// finish() for all of them, packing on `jobs` threads.
void finish_all(std::vector<RowWriter*> const& writers, unsigned jobs);

/// New group without times.
Hdf5Handle create_group(hid_t parent, std::string const& name);

/// Whole arrays at once; the data have the product of `dims` elements.
void write_int32(hid_t parent, std::string const& name, std::vector<hsize_t> dims, std::int32_t const* data);
void write_float64(hid_t parent, std::string const& name, std::vector<hsize_t> dims, double const* data);
/// List of fixed-length strings, as long as the longest.
void write_strings(hid_t parent, std::string const& name, std::vector<std::string> const& values);
/// One string of any length, a scalar.
void write_text(hid_t parent, std::string const& name, std::string_view text);

/// Attributes; a string must be under 60,000 bytes.
void write_attribute(hid_t object, std::string const& name, std::string_view text);
void write_attribute(hid_t object, std::string const& name, std::int32_t value);

/// `values` packed into equal lengths of `width` bytes, cut or padded with NUL.
std::vector<char> pack_strings(std::vector<std::string> const& values, std::size_t width);

}  // namespace sim
