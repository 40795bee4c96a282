// A finished campaign of two workers whose first journal the tests damage, and its recovery.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/io/consolidate.hpp"
#include "sim/io/output.hpp"
#include "sim/io/record_codec.hpp"
#include "tests/io/sample_campaign.hpp"

namespace faults {

/// Twelve replications.
inline sim::ResultSchema const small =
    sample::schema({.points = 1, .futures = 4, .replications = 3, .nations = 2, .focal = 1, .focal_grid = 3,
                    .other_grid = 2, .series = 1, .per_nation_responses = 1});
inline sim::Shard const first_worker{0, 2}, second_worker{1, 2};

/// A frame as it lies in a journal.
inline std::string frame_of(sim::ReplicationRecord const& record, std::uint64_t fingerprint) {
  std::vector<std::byte> frame;
  sim::encode_frame(record, fingerprint, frame);
  return {reinterpret_cast<char const*>(frame.data()), frame.size()};
}

/// That of the replication at `position`.
inline std::string own_frame(std::uint64_t position) {
  return frame_of(sample::record(small, sim::shape_of(small).key_at(position)), sample::manifest(small).fingerprint.word());
}

/// A campaign of two workers, each with a journal of six frames and a note at either end.
struct DamagedCampaign {
  sample::Directory directory;
  std::filesystem::path out = directory / "out.h5", parts = sim::parts_directory(out), damaged = parts / "0-of-2.journal";
  sim::Manifest manifest = sample::manifest(small);
  std::string whole, expected;
  std::vector<std::size_t> starts;  // of the frames of replications in `whole`

  DamagedCampaign() {
    fill();
    whole = sample::content(damaged);
    for (std::uint64_t i = 0; i < 12; i += 2) starts.push_back(whole.find(own_frame(i)));
    finish();
    expected = sample::content(out);
  }

  sim::Journal open(sim::Shard const& shard) const {
    return sim::Journal::open(parts, manifest, {.wall_sync_ms = 1, .shard = shard});
  }

  void fill() const {
    for (sim::Shard const& shard : {first_worker, second_worker}) {
      sim::Journal journal = open(shard);
      journal.add_note(1, "begins");
      for (std::uint64_t i = shard.index; i < 12; i += 2) journal.append(sample::record(small, sim::shape_of(small).key_at(i)));
      journal.add_note(2, "ends");
      journal.close();
    }
  }

  /// A fresh directory in which the first journal holds `bytes`.
  void put(std::string const& bytes) const {
    std::filesystem::remove(out);
    if (!std::filesystem::exists(parts)) fill();
    sample::write_content(damaged, bytes);
  }

  /// The ordinary recovery: computes what the first worker lacks, then consolidates; how many that were.
  std::size_t finish() const {
    std::size_t computed = 0;
    sim::Journal journal = open(first_worker);
    auto const done = journal.done();
    for (std::uint64_t i = 0; i < 12; i += 2) {
      sim::ReplicationKey const key = sim::shape_of(small).key_at(i);
      if (done.contains(key)) continue;
      journal.append(sample::record(small, key));
      ++computed;
    }
    sim::consolidate(journal, small, out);
    return computed;
  }

  sim::JournalIndex scan() const { return sim::JournalIndex::scan(parts, manifest); }
};

}  // namespace faults
