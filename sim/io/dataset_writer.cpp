#include "sim/io/dataset_writer.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "sim/io/checksum.hpp"
#include "sim/io/parallel.hpp"

namespace sim {

namespace {

hsize_t product(std::vector<hsize_t> const& dims, std::size_t first = 0) {
  return std::accumulate(dims.begin() + static_cast<std::ptrdiff_t>(first), dims.end(), hsize_t{1},
                         std::multiplies<>());
}

Hdf5Handle creation_properties(std::vector<hsize_t> const& dims, std::vector<hsize_t> const& chunk, hsize_t bytes) {
  Hdf5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "dataset properties");
  hid_t const id = properties.get();
  hdf5_check(H5Pset_obj_track_times(id, false), "object times");
  hdf5_check(H5Pset_attr_phase_change(id, 32, 16), "attribute storage");
  if (bytes == 0 || dims.empty()) return properties;
  if (bytes <= compact_bytes_max) {
    hdf5_check(H5Pset_layout(id, H5D_COMPACT), "a compact layout");
    return properties;
  }
  hdf5_check(H5Pset_chunk(id, static_cast<int>(chunk.size()), chunk.data()), "chunks");
  hdf5_check(H5Pset_shuffle(id), "the shuffle filter");
  hdf5_check(H5Pset_deflate(id, 1), "the deflate filter");
  hdf5_check(H5Pset_fletcher32(id), "the fletcher32 filter");
  return properties;
}

void write_scalar_attribute(hid_t object, std::string const& name, hid_t file_type, hid_t memory_type,
                            void const* data) {
  Hdf5Handle const space(H5Screate(H5S_SCALAR), H5Sclose, "a scalar");
  Hdf5Handle attribute(H5Acreate2(object, name.c_str(), file_type, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                       "attribute " + name);
  hdf5_check(H5Awrite(attribute.get(), memory_type, data), "attribute " + name);
}

}  // namespace

RowWriter::RowWriter(hid_t parent, std::string const& name, hid_t type, std::vector<hsize_t> dims,
                     std::vector<hsize_t> chunk)
    : name_(name), dims_(std::move(dims)), type_(H5Tcopy(type), H5Tclose, "the type of " + name) {
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    chunk[i] = std::clamp<hsize_t>(chunk[i], 1, std::max<hsize_t>(dims_[i], 1));
  }
  row_bytes_ = H5Tget_size(type) * product(dims_, 1);
  hsize_t const bytes = H5Tget_size(type) * product(dims_);
  Hdf5Handle const properties = creation_properties(dims_, chunk, bytes);
  Hdf5Handle const space(H5Screate_simple(static_cast<int>(dims_.size()), dims_.data(), nullptr), H5Sclose,
                         "the shape of " + name);
  dataset_ = Hdf5Handle(H5Dcreate2(parent, name.c_str(), type, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
                        H5Dclose, "dataset " + name);
  if (bytes > compact_bytes_max) {
    chunk_ = chunk;
    block_rows_ = chunk[0];
  } else {
    block_rows_ = std::max<hsize_t>(dims_[0], 1);  // a compact dataset is written at once
  }
  buffer_.reserve(block_rows_ * row_bytes_);
}

void RowWriter::append_deferred(void const* row) {
  auto const* from = static_cast<std::byte const*>(row);
  crc_ = crc32c(row, row_bytes_, crc_);
  buffer_.insert(buffer_.end(), from, from + row_bytes_);
}

void RowWriter::append(void const* data, std::size_t rows) {
  auto const* from = static_cast<std::byte const*>(data);
  for (; rows > 0 && row_bytes_ > 0; --rows, from += row_bytes_) {
    append_deferred(from);
    if (is_full()) {
      encode();
      store();
    }
  }
}

// The elements of the chunk at `origin`, the buffered rows being the first rows; zero beyond the edges.
std::vector<std::byte> RowWriter::gather_chunk(std::vector<hsize_t> const& origin) const {
  std::size_t const rank = dims_.size(), element = H5Tget_size(type_.get());
  std::vector<std::byte> out(element * product(chunk_));
  std::vector<hsize_t> extent(rank);  // of the part inside
  for (std::size_t i = 1; i < rank; ++i) extent[i] = std::min(chunk_[i], dims_[i] - origin[i]);
  extent[0] = buffer_.size() / row_bytes_;
  std::size_t const run = element * (rank > 1 ? extent[rank - 1] : 1);  // contiguous in both
  std::vector<hsize_t> at(rank, 0);
  for (bool more = true; more;) {
    std::size_t from = 0, to = 0;
    for (std::size_t i = 0; i < rank; ++i) {
      from = from * dims_[i] + (i == 0 ? 0 : origin[i]) + at[i];
      to = to * chunk_[i] + at[i];
    }
    std::memcpy(out.data() + to * element, buffer_.data() + from * element, run);
    more = false;  // next position, the last dimension being covered by the run
    for (std::size_t i = rank > 1 ? rank - 1 : 1; i-- > 0 && !more;) {
      more = ++at[i] < extent[i];
      if (!more) at[i] = 0;
    }
  }
  return out;
}

void RowWriter::encode() {
  encoded_.clear();
  if (chunk_.empty() || buffer_.empty()) return;
  std::vector<hsize_t> origin(dims_.size(), 0);
  for (bool more = true; more;) {
    encoded_.push_back(encode_chunk(gather_chunk(origin), H5Tget_size(type_.get())));
    more = false;
    for (std::size_t i = dims_.size(); i-- > 1 && !more;) {
      origin[i] += chunk_[i];
      more = origin[i] < dims_[i];
      if (!more) origin[i] = 0;
    }
  }
}

void RowWriter::store_plain() {
  std::vector<hsize_t> start(dims_.size(), 0), count = dims_;
  start[0] = written_;
  count[0] = buffer_.size() / row_bytes_;
  Hdf5Handle const file_space(H5Dget_space(dataset_.get()), H5Sclose, "the shape of " + name_);
  hdf5_check(H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
             "rows of " + name_);
  Hdf5Handle const memory_space(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose,
                                "rows of " + name_);
  hdf5_check(H5Dwrite(dataset_.get(), type_.get(), memory_space.get(), file_space.get(), H5P_DEFAULT, buffer_.data()),
             "rows of " + name_);
}

void RowWriter::store() {
  if (buffer_.empty()) return;
  hsize_t const rows = buffer_.size() / row_bytes_;
  if (written_ + rows > dims_[0]) throw Hdf5Failure("too many rows for " + name_);
  if (chunk_.empty()) store_plain();
  std::vector<hsize_t> origin(dims_.size(), 0);
  origin[0] = written_;
  for (auto const& chunk : encoded_) {
    hdf5_check(H5Dwrite_chunk(dataset_.get(), H5P_DEFAULT, chunk.filter_mask, origin.data(), chunk.bytes.size(),
                              chunk.bytes.data()),
               "rows of " + name_);
    for (std::size_t i = dims_.size(); i-- > 1;) {
      origin[i] += chunk_[i];
      if (origin[i] < dims_[i]) break;
      origin[i] = 0;
    }
  }
  encoded_.clear();
  written_ += rows;
  buffer_.clear();
}

void RowWriter::finish() {
  encode();
  finish_encoded();
}

void RowWriter::finish_encoded() {
  store();
  if (row_bytes_ > 0 && written_ != dims_[0]) throw Hdf5Failure("too few rows for " + name_);
  write_attribute(dataset_.get(), "crc32c", to_hex(crc_));
  dataset_.close("dataset " + name_);
  buffer_ = {};
}

void flush_full(std::vector<RowWriter*> const& writers, unsigned jobs) {
  std::vector<RowWriter*> full;
  std::copy_if(writers.begin(), writers.end(), std::back_inserter(full), [](auto* w) { return w->is_full(); });
  if (full.empty()) return;
  parallel_for(full.size(), jobs, [&](std::size_t i) { full[i]->encode(); });
  for (auto* writer : full) writer->store();
}

void finish_all(std::vector<RowWriter*> const& writers, unsigned jobs) {
  parallel_for(writers.size(), jobs, [&](std::size_t i) { writers[i]->encode(); });
  for (auto* writer : writers) writer->finish_encoded();
}

Hdf5Handle create_group(hid_t parent, std::string const& name) {
  Hdf5Handle const properties(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "group properties");
  hdf5_check(H5Pset_obj_track_times(properties.get(), false), "object times");
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, properties.get(), H5P_DEFAULT), H5Gclose, "group " + name};
}

