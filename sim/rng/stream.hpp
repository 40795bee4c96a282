// Random streams: every number is a pure function of seed, future, replication, branch, agent, purpose, subkey, index.
#pragma once

#include <cstdint>

#include "sim/base/contracts.hpp"
#include "sim/base/fields.hpp"
#include "sim/base/math.hpp"
#include "sim/rng/distribution.hpp"
#include "sim/rng/philox.hpp"

namespace sim {

/// What all streams of one replication share. The design point is left out: common random numbers.
struct ReplicationStream {
  std::uint64_t seed = 0;
  std::uint32_t future = 0;
  std::uint32_t replication = 0;
  std::uint32_t branch = 0;      // 0 but for splitting
  std::uint64_t complement = 0;  // XORed into every word: all bits in the second half of an antithetic pair
};

/// The streams of an antithetic campaign (J. M. Hammersley and K. W. Morton, Proc. Camb. Phil. Soc. 52(3), 1956): replication 2k + 1
/// takes every word of 2k complemented, so that each uniform number u becomes 1 - u, exactly.
inline ReplicationStream antithetic(ReplicationStream stream) {
  if (stream.replication % 2 == 0) return stream;
  --stream.replication;
  stream.complement = ~std::uint64_t{0};
  return stream;
}

/// A sequence of random numbers. Every variate takes exactly one 64-bit word and is not decreasing in it, whatever its
/// parameters: two treatments that differ in parameters stay in step. A block is 4 words; the next one follows when
/// they are used up, so a caller that numbers blocks itself leaves room for the longest use of a stream.
class RngStream {
 public:
  RngStream(ReplicationStream const& replication, std::uint64_t agent, std::uint32_t purpose, std::uint64_t subkey,
            std::uint64_t block = 0)
      : key_{replication.seed, std::uint64_t{replication.future} << 32 | replication.replication},
        counter_{block, agent, std::uint64_t{replication.branch} << 32 | purpose, subkey},
        complement_(replication.complement) {}

  /// 64 random bits.
  std::uint64_t bits() {
    if (used_ == 4) refill();
    return words_[used_++];
  }

  /// Uniform on the odd multiples of 2^-53: never 0 or 1, exact, and 1 - u is as likely as u.
  double uniform() { return to_uniform(bits()); }
  /// Uniform on [a, b].
  double uniform(double a, double b) {
    double const value = a + uniform() * (b - a);
    return value < a ? a : value > b ? b : value;
  }
  /// True with probability p.
  bool bernoulli(double p) { return uniform() < p; }
  /// One of 0 ... n - 1, n >= 1; no value is favoured by more than n / 2^64.
  std::uint32_t below(std::uint32_t n) {
    SIM_CHECK(n > 0);
    __extension__ using Product = unsigned __int128;
    return static_cast<std::uint32_t>(Product{bits()} * n >> 64);
  }
  double exponential(double mean) { return -mean * math::log(1 - uniform()); }
  double normal(double mean, double sd) { return mean + sd * math::normal_quantile(uniform()); }
  /// `log_sd` is the standard deviation of the natural logarithm.
  double lognormal(double median, double log_sd) {
    return median * math::exp(log_sd * math::normal_quantile(uniform()));
  }
  double weibull(double shape, double scale) {
    return scale * math::pow(-math::log(1 - uniform()), 1 / shape);
  }
  double gamma(double shape, double mean) { return mean / shape * math::gamma_quantile(uniform(), shape); }
  double beta(double a, double b) { return math::beta_quantile(uniform(), a, b); }
  /// mean in [0, 2^31].
  std::uint32_t poisson(double mean) {
    SIM_CHECK(mean <= 0x1p31);
    return static_cast<std::uint32_t>(math::poisson_quantile(uniform(), mean));
  }
  /// A variate of a distribution that has passed `check`; a constant takes its word too.
  double draw(Distribution const& distribution) { return quantile(distribution, uniform()); }

  /// The 52 upper bits of a word as an odd multiple of 2^-53.
  static double to_uniform(std::uint64_t word) {
    return static_cast<double>(static_cast<std::int64_t>(word >> 11 | 1)) * 0x1p-53;
  }

 private:
  void refill();  // out of line: a hundred handlers share one copy in the instruction cache

  PhiloxKey key_;
  PhiloxCounter counter_;
  PhiloxCounter words_{};
  std::uint64_t complement_;
  unsigned used_ = 4;
};

}  // namespace sim
