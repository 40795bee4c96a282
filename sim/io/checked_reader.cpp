#include "sim/io/checked_reader.hpp"

#include <algorithm>
#include <cstring>

#include <fcntl.h>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/posix_file.hpp"

namespace sim {

namespace {

// Deflate shrinks by at most 1032 to 1.
constexpr std::uint64_t expansion_max = 1100;

hid_t memory_type(ElementKind kind, hid_t file_type) {
  switch (kind) {
    case ElementKind::int32: return H5T_NATIVE_INT32;
    case ElementKind::float32: return H5T_NATIVE_FLOAT;
    case ElementKind::float64: return H5T_NATIVE_DOUBLE;
    case ElementKind::text: break;
  }
  return file_type;
}

}  // namespace

std::size_t CheckedDataset::elements() const {
  std::size_t n = 1;
  for (hsize_t const dim : dims) n *= dim;
  return n;
}

void CheckedFile::fail(std::string const& why) const {
  throw Error("cannot read " + path_.string() + " (" + why +
              ") restore it from a copy or compute it again");
}

CheckedFile::CheckedFile(std::filesystem::path const& path) : path_(path) {
  hdf5_quiet();
  {
    PosixFile const file(path, O_RDONLY);
    file_bytes_ = file.size();
    std::byte head[8] = {};
    if (file.read_at(0, head) < 8 || std::memcmp(head, "\x89HDF\r\n\x1a\n", 8) != 0) fail("it is no HDF5 file");
  }
  try {
    Hdf5Handle const access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access properties");
    hdf5_check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), "the way of closing");
    // Finished files do not change; locks fail on some cluster file systems.
    hdf5_check(H5Pset_file_locking(access.get(), false, true), "file locking");
    file_ = Hdf5Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose, "it is truncated or damaged");
  } catch (Hdf5Failure const& failure) {
    fail(failure.what());
  }
}

bool CheckedFile::is_hard_link(std::string const& path) const {
  H5L_info_t info;
  return H5Lexists(file_.get(), path.c_str(), H5P_DEFAULT) > 0 &&
         H5Lget_info(file_.get(), path.c_str(), &info, H5P_DEFAULT) >= 0 && info.type == H5L_TYPE_HARD;
}

bool CheckedFile::has(std::string const& path) const {
  hdf5_quiet();
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    if (!is_hard_link(path.substr(0, slash))) return false;
  }
  return is_hard_link(path);
}

void CheckedFile::check_layout(CheckedDataset const& dataset) const {
  Hdf5Handle const properties(H5Dget_create_plist(dataset.id.get()), H5Pclose, dataset.path + " is damaged");
  H5D_layout_t const layout = H5Pget_layout(properties.get());
  bool const is_known = layout == H5D_COMPACT || layout == H5D_CONTIGUOUS || layout == H5D_CHUNKED;
  if (!is_known || H5Pget_external_count(properties.get()) != 0) fail(dataset.path + " has a foreign layout");
  std::uint64_t const stored = H5Dget_storage_size(dataset.id.get());
  if (stored > file_bytes_) fail(dataset.path + " claims more bytes than the file has");
  if (layout != H5D_CHUNKED && dataset.bytes() != 0 && stored != dataset.bytes()) {
    fail(dataset.path + " has a wrong size");
  }
  if (layout != H5D_CHUNKED) return;
  // The last chunk may hold many elements that are not there; they are at most one chunk per dataset.
  hsize_t chunk[rank_max] = {};
  int const rank = H5Pget_chunk(properties.get(), rank_max, chunk);
  hsize_t chunk_bytes = dataset.element_bytes;
  for (int i = 0; i < rank; ++i) {
    if (chunk[i] == 0 || chunk[i] > (hsize_t{1} << 26) / chunk_bytes) fail(dataset.path + " has huge chunks");
    chunk_bytes *= chunk[i];
  }
  if (dataset.bytes() > stored * expansion_max) fail(dataset.path + " claims more data than the file can hold");
  int const filters = H5Pget_nfilters(properties.get());
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0, values[8] = {};
    size_t count = 8;
    H5Z_filter_t const filter =
        H5Pget_filter2(properties.get(), static_cast<unsigned>(i), &flags, &count, values, 0, nullptr, nullptr);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32) {
      fail(dataset.path + " uses a foreign filter");
    }
  }
}