namespace {

void write_array(hid_t parent, std::string const& name, hid_t type, std::vector<hsize_t> dims, void const* data) {
  std::vector<hsize_t> chunk = dims;
  chunk[0] = std::max<hsize_t>(1, chunk_elements / std::max<hsize_t>(1, product(dims, 1)));
  std::size_t const rows = dims[0];
  RowWriter writer(parent, name, type, std::move(dims), std::move(chunk));
  writer.append(data, rows);
  writer.finish();
}

}  // namespace

void write_int32(hid_t parent, std::string const& name, std::vector<hsize_t> dims, std::int32_t const* data) {
  write_array(parent, name, H5T_STD_I32LE, std::move(dims), data);
}

void write_float64(hid_t parent, std::string const& name, std::vector<hsize_t> dims, double const* data) {
  write_array(parent, name, H5T_IEEE_F64LE, std::move(dims), data);
}

std::vector<char> pack_strings(std::vector<std::string> const& values, std::size_t width) {
  std::vector<char> packed(values.size() * width, '\0');
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::memcpy(packed.data() + i * width, values[i].data(), std::min(width, values[i].size()));
  }
  return packed;
}

void write_strings(hid_t parent, std::string const& name, std::vector<std::string> const& values) {
  std::size_t width = 1;
  for (auto const& value : values) width = std::max(width, value.size());
  Hdf5Handle const type = hdf5_string_type(width);
  write_array(parent, name, type.get(), {values.size()}, pack_strings(values, width).data());
}

void write_text(hid_t parent, std::string const& name, std::string_view text) {
  std::string const bytes = text.empty() ? std::string(1, '\0') : std::string(text);
  Hdf5Handle const type = hdf5_string_type(bytes.size());
  Hdf5Handle const properties = creation_properties({}, {}, bytes.size());
  Hdf5Handle const space(H5Screate(H5S_SCALAR), H5Sclose, "a scalar");
  Hdf5Handle dataset(
      H5Dcreate2(parent, name.c_str(), type.get(), space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT), H5Dclose,
      "text " + name);
  hdf5_check(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), "text " + name);
  write_attribute(dataset.get(), "crc32c", to_hex(crc32c(bytes.data(), bytes.size())));
}

void write_attribute(hid_t object, std::string const& name, std::string_view text) {
  if (text.size() >= 60000) throw Hdf5Failure("attribute " + name + ", longer than 60,000 bytes");
  std::string const bytes = text.empty() ? std::string(1, '\0') : std::string(text);
  Hdf5Handle const type = hdf5_string_type(bytes.size());
  write_scalar_attribute(object, name, type.get(), type.get(), bytes.data());
}

void write_attribute(hid_t object, std::string const& name, std::int32_t value) {
  write_scalar_attribute(object, name, H5T_STD_I32LE, H5T_NATIVE_INT32, &value);
}

}  // namespace sim
