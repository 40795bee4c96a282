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

/// Points of a design on the unit hypercube that are held at a time, about.
constexpr std::uint32_t points_at_once = 4096;

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
  /// Keeps the points that meet the conditions, of `parts` parts of `points_each` points that `make` makes from a DesignPart.
  template <class Make>
  void structured(std::uint32_t parts, std::size_t points_each, Make make);
  void table();
  SamplingInfo& info() { return design_.info; }

 private:
  /// The values of a future from one probability for each varied factor.
  std::vector<double> future_of(double const* u) const {
    auto values = medians_;
    for (std::size_t i = 0; i < columns_.size(); ++i) values[columns_[i]] = factor_value(request_.factors[columns_[i]], u[i]);
    return values;
  }
  void add(UnitDesign const& design) {
    for (std::size_t i = 0; i < design.points; ++i) add_accepted(future_of(&design.u[i * columns_.size()]));
    design_.info.moved.insert(design_.info.moved.end(), design.moved.begin(), design.moved.end());
    design_.info.direction.insert(design_.info.direction.end(), design.direction.begin(), design.direction.end());
  }
  /// Inverts the prior of varied factor `d` in every future.
  void set_column(std::size_t d, double const* u, std::size_t stride) {
    auto const& factor = request_.factors[columns_[d]];
    for (std::size_t i = 0; i < design_.futures; ++i) design_.values[i * medians_.size() + columns_[d]] = factor_value(factor, u[i * stride]);
  }
  void set_correlated();
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
    std::uint32_t const points = std::min(filter_.empty() ? missing : std::max(missing, 256u), points_at_once);
    auto u = sobol_design({request_.seed, points, request_.sampling.factors}, first);
    for (std::uint32_t i = 0; i < points && design_.futures < request_.futures; ++i) {
      correlated_.correlate(&u[i * width]);
      if (!add_accepted(future_of(&u[i * width]))) check_tries(first + i + 1);
    }
    first += points;
  }
}

/// Correlated columns are re-paired together, the others are not held meanwhile.
void FuturesMaker::set_correlated() {
  auto const& names = request_.sampling.factors;
  std::vector<std::size_t> correlated;
  DesignRequest design{request_.seed, request_.futures, {}};
  for (std::size_t d = 0; d < names.size(); ++d)
    for (auto const& one : request_.sampling.correlations)
      if ((one.first == names[d] || one.second == names[d]) && (correlated.empty() || correlated.back() != d)) {
        correlated.push_back(d);
        design.factors.push_back(names[d]);
      }
  auto u = sim::latin_hypercube(design, Pairing::random);
  CorrelatedColumns(design.factors, request_.sampling.correlations).repair(u, design);
  for (std::size_t c = 0; c < correlated.size(); ++c) set_column(correlated[c], &u[c], correlated.size());
}

void FuturesMaker::latin_hypercube() {
  SIM_CHECK(filter_.empty());
  auto const& names = request_.sampling.factors;
  design_.futures = request_.futures;
  design_.values.reserve(std::size_t{request_.futures} * medians_.size());
  for (std::uint32_t i = 0; i < request_.futures; ++i) design_.values.insert(design_.values.end(), medians_.begin(), medians_.end());
  // A random pairing is made column by column.
  if (request_.sampling.pairing == Pairing::random) {
    for (std::size_t d = 0; d < names.size(); ++d) set_column(d, sim::latin_hypercube({request_.seed, request_.futures, {names[d]}}, Pairing::random).data(), 1);
    if (!correlated_.empty()) set_correlated();
    return;
  }
  SIM_CHECK(correlated_.empty());
  auto const u = sim::latin_hypercube({request_.seed, request_.futures, names}, request_.sampling.pairing);
  for (std::size_t d = 0; d < names.size(); ++d) set_column(d, &u[d], names.size());
}

template <class Make>
void FuturesMaker::structured(std::uint32_t parts, std::size_t points_each, Make make) {
  std::size_t const points = parts * points_each;
  if (filter_.empty()) {
    design_.values.reserve(points * medians_.size());
    if (request_.sampling.type == SamplingType::morris) design_.info.moved.reserve(points), design_.info.direction.reserve(points);
  }
  auto const count = static_cast<std::uint32_t>(std::max<std::size_t>(1, points_at_once / points_each));
  for (std::uint32_t first = 0; first < parts; first += count) add(make(DesignPart{first, count}));
  check_some_left(static_cast<std::uint32_t>(points));
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
  DesignRequest const design{request.seed, s.base, s.factors};
  maker.structured(s.base, saltelli_points(1, s.factors.size(), s.second_order), [&](DesignPart part) { return saltelli_design(design, s.second_order, part); });
}

void make_morris(FuturesMaker& maker, FactorDesignRequest const& request) {
  auto const& s = request.sampling;
  maker.info().trajectories = s.trajectories;
  maker.info().levels = s.levels;
  DesignRequest const design{request.seed, s.trajectories, s.factors};
  maker.structured(s.trajectories, s.factors.size() + 1, [&](DesignPart part) { return morris_design(design, s.levels, part); });
}

void make_full(FuturesMaker& maker, FactorDesignRequest const& request) {
  maker.info().levels = request.sampling.levels;
  auto const levels = factorial_levels(request.factors, request.sampling);
  maker.structured(static_cast<std::uint32_t>(factorial_points(levels)), 1, [&](DesignPart part) { return full_factorial(levels, part); });
}

void make_fraction(FuturesMaker& maker, FactorDesignRequest const& request) {
  auto const& s = request.sampling;
  auto const fraction = fraction_of(s.factors, s.generators);
  maker.info().resolution = fraction.resolution;
  maker.info().generators = fraction.generators;
  maker.structured(std::uint32_t{1} << fraction.base, 1, [&](DesignPart part) { return fraction_design(fraction, s.low, s.high, part); });
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
    case SamplingType::one_at_a_time: maker.structured(1, 2 * s.factors.size() + 1, [&](DesignPart) { return one_at_a_time(s.factors.size(), s.low, s.high); }); break;
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