CheckedDataset CheckedFile::open(std::string const& path) const {
  if (!has(path)) fail("it lacks " + path);
  CheckedDataset dataset;
  dataset.path = path;
  try {
    dataset.id = Hdf5Handle(H5Dopen2(file_.get(), path.c_str(), H5P_DEFAULT), H5Dclose, path + " is no dataset");
    Hdf5Handle const type(H5Dget_type(dataset.id.get()), H5Tclose, path + " has a damaged type");
    Hdf5Handle const space(H5Dget_space(dataset.id.get()), H5Sclose, path + " has a damaged shape");
    dataset.element_bytes = H5Tget_size(type.get());
    if (H5Tequal(type.get(), H5T_STD_I32LE) > 0) {
      dataset.kind = ElementKind::int32;
    } else if (H5Tequal(type.get(), H5T_IEEE_F32LE) > 0) {
      dataset.kind = ElementKind::float32;
    } else if (H5Tequal(type.get(), H5T_IEEE_F64LE) > 0) {
      dataset.kind = ElementKind::float64;
    } else if (H5Tget_class(type.get()) == H5T_STRING && H5Tis_variable_str(type.get()) == 0 &&
               dataset.element_bytes > 0) {
      dataset.kind = ElementKind::text;
    } else {
      fail(path + " has a foreign type");
    }
    int const rank = H5Sget_simple_extent_ndims(space.get());
    if (rank < 0 || rank > rank_max) fail(path + " has too many dimensions");
    dataset.dims.resize(static_cast<std::size_t>(rank));
    if (rank > 0) {
      hdf5_check(H5Sget_simple_extent_dims(space.get(), dataset.dims.data(), nullptr), path + " has a damaged shape");
    }
    std::uint64_t room = file_bytes_ * expansion_max / dataset.element_bytes;
    for (hsize_t const dim : dataset.dims) {
      if (dim > room) fail(path + " claims more data than the file can hold");
      if (dim > 0) room /= dim;
    }
    check_layout(dataset);
  } catch (Hdf5Failure const& failure) {
    fail(failure.what());
  }
  return dataset;
}

CheckedDataset CheckedFile::open(std::string const& path, ElementKind kind, std::vector<hsize_t> const& dims) const {
  CheckedDataset dataset = open(path);
  if (dataset.kind != kind || dataset.dims != dims) fail(path + " has an unexpected type or shape");
  return dataset;
}

void CheckedFile::read_block(CheckedDataset const& dataset, std::vector<hsize_t> const& start,
                             std::vector<hsize_t> const& count, void* data) const {
  hdf5_quiet();
  if (std::find(count.begin(), count.end(), hsize_t{0}) != count.end()) return;
  try {
    std::string const what = dataset.path + " is damaged";
    Hdf5Handle const type(H5Dget_type(dataset.id.get()), H5Tclose, what);
    hid_t const memory = memory_type(dataset.kind, type.get());
    if (dataset.dims.empty()) {
      hdf5_check(H5Dread(dataset.id.get(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), what);
      return;
    }
    Hdf5Handle const file_space(H5Dget_space(dataset.id.get()), H5Sclose, what);
    hdf5_check(H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
               what);
    Hdf5Handle const memory_space(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose,
                                  what);
    hdf5_check(H5Dread(dataset.id.get(), memory, memory_space.get(), file_space.get(), H5P_DEFAULT, data), what);
  } catch (Hdf5Failure const& failure) {
    fail(failure.what());
  }
}

}  // namespace sim
