#include "sim/campaign/sampling/factor_design.hpp"

#include <algorithm>

#include "sim/base/names.hpp"
#include "sim/campaign/sampling/correlation.hpp"
#include "sim/campaign/sampling/fraction.hpp"
#include "sim/campaign/sampling/futures_filter.hpp"
#include "sim/campaign/sampling/latin_hypercube.hpp"
#include "sim/campaign/sampling/sampling_error.hpp"
#include "sim/campaign/sampling/sobol.hpp"
#include "sim/campaign/sampling/unit_design.hpp"
#include "sim/rng/distribution.hpp"

namespace sim {
namespace {

/// Points that may be tried: so many, and so many more for each future that was found.
constexpr std::uint64_t tries_first = 10'000, tries_each = 100;

/// Column of each varied factor among all factors.
std::vector<std::size_t> columns_of(std::vector<ParameterInfo> const& factors, std::vector<std::string> const& varied) {
  std::vector<std::size_t> columns;
  for (auto const& name : varied) {
    auto const at = std::find_if(factors.begin(), factors.end(), [&](auto const& factor) { return factor.name == name; });
    SIM_CHECK(at != factors.end());
    columns.push_back(static_cast<std::size_t>(at - factors.begin()));
  }
  return columns;
}

/// What the types have in common while the futures are made one by one.
class FuturesMaker {
 public:
  explicit FuturesMaker(FactorDesignRequest const& request)
      : request_(request),
        columns_(columns_of(request.factors, request.sampling.factors)),
        correlated_(request.sampling.factors, request.sampling.correlations),
        filter_(request.sampling.where, request.factors) {
    for (auto const& factor : request.factors) medians_.push_back(factor_value(factor, 0.5));
    design_.info.type = name_of(request.sampling.type);
    design_.info.factors = request.sampling.factors;
    design_.info.where = request.sampling.where;
    for (auto const& one : request.sampling.correlations) design_.info.correlations.push_back(one.first + " and " + one.second + " " + shown(one.rank));
  }

  FactorDesign take() && { return std::move(design_); }

  void random();
  void sobol();
  void latin_hypercube();
  /// Keeps the points that meet the conditions.
  void structured(UnitDesign const& design);
  void table();
  SamplingInfo& info() { return design_.info; }

 private:
  /// The values of a future from one probability for each varied factor.
  std::vector<double> future_of(double const* u) const {
    auto values = medians_;
    for (std::size_t i = 0; i < columns_.size(); ++i) values[columns_[i]] = factor_value(request_.factors[columns_[i]], u[i]);
    return values;
  }
  bool add_accepted(std::vector<double> const& values) {
    if (!filter_.accepts(values)) return false;
    design_.values.insert(design_.values.end(), values.begin(), values.end());
    ++design_.futures;
    return true;
  }
  void check_tries(std::uint64_t tries) const {
    if (tries < tries_first + tries_each * design_.futures) return;
    throw SamplingError("where", "too few futures meet the conditions", std::to_string(design_.futures) + " of " + std::to_string(tries) + " tried do",
                        "loosen the conditions, or narrow the priors to where they hold");
  }
  void check_some_left(std::uint32_t points) const {
    if (design_.futures == 0)
      throw SamplingError("where", "no future meets the conditions", "the design has " + std::to_string(points) + " points, all against them", "loosen the conditions");
  }

