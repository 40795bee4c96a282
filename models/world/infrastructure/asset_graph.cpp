#include "models/world/infrastructure/asset_graph.hpp"

#include <algorithm>
#include <array>

#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace world {
namespace {

// The providers of the assets of one nation, chosen as they enter.
class NationGraph {
 public:
  NationGraph(Atlas const& atlas, AssetOptions const& options, std::uint32_t first, sim::RngStream rng)
      : atlas_(atlas), options_(options), first_(first), rng_(rng), tickets_(atlas.sectors.size()), entered_(atlas.sectors.size(), 0) {}

  /// Calls found(provider, dependent, slot) for every edge.
  template <class F>
  void grow(F found) {
    auto const sectors = static_cast<std::uint32_t>(atlas_.sectors.size());
    for (std::uint32_t rank = 0; rank < static_cast<std::uint32_t>(options_.per_sector); ++rank)
      for (std::uint32_t sector = 0; sector < sectors; ++sector) {
        std::uint32_t const asset = first_ + sector * static_cast<std::uint32_t>(options_.per_sector) + rank;
        choose(sector);
        for (std::uint32_t slot = 0; slot < chosen_count_; ++slot) found(chosen_[slot].asset, asset, slot);
        for (std::uint32_t slot = 0; slot < chosen_count_; ++slot) tickets_[chosen_[slot].sector].push_back(chosen_[slot].asset);
        tickets_[sector].push_back(asset);
        ++entered_[sector];
      }
  }

 private:
  struct Provider {
    std::uint32_t sector, asset;
  };

  // The whole part of the mean, and one more as often as the rest says.
  std::uint32_t wanted() {
    auto const whole = static_cast<std::uint32_t>(options_.dependencies);
    return whole + (rng_.uniform() < options_.dependencies - whole ? 1 : 0);
  }

  void choose(std::uint32_t sector) {
    chosen_count_ = 0;
    std::size_t const n = atlas_.sectors.size();
    double weight = 0;
    for (std::size_t p = 0; p < n; ++p)
      if (!tickets_[p].empty()) weight += atlas_.dependency[p * n + sector];
    std::uint32_t const count = wanted();
    if (weight <= 0) return;
    // Who is drawn twice is one provider; a few more draws make up for it where there is a choice.
    for (std::uint32_t draw = 0; chosen_count_ < count && draw < 4 * count; ++draw) {
      double mark = rng_.uniform() * weight;
      std::size_t from = n;
      for (std::size_t p = 0; p < n && mark >= 0; ++p) {
        double const part = tickets_[p].empty() ? 0 : atlas_.dependency[p * n + sector];
        if (part <= 0) continue;
        from = p;
        mark -= part;
      }
      Provider const provider{static_cast<std::uint32_t>(from), tickets_[from][rng_.below(static_cast<std::uint32_t>(tickets_[from].size()))]};
      if (is_chosen(provider.asset)) continue;
      chosen_[chosen_count_++] = provider;
    }
    while (chosen_count_ < count && fill(sector)) {}
  }

  // Where the draws went to the same few: the largest asset that is left of the sector that weighs most. False if none is left.
  bool fill(std::uint32_t sector) {
    std::size_t const n = atlas_.sectors.size();
    Provider best{};
    double weight = 0;
    for (std::size_t p = 0; p < n; ++p) {
      double const part = atlas_.dependency[p * n + sector];
      if (part <= weight) continue;
      std::uint32_t asset = first_ + static_cast<std::uint32_t>(p) * static_cast<std::uint32_t>(options_.per_sector);
      std::uint32_t const end = asset + entered_[p];
      while (asset < end && is_chosen(asset)) ++asset;
      if (asset == end) continue;
      best = {static_cast<std::uint32_t>(p), asset};
      weight = part;
    }
    if (weight <= 0) return false;
    chosen_[chosen_count_++] = best;
    return true;
  }

  bool is_chosen(std::uint32_t asset) const {
    auto const* const end = chosen_.data() + chosen_count_;
    return std::any_of(chosen_.data(), end, [&](Provider const& other) { return other.asset == asset; });
  }

  Atlas const& atlas_;
  AssetOptions const& options_;
  std::uint32_t first_;
  sim::RngStream rng_;
  std::vector<std::vector<std::uint32_t>> tickets_;  // [sector]: an asset once for itself, once for each dependent
  std::vector<std::uint32_t> entered_;               // [sector]: assets so far
  std::array<Provider, max_providers> chosen_{};
  std::uint32_t chosen_count_ = 0;
};

}  // namespace

AssetGraph::AssetGraph(Atlas const& atlas, AssetOptions const& options) {
  auto const of_nation = static_cast<std::uint32_t>(atlas.sectors.size()) * static_cast<std::uint32_t>(options.per_sector);
  auto const all = of_nation * static_cast<std::uint32_t>(atlas.nations.size());
  struct Link {
    std::uint32_t provider;
    Edge edge;
  };
  std::vector<Link> links;
  first_.assign(std::size_t{all} + 1, 0);
  edges_.reserve(static_cast<std::size_t>(all * options.dependencies));
  for (std::size_t nation = 0; nation < atlas.nations.size(); ++nation) {
    auto const first = static_cast<std::uint32_t>(nation) * of_nation;
    sim::RngStream const rng({options.graph_seed, 0, 0, 0}, sim::stream_id("asset_graph/" + atlas.nations[nation].iso3), 0, 0);
    links.clear();
    NationGraph(atlas, options, first, rng).grow([&](std::uint32_t provider, std::uint32_t dependent, std::uint32_t slot) {
      links.push_back({provider, {dependent * max_providers + slot}});
    });
    // Ascending by provider, then by dependent; a dependent names a provider once.
    std::sort(links.begin(), links.end(), [](Link const& a, Link const& b) {
      return a.provider != b.provider ? a.provider < b.provider : a.edge.packed < b.edge.packed;
    });
    for (Link const& link : links) {
      ++first_[std::size_t{link.provider} + 1];
      edges_.push_back(link.edge);
    }
  }
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
}

}  // namespace world
