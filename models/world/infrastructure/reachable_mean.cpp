#include "models/world/infrastructure/reachable_mean.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "sim/base/error.hpp"

namespace world {
namespace {

constexpr double allowed = 0.98;  // of the mean that is asked for

bool is_reachable(Atlas const& atlas, AssetOptions const& options) { return reachable_mean(atlas, options) >= allowed * options.dependencies; }

// The largest mean that does with so many assets, to two decimals downwards; 0 for none.
double largest_mean(Atlas const& atlas, AssetOptions options) {
  int hundredths = static_cast<int>(std::ceil(options.dependencies * 100));
  for (; hundredths > 0; --hundredths) {
    options.dependencies = hundredths / 100.;
    if (is_reachable(atlas, options)) break;
  }
  return hundredths / 100.;
}

// The fewest assets that do with such a mean; 0 if a whole world of them does not.
int fewest_assets(Atlas const& atlas, AssetOptions options) {
  auto const sectors = static_cast<int>(atlas.nations.size() * atlas.sectors.size());
  int low = options.per_sector, high = max_assets / sectors;  // what is missing per asset falls with their number
  options.per_sector = high;
  if (!is_reachable(atlas, options)) return 0;
  while (low + 1 < high) {
    options.per_sector = low + (high - low) / 2;
    (is_reachable(atlas, options) ? high : low) = options.per_sector;
  }
  return high;
}

std::string text_of(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

}  // namespace

double reachable_mean(Atlas const& atlas, AssetOptions const& options) {
  std::size_t const n = atlas.sectors.size();
  int const whole = static_cast<int>(options.dependencies);
  double const rest = options.dependencies - whole;
  // From this rank on every sector that depends on any has enough to choose from.
  int const ranks = std::min(options.per_sector, whole + 1);
  double sum = 0;
  for (std::size_t sector = 0; sector < n; ++sector) {
    int before = 0, all = 0;
    for (std::size_t p = 0; p < n; ++p)
      if (atlas.dependency[p * n + sector] > 0) ++all, before += p < sector ? 1 : 0;
    for (int rank = 0; rank < ranks; ++rank) {
      int const found = rank * all + before;
      sum += std::min(whole, found) + rest * (found > whole ? 1 : 0);
    }
    if (all > 0) sum += (options.per_sector - ranks) * options.dependencies;
  }
  return sum / (static_cast<double>(n) * options.per_sector);
}

void require_reachable(Atlas const& atlas, AssetOptions const& options) {
  if (!options.has_graph() || is_reachable(atlas, options)) return;
  double const mean = largest_mean(atlas, options);
  int const assets = fewest_assets(atlas, options);
  std::string advice;
  if (assets > 0) advice = "raise assets_per_sector to " + std::to_string(assets) + " or more";
  if (mean > 0) advice += (advice.empty() ? "lower" : ", or lower") + std::string(" asset_dependencies to ") + text_of(mean) + " or less";
  if (advice.empty()) advice = "set asset_dependencies = 0";
  throw sim::Error("asset_dependencies = " + text_of(options.dependencies) + " cannot be reached with assets_per_sector = " +
                   std::to_string(options.per_sector) + " (the first assets find too few others to depend on: the mean would be " +
                   text_of(reachable_mean(atlas, options)) + ") " + advice);
}

}  // namespace world
