#include "analysis/estimators/control.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

constexpr double collinear_below = 1e-9;  // share of a control's variance that those before it must leave
constexpr double rounding = 1e-12;        // share of its variance below which a control is constant

// Sums over pairs of the controls' and the response's differences (the last) and of their products.
struct Sums {
  explicit Sums(std::size_t columns) : first(columns, 0), second(columns * columns, 0) {}
  void add(std::vector<double> const& row) {
    ++n;
    for (std::size_t i = 0; i < row.size(); ++i) {
      first[i] += row[i];
      for (std::size_t j = 0; j <= i; ++j) second[i * row.size() + j] += row[i] * row[j];
    }
  }
  void add(Sums const& other, double sign) {
    n += sign * other.n;
    for (std::size_t i = 0; i < first.size(); ++i) first[i] += sign * other.first[i];
    for (std::size_t i = 0; i < second.size(); ++i) second[i] += sign * other.second[i];
  }
  double product(std::size_t i, std::size_t j) const {
    return second[std::max(i, j) * first.size() + std::min(i, j)] - first[i] * first[j] / n;
  }
  double n = 0;
  std::vector<double> first, second;
};

// Least squares by Cholesky, control after control; one of which those before it leave nothing has weight 0.
struct Regression {
  std::vector<double> weights;
  std::vector<ControlUse> uses;
};

// `all` are the sums over all units, beside which what is left of a control may be rounding.
Regression regress(Sums const& sums, Sums const& all) {
  std::size_t const controls = all.first.size() - 1;
  Regression r{std::vector<double>(controls, 0), std::vector<ControlUse>(controls, ControlUse::used)};
  std::vector<double> factor(controls * controls, 0), right(controls, 0);
  for (std::size_t i = 0; i < controls; ++i) {
    double const whole = sums.product(i, i);
    double left = whole;
    for (std::size_t j = 0; j < i; ++j) {
      if (r.uses[j] != ControlUse::used) continue;
      double value = sums.product(i, j);
      for (std::size_t k = 0; k < j; ++k) value -= factor[i * controls + k] * factor[j * controls + k];
      factor[i * controls + j] = value / factor[j * controls + j];
      left -= factor[i * controls + j] * factor[i * controls + j];
    }
    if (!(whole > rounding * all.product(i, i))) r.uses[i] = ControlUse::constant;
    else if (!(left > collinear_below * whole)) r.uses[i] = ControlUse::collinear;
    if (r.uses[i] != ControlUse::used) {
      for (std::size_t j = 0; j < i; ++j) factor[i * controls + j] = 0;
      continue;
    }
    factor[i * controls + i] = std::sqrt(left);
    right[i] = sums.product(controls, i);
    for (std::size_t k = 0; k < i; ++k) right[i] -= factor[i * controls + k] * right[k];
    right[i] /= factor[i * controls + i];
  }
  for (std::size_t i = controls; i-- > 0;) {
    if (r.uses[i] != ControlUse::used) continue;
    double value = right[i];
    for (std::size_t k = i + 1; k < controls; ++k) value -= factor[k * controls + i] * r.weights[k];
    r.weights[i] = value / factor[i * controls + i];
  }
  return r;
}

// Means of the columns over the pairs [first, last); false if one of them is NaN.
bool mean_row(std::vector<std::vector<double>> const& columns, std::size_t first, std::size_t last, std::vector<double>& row) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += columns[c][i];
    row[c] = sum / static_cast<double>(last - first);
    if (std::isnan(row[c])) return false;
  }
  return true;
}

