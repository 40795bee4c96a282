#include <algorithm>
#include <cstring>

#include "sim/io/checked_reader.hpp"
#include "sim/io/checksum.hpp"

namespace sim {

namespace {

constexpr int depth_max = 4;
constexpr std::size_t block_bytes_max = std::size_t{8} << 20;

std::string until_nul(char const* data, std::size_t size) { return {data, ::strnlen(data, size)}; }

herr_t collect_name(hid_t, char const* name, H5L_info_t const*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

}  // namespace

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

void CheckedFile::walk(std::string const& group, int depth,
                       std::function<void(std::string const&)> const& visit) const {
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

bool CheckedFile::has_attribute(std::string const& object, std::string const& name) const {
  hdf5_quiet();
  return has(object) && H5Aexists_by_name(file_.get(), object.c_str(), name.c_str(), H5P_DEFAULT) > 0;
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
