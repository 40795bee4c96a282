// How a campaign's futures sample the uncertain factors: the settings of [sampling], plain data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sim {

enum class SamplingType {
  random,                // every future by itself
  latin_hypercube,       // one point in each of n strata of every factor
  sobol,                 // a scrambled low-discrepancy sequence
  saltelli,              // A, B and their mixtures, for Sobol' indices
  morris,                // trajectories on a grid, one factor at a step
  full_factorial,        // all combinations of levels
  fractional_factorial,  // a regular part of all combinations of two levels
  one_at_a_time,         // the medians, then each factor low and high
  table,                 // rows that the user gives
};

/// Names of the types in files, in the order of the enumeration.
std::vector<std::string> const& sampling_type_names();
inline std::string const& name_of(SamplingType type) {
  return sampling_type_names()[static_cast<std::size_t>(type)];
}

/// How the columns of a Latin hypercube are paired.
enum class Pairing { random, maximin, nearly_orthogonal };
std::vector<std::string> const& pairing_names();

/// Spearman's rank correlation that two factors shall have.
struct RankCorrelation {
  std::string first, second;
  double rank = 0;  // -1 to 1, exclusive
};

/// A checked [sampling]. Factors that do not vary stay at the median of their prior.
struct Sampling {
  SamplingType type = SamplingType::random;
  Pairing pairing = Pairing::random;       // latin_hypercube
  bool all = true;                         // the factors are all whose prior is no constant
  std::vector<std::string> factors;        // those that vary, in the order of the design's columns
  std::uint32_t levels = 4;                // full_factorial, morris
  std::uint32_t trajectories = 10;         // morris
  std::uint32_t base = 256;                // saltelli: rows of A
  bool second_order = false;               // saltelli: with BA_i
  std::vector<std::string> generators;     // fractional_factorial: "d = a*b*c", "e = -a*b"
  double low = 0.1, high = 0.9;            // quantiles of the two levels: fractional_factorial, one_at_a_time
  std::vector<double> rows;                // table: [points x factors], row-major, in the units of the factors
  std::vector<std::string> where;          // conditions that every future meets
  std::vector<RankCorrelation> correlations;

  /// True where nothing is said: every future drawn at random.
  bool is_default() const { return type == SamplingType::random && all && where.empty() && correlations.empty(); }
};

/// True where the design itself decides how many futures there are.
inline bool is_structured(SamplingType type) {
  return type != SamplingType::random && type != SamplingType::latin_hypercube && type != SamplingType::sobol;
}

/// Most futures of a campaign.
inline constexpr std::uint32_t futures_max = 1'000'000;

}  // namespace sim
