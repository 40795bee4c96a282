#include "sim/rng/distribution.hpp"

#include <cmath>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"

namespace sim {
namespace {

double triangular_quantile(double low, double high, double mode, double u) {
  double const width = high - low;
  if (width == 0) return low;
  if (u * width < mode - low) return low + std::sqrt(u * width * (mode - low));
  return high - std::sqrt((1 - u) * width * (high - mode));
}

/// Quantile of Beta(1, 3).
double dense_at_zero(double u) { return 1 - math::pow(1 - u, 1.0 / 3); }

double sceptical_quantile(double low, double high, double null, double u) {
  double const below = high > low ? (null - low) / (high - low) : 0;
  if (u < below) return null - (null - low) * dense_at_zero(1 - u / below);
  return below < 1 ? null + (high - null) * dense_at_zero((u - below) / (1 - below)) : null;
}

/// The first value whose cumulative weight reaches the share u of all weights.
double discrete_quantile(Atoms const& atoms, double u) {
  double all = 0, sum = 0;
  for (std::uint32_t i = 0; i < atoms.count; ++i) all += atoms.weights[i];
  for (std::uint32_t i = 0; i < atoms.count; ++i) {
    sum += atoms.weights[i];
    if (u * all <= sum) return atoms.values[i];
  }
  return atoms.count ? atoms.values[atoms.count - 1] : 0;
}

double within(double value, double low, double high) { return value < low ? low : value > high ? high : value; }

bool is_finite(double value) { return value - value == 0; }

/// The same of a discrete distribution.
char const* fault(Atoms const& atoms) {
  if (atoms.count < 1 || atoms.count > Atoms::count_max) return "(it has no values, or more than eight) give one to eight";
  for (std::uint32_t i = 0; i < atoms.count; ++i) {
    if (!is_finite(atoms.values[i]) || !is_finite(atoms.weights[i])) return "(a value or weight is not finite) give finite numbers";
    if (!(atoms.weights[i] > 0)) return "(a weight is not above 0) remove the value, or raise its weight";
    if (i > 0 && !(atoms.values[i - 1] < atoms.values[i])) return "(the values do not rise) sort them, each once";
  }
  double all = 0;
  for (std::uint32_t i = 0; i < atoms.count; ++i) all += atoms.weights[i];
  return is_finite(all) ? nullptr : "(the weights are too large to add) lower them";
}

/// Why the parameters are wrong and what to do; null if they are right.
char const* fault(Distribution const& d) {
  if (!is_finite(d.a) || !is_finite(d.b) || !is_finite(d.c)) return "(a parameter is not finite) give finite numbers";
  switch (d.family) {
    case Family::constant: return nullptr;
    case Family::uniform: return d.a <= d.b ? nullptr : "(a lower bound above the upper one) swap the bounds";
    case Family::log_uniform:
      if (d.a <= 0) return "(a logarithm needs a lower bound above 0) raise the lower bound";
      return d.a <= d.b ? nullptr : "(a lower bound above the upper one) swap the bounds";
    case Family::triangular:
      if (d.a > d.b) return "(a lower bound above the upper one) swap the bounds";
      return d.a <= d.c && d.c <= d.b ? nullptr : "(the mode is outside the bounds) put it between them";
    case Family::sceptical:
      if (d.a > d.b) return "(a lower bound above the upper one) swap the bounds";
      return d.a <= d.c && d.c <= d.b ? nullptr : "(the null value is outside the bounds) put it between them";
    case Family::normal:
      return d.b >= 0 ? nullptr : "(a negative standard deviation) give one of at least 0";
    case Family::lognormal:
      if (d.a <= 0) return "(the median must be above 0) raise it";
      return d.b >= 0 ? nullptr : "(a negative standard deviation of the log) give one of at least 0";
    case Family::beta: return d.a > 0 && d.b > 0 ? nullptr : "(both shapes must be above 0) raise them";
    case Family::gamma:
      return d.a > 0 && d.b > 0 ? nullptr : "(shape and mean must be above 0) raise them";
    case Family::exponential: return d.a > 0 ? nullptr : "(the mean must be above 0) raise it";
    case Family::weibull:
      return d.a > 0 && d.b > 0 ? nullptr : "(shape and scale must be above 0) raise them";
    case Family::discrete: return fault(d.atoms);
  }
  return "(no such family) use one of those that `describe` lists";
}

}  // namespace

void check(Distribution const& distribution) {
  if (char const* why = fault(distribution)) throw Error("no distribution is " + to_string(distribution) + " " + why);
}

double quantile(Distribution const& d, double u) {
  switch (d.family) {
    case Family::constant: return d.a;
    case Family::uniform: return within(d.a + u * (d.b - d.a), d.a, d.b);
    case Family::log_uniform: return within(d.a * math::exp(u * math::log(d.b / d.a)), d.a, d.b);
    case Family::triangular: return within(triangular_quantile(d.a, d.b, d.c, u), d.a, d.b);
    case Family::normal: return d.a + d.b * math::normal_quantile(u);
    case Family::lognormal: return d.a * math::exp(d.b * math::normal_quantile(u));
    case Family::beta: return math::beta_quantile(u, d.a, d.b);
    case Family::gamma: return d.b / d.a * math::gamma_quantile(u, d.a);
    case Family::exponential: return -d.a * math::log(1 - u);
    case Family::weibull: return d.b * math::pow(-math::log(1 - u), 1 / d.a);
    case Family::sceptical: return within(sceptical_quantile(d.a, d.b, d.c, u), d.a, d.b);
    case Family::discrete: return discrete_quantile(d.atoms, u);
  }
  return d.a;
}

}  // namespace sim
