// Reads datasets and attributes of an HDF5 file that may be damaged or hostile; for this folder only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "sim/io/hdf5_handles.hpp"

namespace sim {

/// Most dimensions of a dataset.
inline constexpr int rank_max = 4;

/// Kind of a dataset's elements; all others are refused.
enum class ElementKind { int32, float32, float64, text };

/// An open dataset whose link, layout, filters, type and size have been checked.
struct CheckedDataset {
  Hdf5Handle id;
  std::string path;
  ElementKind kind = ElementKind::int32;
  std::size_t element_bytes = 0;
  std::vector<hsize_t> dims;  // empty for a scalar
  std::size_t elements() const;
  std::size_t bytes() const { return elements() * element_bytes; }
};

/// An HDF5 file opened for reading. Accepts hard links only, compact, contiguous and chunked layouts without external
/// storage, the filters shuffle, deflate and fletcher32, and sizes that the file can really hold; every allocation is
/// bounded by that. Throws Error that names file and dataset.
class CheckedFile {
 public:
  explicit CheckedFile(std::filesystem::path const& path);

  bool has(std::string const& path) const;
  /// Names in a group, sorted.
  std::vector<std::string> names(std::string const& group) const;
  CheckedDataset open(std::string const& path) const;
  /// Opens and demands kind and dimensions.
  CheckedDataset open(std::string const& path, ElementKind kind, std::vector<hsize_t> const& dims) const;

  /// Whole datasets, compared with their checksum.
  std::vector<std::int32_t> int32s(std::string const& path) const;
  std::vector<float> float32s(std::string const& path) const;
  std::vector<double> float64s(std::string const& path) const;
  std::vector<std::string> strings(std::string const& path) const;
  std::string text(std::string const& path) const;

  /// A block of a dataset: start and count per dimension; `data` has their product of elements.
  void read_block(CheckedDataset const& dataset, std::vector<hsize_t> const& start, std::vector<hsize_t> const& count,
                  void* data) const;
  /// Throws Error unless the dataset's checksum holds; reads it in blocks of bounded size.
  void verify(CheckedDataset const& dataset) const;
  /// Calls `visit` with the path of every dataset, groups at most four deep.
  void each_dataset(std::function<void(std::string const&)> const& visit) const;

  /// True if `object`, which exists, has the attribute.
  bool has_attribute(std::string const& object, std::string const& name) const;
  std::int32_t int32_attribute(std::string const& object, std::string const& name) const;
  std::string text_attribute(std::string const& object, std::string const& name) const;

  /// Throws Error "cannot read <file> (<why>) ...".
  [[noreturn]] void fail(std::string const& why) const;

 private:
  template <class T>
  std::vector<T> whole(std::string const& path, ElementKind kind) const;
  bool is_hard_link(std::string const& path) const;
  void check_layout(CheckedDataset const& dataset) const;
  std::string checksum(CheckedDataset const& dataset) const;
  void walk(std::string const& group, int depth, std::function<void(std::string const&)> const& visit) const;
  Hdf5Handle attribute(std::string const& object, std::string const& name, H5T_class_t expected) const;

  std::filesystem::path path_;
  std::uint64_t file_bytes_ = 0;
  Hdf5Handle file_;
};

}  // namespace sim
