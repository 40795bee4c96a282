// The replications of a campaign as numbers and as a set: how many, where each stands, which are there.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/results.hpp"

namespace sim {

/// Number of treatments, futures, and replications per treatment and future.
struct CampaignShape {
  std::uint32_t points = 0;
  std::uint32_t futures = 0;
  std::uint32_t replications = 0;

  constexpr std::uint64_t size() const { return std::uint64_t{points} * futures * replications; }
  constexpr bool contains(ReplicationKey const& key) const {
    return key.point < points && key.future < futures && key.replication < replications;
  }
  /// Place of `key` in the order of results: point, future, replication.
  constexpr std::uint64_t position(ReplicationKey const& key) const {
    return (std::uint64_t{key.point} * futures + key.future) * replications + key.replication;
  }
  constexpr ReplicationKey key_at(std::uint64_t position) const {
    std::uint64_t const history = position / replications;
    return {.point = static_cast<std::uint32_t>(history / futures),
            .future = static_cast<std::uint32_t>(history % futures),
            .replication = static_cast<std::uint32_t>(position % replications)};
  }
  friend constexpr bool operator==(CampaignShape const&, CampaignShape const&) = default;
};

/// The shape of the campaign that `schema` declares.
CampaignShape shape_of(ResultSchema const& schema);

/// True if `key` belongs to the results of the campaign: all do, unless a stopping rule has settled that fewer are needed.
bool belongs(ReplicationKey const& key, StoppingInfo const& stopping);

/// How many replications belong to the results of the campaign that `schema` declares; the most there can be while a
/// stopping rule is not settled.
std::uint64_t planned_replications(ResultSchema const& schema);

/// How many neighbouring futures share all draws beside their factors: a row of Saltelli's layout, a trajectory of Morris's; else 1.
std::uint32_t futures_together(SamplingInfo const& sampling);

/// Neighbouring futures that make one independent unit of intervals and tests: those that share draws; of a design one at a time all of them, because
/// its points are not drawn; else 1.
std::uint32_t unit_futures(ResultSchema const& schema);

/// Which replications of a campaign are there; one bit for each that is planned.
class ReplicationSet {
 public:
  explicit ReplicationSet(CampaignShape shape = {});
  /// With the members `keys`; a broken contract if one lies outside `shape`.
  ReplicationSet(CampaignShape shape, std::vector<ReplicationKey> const& keys);

  CampaignShape const& shape() const { return shape_; }
  /// Number of members.
  std::uint64_t size() const { return size_; }
  /// False for a key outside the shape.
  bool contains(ReplicationKey const& key) const;
  /// Adds `key`; false if it was there. A broken contract if it lies outside the shape.
  bool insert(ReplicationKey const& key);
  /// All members in the order point, future, replication.
  std::vector<ReplicationKey> keys() const;

 private:
  CampaignShape shape_;
  std::vector<bool> members_;
  std::uint64_t size_ = 0;
};

/// One of several workers that share a campaign out among themselves: number `index` of `count`, from 0.
struct Shard {
  std::uint32_t index = 0;
  std::uint32_t count = 1;
  friend constexpr bool operator==(Shard const&, Shard const&) = default;
};

/// Most workers of one campaign.
inline constexpr std::uint32_t shards_max = 65535;

}  // namespace sim
