// Which asset depends on which: a synthetic graph inside each nation, made once for all futures of a study.
#pragma once

#include <span>
#include <vector>

#include "models/world/data/atlas.hpp"
#include "models/world/infrastructure/asset_options.hpp"

namespace world {

/// Assets enter by rank, the largest of every sector first, and choose their providers among those that are already there:
/// the sector by the weight D of the dependency table, the asset in proportion to 1 + the dependents it has (D. J. de Solla
/// Price, J. Am. Soc. Inf. Sci. 27(5), 1976, cumulative advantage). So the number of dependents is heavy-tailed, no asset
/// depends on a smaller rank's and the graph has no cycle. Assets are numbered nation x sector x rank.
class AssetGraph {
 public:
  /// One dependent of an asset, and which of its providers the asset is.
  struct Edge {
    std::uint32_t packed;
    std::uint32_t dependent() const { return packed / max_providers; }
    std::uint32_t slot() const { return packed % max_providers; }
  };

  AssetGraph(Atlas const& atlas, AssetOptions const& options);

  /// Dependents of an asset, ascending.
  std::span<Edge const> dependents(std::size_t asset) const {
    return {edges_.data() + first_[asset], edges_.data() + first_[asset + 1]};
  }
  std::size_t assets() const { return first_.size() - 1; }
  std::size_t edges() const { return edges_.size(); }

 private:
  std::vector<std::uint32_t> first_;  // [assets + 1]
  std::vector<Edge> edges_;
};

}  // namespace world
