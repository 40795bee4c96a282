// What the sectors of a nation have from abroad: which providers each feels, and which nations each provides for.
#pragma once

#include <span>
#include <vector>

#include "models/world/data/atlas.hpp"

namespace world {

/// Smallest change of a dependent's service that others are told (equations 14.1).
inline constexpr double told_step = 0.01;

/// Across a border a sector depends on a provider with D x share of its nation's supply that comes from there (equations 14.2).
/// Dependences that no outage could bring to the step are left out. Numbers are those of the atlas.
class Borders {
 public:
  /// One nation that a sector provides for: the sector's place among that nation's providers abroad, and how much the most
  /// dependent of the nation's sectors depends on it.
  struct Served {
    int nation, slot;
    double largest;
  };

  /// Nothing crosses a border.
  Borders() = default;
  /// `dependency` [provider x dependent] as inside a nation; `scale` is a factor on all shares.
  Borders(Atlas const& atlas, std::vector<double> const& dependency, double scale);

  /// Nations that depend on a sector of `nation`, in the order of the table.
  std::span<Served const> served_by(int nation, int sector) const {
    if (served_.empty()) return {};
    std::size_t const i = static_cast<std::size_t>(nation) * sectors_ + static_cast<std::size_t>(sector);
    return {served_.data() + first_served_[i], served_.data() + first_served_[i + 1]};
  }
  /// Dependence [0, 1) of a sector of `nation` on each provider abroad of that nation, by slot; 0: not felt.
  std::span<double const> dependence(int nation, int sector) const {
    if (served_.empty()) return {};
    auto const n = static_cast<std::size_t>(nation);
    return {dependence_.data() + (n * sectors_ + static_cast<std::size_t>(sector)) * max_providers_abroad, providers_[n]};
  }

 private:
  std::size_t sectors_ = 0;
  std::vector<std::size_t> providers_;     // [nation]: slots in use
  std::vector<double> dependence_;         // [nation x sector x slot]
  std::vector<Served> served_;             // by provider
  std::vector<std::size_t> first_served_;  // [nation x sector + 1]
};

}  // namespace world
