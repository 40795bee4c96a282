// Files of snapshots; what the bytes mean is the kernel's business (sim/kernel/snapshot_bytes.hpp).
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

namespace sim {

/// Writes `bytes` so that a crash leaves the old file or the new one; throws Error.
void write_snapshot_file(std::filesystem::path const& path, std::span<std::byte const> bytes);

/// The bytes of a file, to be judged by from_bytes; throws Error if they cannot be read.
std::vector<std::byte> read_snapshot_file(std::filesystem::path const& path);

}  // namespace sim
