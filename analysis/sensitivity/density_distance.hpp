// The distance between the distribution of an output within classes and in the whole, by kernel densities on a grid.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/sensitivity/classes.hpp"

namespace analysis {

/// Holds the outputs as normal scores on the grid; measures many weightings and classes of the same outputs.
class DensityDistance {
 public:
  /// Values must be defined.
  explicit DensityDistance(std::span<double const> y);

  /// sum over classes of share x integral |f - f_class| / 2, each point counted `weights` times; f is the mixture of the f_class.
  double operator()(Classes const& classes, std::span<double const> weights) const;

 private:
  struct Place {
    std::uint32_t cell = 0;
    double part = 0;  // of the point that goes to the next cell
  };
  std::vector<double> scores_;
  std::vector<Place> places_;
};

}  // namespace analysis
