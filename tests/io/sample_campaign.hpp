// A small invented campaign whose records are a pure function of their key; shared by the tests of journals and files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/base/results.hpp"
#include "sim/io/journal.hpp"

namespace sample {

/// Sizes of the campaign.
struct Size {
  std::uint32_t points = 3, futures = 4, replications = 2;
  std::uint32_t nations = 5, focal = 2;
  std::uint32_t focal_grid = 40, other_grid = 12, series = 2;
  std::uint32_t per_nation_responses = 2;
};

/// Schema with every kind of content.
sim::ResultSchema schema(Size const& size = {});
/// The record of `key`; some fail, some are censored, some have no incidents.
sim::ReplicationRecord record(sim::ResultSchema const& schema, sim::ReplicationKey const& key);
/// All keys of a campaign, in order.
std::vector<sim::ReplicationKey> keys(sim::ResultSchema const& schema);
/// Manifest with this build.
sim::Manifest manifest(sim::ResultSchema const& schema);
/// Writes a parts directory by hand: manifest and one journal per list of keys.
void write_parts(std::filesystem::path const& parts, sim::ResultSchema const& schema,
                 std::vector<std::vector<sim::ReplicationKey>> const& journals);
/// Deterministic shuffle.
void shuffle(std::vector<sim::ReplicationKey>& keys, std::uint64_t seed);
/// Next number of a small generator (splitmix64).
std::uint64_t next(std::uint64_t& state);

/// Content of a file.
std::string content(std::filesystem::path const& path);
void write_content(std::filesystem::path const& path, std::string const& bytes);

/// A fresh directory under the system's temporary directory, removed with the object.
class Directory {
 public:
  Directory();
  ~Directory();
  Directory(Directory const&) = delete;
  Directory& operator=(Directory const&) = delete;
  std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace sample
