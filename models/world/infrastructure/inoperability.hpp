// The dynamic inoperability input-output model, shared by all nations: q' = K (A* q + c - q), exactly advanced.
#pragma once

#include <array>
#include <vector>

namespace world {

/// Demand-side interdependence of sectors (Haimes and Jiang 2001, Lian and Haimes 2006; equations 14.3).
class Inoperability {
 public:
  static constexpr int max_sectors = 16;
  using Levels = std::array<double, max_sectors>;

  Inoperability() = default;
  /// `interdependence` is A* [n x n], row-major; `recovery` is diag(K) [1/d], all positive; spectral radius of A* below 1.
  Inoperability(std::vector<double> interdependence, std::vector<double> recovery);

  int size() const { return size_; }
  /// (I - A*)^-1 c: inoperability when c lasts for ever.
  Levels equilibrium(Levels const& c) const;
  /// q after `days` under constant c; adds the integral of q over that time [d] to `integral`. Times are rounded to 1/16 d.
  Levels advance(Levels const& q, Levels const& c, double days, Levels& integral) const;

 private:
  Levels multiply(std::vector<double> const& matrix, Levels const& v) const;

  int size_ = 0;
  std::vector<double> inverse_;                    // (I - A*)^-1; all matrices by columns of max_sectors
  std::vector<double> rate_inverse_;               // M^-1 with M = K (A* - I)
  std::vector<std::vector<double>> powers_;        // exp(M 2^k / 16), k = 0 ... 15
};

/// A* = diag(x)^-1 A diag(x) from technical coefficients and outputs.
std::vector<double> interdependence(std::vector<double> const& coefficients, std::vector<double> const& output);

}  // namespace world