// The pairs of every independent unit: of the futures, or of those that share draws, or one each where there is a single future. Antithetic halves are one row.
std::vector<Sums> sums_of_units(Arm const& arm, std::vector<std::vector<double>> const& columns) {
  std::vector<std::vector<Sums>> found;
  std::vector<double> row(columns.size());
  std::size_t const width = arm.unit_futures * arm.replications;
  for (std::size_t first = 0; first < arm.values.size(); first += width) {
    std::vector<Sums> pairs;
    for (std::size_t i = first; i < std::min(first + width, arm.values.size()); i += arm.unit)
      if (mean_row(columns, i, i + arm.unit, row)) pairs.emplace_back(columns.size()).add(row);
    if (!pairs.empty()) found.push_back(std::move(pairs));
  }
  if (found.size() == 1 && arm.unit_futures == 1) return found.front();
  std::vector<Sums> units;
  for (auto const& pairs : found) {
    units.emplace_back(columns.size());
    for (Sums const& pair : pairs) units.back().add(pair, 1);
  }
  return units;
}

// Mean over units of column `c`'s mean, with one unit left out if there is one.
double mean_without(double sum_of_means, Sums const* left_out, std::size_t c, std::size_t units) {
  if (left_out == nullptr) return sum_of_means / static_cast<double>(units);
  return (sum_of_means - left_out->first[c] / left_out->n) / static_cast<double>(units - 1);
}

Estimate jackknifed(double value, std::vector<double> const& without, std::size_t degrees, double level) {
  Moments const m = moments(without);
  auto const n = static_cast<double>(m.n);
  double const error = std::sqrt(m.variance * (n - 1) * (n - 1) / n);
  double const half = error == 0 ? 0.0 : error * student_quantile(0.5 + level / 2, degrees);
  return {m.n, value, value - half, value + half};
}

}  // namespace

ControlledDifference controlled_difference(Arm const& treatment, Arm const& reference, std::vector<ControlArms> const& controls, double level) {
  std::size_t const q = controls.size();
  std::vector<std::vector<double>> columns;
  for (ControlArms const& c : controls) columns.push_back(pair_differences(c.treatment, c.reference));
  columns.push_back(pair_differences(treatment, reference));
  auto const units = sums_of_units(treatment, columns);

  ControlledDifference d;
  d.uses.assign(q, ControlUse::constant);
  d.weights.assign(q, 0);
  if (units.empty()) return d;
  Sums all(q + 1);
  std::vector<double> means(q + 1, 0);  // sums over units of their means
  for (Sums const& unit : units) {
    all.add(unit, 1);
    for (std::size_t c = 0; c <= q; ++c) means[c] += unit.first[c] / unit.n;
  }
  Regression const fit = regress(all, all);
  d.uses = fit.uses;
  d.too_few = units.size() < q + least_units_beyond;
  if (!d.too_few) d.weights = fit.weights;
  std::size_t used = 0;
  for (double const w : d.weights) used += w != 0;

  auto const adjusted = [&](Sums const* left_out, std::vector<double> const& weights) {
    double value = mean_without(means[q], left_out, q, units.size());
    for (std::size_t c = 0; c < q; ++c) value -= weights[c] * mean_without(means[c], left_out, c, units.size());
    return value;
  };
  d.plain = mean_without(means[q], nullptr, q, units.size());
  double const value = adjusted(nullptr, d.weights);
  d.adjusted = {units.size(), value, undefined, undefined};
  d.shift = {units.size(), d.plain - value, undefined, undefined};
  if (units.size() < 2) return d;
  std::vector<double> plain_without, adjusted_without, shift_without;
  for (Sums const& unit : units) {
    Sums rest = all;
    rest.add(unit, -1);
    plain_without.push_back(mean_without(means[q], &unit, q, units.size()));
    adjusted_without.push_back(adjusted(&unit, used == 0 ? d.weights : regress(rest, all).weights));
    shift_without.push_back(plain_without.back() - adjusted_without.back());
  }
  std::size_t const degrees = units.size() - 1;
  Estimate const plain = jackknifed(d.plain, plain_without, degrees, level);
  d.adjusted = jackknifed(value, adjusted_without, degrees - used, level);
  d.shift = jackknifed(d.plain - value, shift_without, degrees - used, level);
  double const ratio = (plain.hi - plain.lo) / (d.adjusted.hi - d.adjusted.lo);
  if (d.adjusted.hi > d.adjusted.lo) d.factor = ratio * ratio;
  return d;
}

}  // namespace analysis
