#include "sim/io/snapshot_file.hpp"

#include <fcntl.h>

#include "sim/io/posix_file.hpp"

namespace sim {

void write_snapshot_file(std::filesystem::path const& path, std::span<std::byte const> bytes) {
  write_file_durably(path, {reinterpret_cast<char const*>(bytes.data()), bytes.size()});
}

std::vector<std::byte> read_snapshot_file(std::filesystem::path const& path) {
  PosixFile const file(path, O_RDONLY);
  std::vector<std::byte> bytes(file.size());
  bytes.resize(file.read_at(0, bytes));
  return bytes;
}

}  // namespace sim
