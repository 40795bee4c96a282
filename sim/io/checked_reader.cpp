#include "sim/io/checked_reader.hpp"

#include <algorithm>
#include <cstring>

#include <fcntl.h>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/posix_file.hpp"

namespace sim {

namespace {

constexpr int rank_max = 4;
constexpr int depth_max = 4;
// Deflate shrinks by at most 1032 to 1.
constexpr std::uint64_t expansion_max = 1100;
constexpr std::size_t block_bytes_max = std::size_t{8} << 20;

hid_t memory_type(ElementKind kind, hid_t file_type) {
  switch (kind) {
    case ElementKind::int32: return H5T_NATIVE_INT32;
    case ElementKind::float32: return H5T_NATIVE_FLOAT;
    case ElementKind::float64: return H5T_NATIVE_DOUBLE;
    case ElementKind::text: break;
  }
  return file_type;
}

std::string until_nul(char const* data, std::size_t size) { return {data, ::strnlen(data, size)}; }

herr_t collect_name(hid_t, char const* name, H5L_info_t const*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
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

std::vector<std::string> CheckedFile::names(std::string const& group) const {
  if (group != "/" && !has(group)) fail("it lacks " + group);
  std::vector<std::string> found;
  try {
    Hdf5Handle const id(H5Gopen2(file_.get(), group.c_str(), H5P_DEFAULT), H5Gclose, group + " is no group");
    hdf5_check(H5Literate(id.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, collect_name, &found),
               group + " is damaged");
  } catch (Hdf5Failure const& failure) {
    fail(failure.what());
  }
  return found;
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
    if (rank > 0) hdf5_check(H5Sget_simple_extent_dims(space.get(), dataset.dims.data(), nullptr), "the shape of " + path);
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

std::string CheckedFile::checksum(CheckedDataset const& dataset) const {
  return text_attribute(dataset.path, "crc32c");
}

template <class T>
std::vector<T> CheckedFile::whole(std::string const& path, ElementKind kind) const {
  CheckedDataset const dataset = open(path);
  if (dataset.kind != kind) fail(path + " has an unexpected type");
  std::vector<T> data(dataset.elements());
  read_block(dataset, std::vector<hsize_t>(dataset.dims.size(), 0), dataset.dims, data.data());
  if (to_hex(crc32c(data.data(), data.size() * sizeof(T))) != checksum(dataset)) fail(path + " is damaged");
  return data;
}

std::vector<std::int32_t> CheckedFile::int32s(std::string const& path) const {
  return whole<std::int32_t>(path, ElementKind::int32);
}
std::vector<float> CheckedFile::float32s(std::string const& path) const {
  return whole<float>(path, ElementKind::float32);
}
std::vector<double> CheckedFile::float64s(std::string const& path) const {
  return whole<double>(path, ElementKind::float64);
}

std::vector<std::string> CheckedFile::strings(std::string const& path) const {
  CheckedDataset const dataset = open(path);
  if (dataset.kind != ElementKind::text) fail(path + " has an unexpected type");
  std::vector<char> data(dataset.bytes());
  read_block(dataset, std::vector<hsize_t>(dataset.dims.size(), 0), dataset.dims, data.data());
  if (to_hex(crc32c(data.data(), data.size())) != checksum(dataset)) fail(path + " is damaged");
  std::vector<std::string> values;
  for (std::size_t i = 0; i < dataset.elements(); ++i) {
    values.push_back(until_nul(data.data() + i * dataset.element_bytes, dataset.element_bytes));
  }
  return values;
}

std::string CheckedFile::text(std::string const& path) const {
  auto const values = strings(path);
  if (values.size() != 1) fail(path + " is no single text");
  return values.front();
}

void CheckedFile::verify(CheckedDataset const& dataset) const {
  std::vector<hsize_t> start(dataset.dims.size(), 0), count = dataset.dims;
  hsize_t const rows = dataset.dims.empty() ? 1 : dataset.dims[0];
  std::size_t const row_bytes = rows == 0 ? 0 : dataset.bytes() / rows;
  // Whole chunks at a time, so that none is unpacked twice.
  hsize_t chunk[rank_max] = {1, 1, 1, 1};
  Hdf5Handle const properties(H5Dget_create_plist(dataset.id.get()), H5Pclose, dataset.path);
  if (H5Pget_layout(properties.get()) == H5D_CHUNKED) H5Pget_chunk(properties.get(), rank_max, chunk);
  hsize_t const wanted = block_bytes_max / std::max<std::size_t>(row_bytes, 1);
  hsize_t const step = std::clamp<hsize_t>(wanted / chunk[0] * chunk[0], chunk[0], std::max<hsize_t>(rows, chunk[0]));
  std::vector<std::byte> block(std::min(step, rows) * row_bytes);
  std::uint32_t crc = 0;
  for (hsize_t first = 0; first < rows && row_bytes > 0; first += step) {
    hsize_t const n = std::min(step, rows - first);
    if (!dataset.dims.empty()) start[0] = first, count[0] = n;
    read_block(dataset, start, count, block.data());
    crc = crc32c(block.data(), n * row_bytes, crc);
  }
  if (to_hex(crc) != checksum(dataset)) fail(dataset.path + " is damaged");
}

void CheckedFile::walk(std::string const& group, int depth, std::function<void(std::string const&)> const& visit) const {
  if (depth > depth_max) fail("its groups are nested too deep");
  for (auto const& name : names(group.empty() ? "/" : group)) {
    std::string const path = group + "/" + name;
    if (!has(path)) fail(path + " is a foreign link");
    H5O_info_t info;
    if (H5Oget_info_by_name2(file_.get(), path.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) {
      fail(path + " is damaged");
    }
    if (info.type == H5O_TYPE_GROUP) {
      walk(path, depth + 1, visit);
    } else {
      visit(path);
    }
  }
}

void CheckedFile::each_dataset(std::function<void(std::string const&)> const& visit) const {
  hdf5_quiet();
  walk("", 0, visit);
}

Hdf5Handle CheckedFile::attribute(std::string const& object, std::string const& name, H5T_class_t expected) const {
  hdf5_quiet();
  if (object != "/" && !has(object)) fail("it lacks " + object);
  std::string const what = "the attribute " + name + " of " + object + " is missing or damaged";
  try {
    Hdf5Handle id(H5Aopen_by_name(file_.get(), object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose, what);
    Hdf5Handle const type(H5Aget_type(id.get()), H5Tclose, what);
    Hdf5Handle const space(H5Aget_space(id.get()), H5Sclose, what);
    if (H5Tget_class(type.get()) != expected || H5Sget_simple_extent_npoints(space.get()) != 1 ||
        H5Tget_size(type.get()) > 65536 || H5Tis_variable_str(type.get()) > 0) {
      fail(what);
    }
    return id;
  } catch (Hdf5Failure const& failure) {
    fail(failure.what());
  }
}

std::int32_t CheckedFile::int32_attribute(std::string const& object, std::string const& name) const {
  Hdf5Handle const id = attribute(object, name, H5T_INTEGER);
  std::int32_t value = 0;
  if (H5Aread(id.get(), H5T_NATIVE_INT32, &value) < 0) fail("the attribute " + name + " is damaged");
  return value;
}

std::string CheckedFile::text_attribute(std::string const& object, std::string const& name) const {
  Hdf5Handle const id = attribute(object, name, H5T_STRING);
  Hdf5Handle const type(H5Aget_type(id.get()), H5Tclose, name);
  std::vector<char> data(H5Tget_size(type.get()) + 1);
  if (H5Aread(id.get(), type.get(), data.data()) < 0) fail("the attribute " + name + " is damaged");
  return until_nul(data.data(), data.size() - 1);
}

}  // namespace sim
