#include "models/world/infrastructure/borders.hpp"

#include <algorithm>

namespace world {

Borders::Borders(Atlas const& atlas, std::vector<double> const& dependency, double scale) : sectors_(atlas.sectors.size()) {
  std::size_t const nations = atlas.nations.size();
  providers_.assign(nations, 0);
  dependence_.assign(nations * sectors_ * max_providers_abroad, 0);
  std::vector<std::vector<Served>> served(nations * sectors_);
  for (BorderRecord const& border : atlas.borders) {
    auto const dependent = static_cast<std::size_t>(border.dependent), provider = static_cast<std::size_t>(border.provider), p = static_cast<std::size_t>(border.sector);
    std::size_t const slot = providers_[dependent];
    double largest = 0;
    for (std::size_t k = 0; k < sectors_; ++k) {
      double const value = std::min(largest_dependency, dependency[p * sectors_ + k] * border.share * scale);
      if (value < told_step) continue;
      dependence_[(dependent * sectors_ + k) * max_providers_abroad + slot] = value;
      largest = std::max(largest, value);
    }
    if (largest == 0) continue;
    ++providers_[dependent];
    served[provider * sectors_ + p].push_back({border.dependent, static_cast<int>(slot), largest});
  }
  for (std::vector<Served> const& of_sector : served) {
    first_served_.push_back(served_.size());
    served_.insert(served_.end(), of_sector.begin(), of_sector.end());
  }
  first_served_.push_back(served_.size());
}

}  // namespace world
