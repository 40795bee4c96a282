#include <catch2/catch.hpp>

#include <cstring>

#include "sim/io/checked_reader.hpp"
#include "sim/io/dataset_writer.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace sim;

namespace {

// Creates a file and hands its identifier to `write`.
template <class Write>
void with_file(std::filesystem::path const& path, Write write) {
  Hdf5WriteStatus status;
  Hdf5Handle const access = hdf5_write_access(status);
  Hdf5Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose, "the file");
  write(file.get());
  file.close("closing");
  REQUIRE(status.error_number == 0);
}

}  // namespace

TEST_CASE("arrays of any shape, cut into chunks of any shape, come back as they were", "[io]") {
  sample::Directory const directory;
  auto const path = directory / "x.h5";
  std::uint64_t state = 11;
  for (int trial = 0; trial < 60; ++trial) {
    std::size_t const rank = 1 + std::size_t(trial) % 4;
    std::vector<hsize_t> dims, chunk;
    std::size_t count = 1;
    for (std::size_t i = 0; i < rank; ++i) {
      dims.push_back(1 + sample::next(state) % (rank == 1 ? 5000 : rank == 2 ? 90 : 20));
      chunk.push_back(1 + sample::next(state) % 25);
      count *= dims.back();
    }
    // Numbers that deflate well in some trials and not at all in others.
    std::vector<double> data;
    for (std::size_t i = 0; i < count; ++i) {
      std::uint64_t const bits = sample::next(state) >> 2;
      double value = double(i % 7);
      if (trial % 2 == 0) std::memcpy(&value, &bits, 8);
      data.push_back(value);
    }
    with_file(path, [&](hid_t file) {
      RowWriter writer(file, "data", H5T_IEEE_F64LE, dims, chunk);
      std::size_t const row = count / dims[0];
      for (std::size_t r = 0; r < dims[0]; ++r) writer.append(&data[r * row]);
      writer.finish();
    });
    CheckedFile const file(path);
    CheckedDataset const dataset = file.open("/data", ElementKind::float64, dims);
    auto const back = file.float64s("/data");
    REQUIRE(std::memcmp(back.data(), data.data(), count * 8) == 0);
    file.verify(dataset);
  }
}

TEST_CASE("a writer that gets too few or too many rows says so", "[io]") {
  sample::Directory const directory;
  double const zero = 0;
  with_file(directory / "x.h5", [&](hid_t file) {
    RowWriter few(file, "few", H5T_IEEE_F64LE, {1000}, {100});
    for (int i = 0; i < 999; ++i) few.append(&zero);
    CHECK_THROWS_AS(few.finish(), Hdf5Failure);
    RowWriter many(file, "many", H5T_IEEE_F64LE, {1000}, {100});
    for (int i = 0; i < 1001; ++i) many.append(&zero);
    CHECK_THROWS_AS(many.finish(), Hdf5Failure);
  });
}

TEST_CASE("texts of any length and list of strings come back as they were", "[io]") {
  sample::Directory const directory;
  auto const path = directory / "x.h5";
  std::vector<std::string> const list{"", "a", "\xc3\xa4\xc3\xb6\xc3\xbc", std::string(300, 'x')};
  std::string const text(300'000, 'y');
  with_file(path, [&](hid_t file) {
    write_strings(file, "list", list);
    write_strings(file, "empty", {});
    write_text(file, "long", text);
    write_text(file, "none", "");
  });
  CheckedFile const file(path);
  CHECK(file.strings("/list") == list);
  CHECK(file.strings("/empty").empty());
  CHECK((file.text("/long") == text && file.text("/none").empty()));
}