  FactorDesignRequest const& request_;
  std::vector<std::size_t> columns_;
  CorrelatedColumns correlated_;
  FuturesFilter filter_;
  std::vector<double> medians_;
  FactorDesign design_;
};

void FuturesMaker::random() {
  std::vector<std::uint64_t> streams;
  for (auto const& name : request_.sampling.factors) streams.push_back(stream_id("factor/" + name));
  std::vector<double> u(columns_.size());
  design_.values.reserve(std::size_t{request_.futures} * medians_.size());
  std::uint64_t tries = 0;
  for (std::uint32_t future = 0; future < request_.futures; ++future) {
    ReplicationStream const stream{.seed = request_.seed, .future = future, .replication = outside_replications};
    for (std::uint64_t attempt = 0;; ++attempt) {
      for (std::size_t i = 0; i < u.size(); ++i) u[i] = RngStream(stream, streams[i], 0, attempt).uniform();
      correlated_.correlate(u.data());
      ++tries;
      if (add_accepted(future_of(u.data()))) break;
      check_tries(tries);
    }
  }
}

void FuturesMaker::sobol() {
  std::size_t const width = columns_.size();
  design_.values.reserve(std::size_t{request_.futures} * medians_.size());
  for (std::uint32_t first = 0; design_.futures < request_.futures;) {
    std::uint32_t const missing = request_.futures - design_.futures;
    std::uint32_t const points = filter_.empty() ? missing : std::max(missing, 256u);
    auto u = sobol_design({request_.seed, points, request_.sampling.factors}, first);
    for (std::uint32_t i = 0; i < points && design_.futures < request_.futures; ++i) {
      correlated_.correlate(&u[i * width]);
      if (!add_accepted(future_of(&u[i * width]))) check_tries(first + i + 1);
    }
    first += points;
  }
}

void FuturesMaker::latin_hypercube() {
  DesignRequest const design{request_.seed, request_.futures, request_.sampling.factors};
  auto u = sim::latin_hypercube(design, request_.sampling.pairing);
  if (!correlated_.empty()) correlated_.repair(u, design);
  structured({design.points, std::move(u), {}, {}});
}

void FuturesMaker::structured(UnitDesign const& design) {
  std::size_t const width = columns_.size();
  design_.values.reserve(std::size_t{design.points} * medians_.size());
  for (std::size_t i = 0; i < design.points; ++i) add_accepted(future_of(&design.u[i * width]));
  check_some_left(design.points);
  design_.info.moved = design.moved;
  design_.info.direction = design.direction;
}

void FuturesMaker::table() {
  auto const& rows = request_.sampling.rows;
  std::size_t const width = columns_.size();
  for (std::size_t row = 0; row < rows.size() / width; ++row) {
    auto values = medians_;
    for (std::size_t i = 0; i < width; ++i) values[columns_[i]] = rows[row * width + i];
    add_accepted(values);
  }
  check_some_left(static_cast<std::uint32_t>(rows.size() / width));
}

void make_saltelli(FuturesMaker& maker, FactorDesignRequest const& request) {
  auto const& s = request.sampling;
  maker.info().base = s.base;
  maker.info().second_order = s.second_order;
  maker.structured(saltelli_design({request.seed, s.base, s.factors}, s.second_order));
}

void make_morris(FuturesMaker& maker, FactorDesignRequest const& request) {
  auto const& s = request.sampling;
  maker.info().trajectories = s.trajectories;
  maker.info().levels = s.levels;
  maker.structured(morris_design({request.seed, s.trajectories, s.factors}, s.levels));
}

void make_full(FuturesMaker& maker, FactorDesignRequest const& request) {
  maker.info().levels = request.sampling.levels;
  maker.structured(full_factorial(factorial_levels(request.factors, request.sampling)));
}

void make_fraction(FuturesMaker& maker, FactorDesignRequest const& request) {
  auto const& s = request.sampling;
  auto const fraction = fraction_of(s.factors, s.generators);
  maker.info().resolution = fraction.resolution;
  maker.info().generators = fraction.generators;
  maker.structured(fraction_design(fraction, s.low, s.high));
}

}  // namespace

double factor_value(ParameterInfo const& factor, double u) { return std::clamp(quantile(factor.prior, u), factor.minimum, factor.maximum); }

FactorDesign factor_design(FactorDesignRequest const& request) {
  FuturesMaker maker(request);
  auto const& s = request.sampling;
  switch (s.type) {
    case SamplingType::random: maker.random(); break;
    case SamplingType::latin_hypercube: maker.latin_hypercube(); break;
    case SamplingType::sobol: maker.sobol(); break;
    case SamplingType::saltelli: make_saltelli(maker, request); break;
    case SamplingType::morris: make_morris(maker, request); break;
    case SamplingType::full_factorial: make_full(maker, request); break;
    case SamplingType::fractional_factorial: make_fraction(maker, request); break;
    case SamplingType::one_at_a_time: maker.structured(one_at_a_time(s.factors.size(), s.low, s.high)); break;
    case SamplingType::table: maker.table(); break;
  }
  return std::move(maker).take();
}

std::vector<std::vector<double>> factorial_levels(std::vector<ParameterInfo> const& factors, Sampling const& sampling) {
  std::vector<std::vector<double>> levels;
  for (auto const column : columns_of(factors, sampling.factors)) {
    auto& one = levels.emplace_back();
    auto const& prior = factors[column].prior;
    if (prior.family != Family::discrete) {
      for (std::uint32_t k = 0; k < sampling.levels; ++k) one.push_back((k + 0.5) / sampling.levels);
      continue;
    }
    double all = 0, below = 0;
    for (std::uint32_t k = 0; k < prior.atoms.count; ++k) all += prior.atoms.weights[k];
    for (std::uint32_t k = 0; k < prior.atoms.count; ++k) {
      one.push_back((below + prior.atoms.weights[k] / 2) / all);
      below += prior.atoms.weights[k];
    }
  }
  return levels;
}

std::uint64_t planned_points(std::vector<ParameterInfo> const& factors, Sampling const& s) {
  std::size_t const width = s.factors.size();
  switch (s.type) {
    case SamplingType::saltelli: return saltelli_points(s.base, width, s.second_order);
    case SamplingType::morris: return std::uint64_t{s.trajectories} * (width + 1);
    case SamplingType::full_factorial: return factorial_points(factorial_levels(factors, s));
    case SamplingType::fractional_factorial: return std::uint64_t{1} << fraction_of(s.factors, s.generators).base;
    case SamplingType::one_at_a_time: return 2 * width + 1;
    case SamplingType::table: return width == 0 ? 0 : s.rows.size() / width;
    default: return 0;
  }
}

}  // namespace sim
