#include "analysis/estimators/factorial.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

// Contrasts of one future.
struct FutureContrasts {
  std::vector<Moments> terms;  // over its complete histories
  std::size_t blocks = 0;      // complete histories
};

// Contrasts of every complete history of one future, or of the means of its whole units. [blocks / unit x terms]
std::vector<double> block_contrasts(std::span<Arm const> points, std::size_t future, std::size_t& blocks) {
  std::vector<double> all;
  std::vector<double> row(points.size());
  blocks = 0;
  std::size_t const unit = points[0].unit;
  for (std::size_t r = 0; r < points[0].replications; r += unit) {
    bool complete = true;
    for (std::size_t p = 0; p < points.size(); ++p) {
      row[p] = 0;
      for (double const x : points[p].future(future).subspan(r, unit)) row[p] += x / static_cast<double>(unit);
      complete = complete && !std::isnan(row[p]);
    }
    if (!complete) continue;
    yates(row);
    all.insert(all.end(), row.begin(), row.end());
    blocks += unit;
  }
  return all;
}

FutureContrasts contrasts(std::span<Arm const> points, std::size_t future) {
  FutureContrasts c;
  std::size_t const width = points.size();
  auto const all = block_contrasts(points, future, c.blocks);
  std::vector<double> column(all.size() / width);
  for (std::size_t t = 0; t < width; ++t) {
    for (std::size_t b = 0; b < column.size(); ++b) column[b] = all[b * width + t] * 2 / static_cast<double>(width);
    c.terms.push_back(moments(column));
  }
  return c;
}

}  // namespace

void yates(std::span<double> values) {
  SIM_CHECK(std::has_single_bit(values.size()));
  for (std::size_t step = 1; step < values.size(); step *= 2) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if ((i & step) != 0) continue;
      double const off = values[i];
      double const on = values[i + step];
      values[i] = on + off;
      values[i + step] = on - off;
    }
  }
}

std::vector<FactorialEffect> factorial_effects(std::span<Arm const> points) {
  SIM_CHECK(points.size() >= 2 && std::has_single_bit(points.size()));
  std::size_t const futures = points[0].futures;
  std::vector<FutureContrasts> all;
  std::size_t blocks = 0;
  for (std::size_t f = 0; f < futures; ++f) {
    auto c = contrasts(points, f);
    blocks += c.blocks;
    all.push_back(std::move(c));
  }
  std::vector<FactorialEffect> effects;
  std::vector<Moments> term(all.size());
  for (std::size_t t = 1; t < points.size(); ++t) {
    for (std::size_t f = 0; f < all.size(); ++f) term[f] = all[f].terms[t];
    bool const zero = std::all_of(term.begin(), term.end(), [](Moments const& m) { return m.n == 0 || (m.mean == 0 && !(m.variance > 0)); });
    effects.push_back({static_cast<std::uint32_t>(t), clustered_mean(unit_moments(term, points[0].unit_futures)), blocks, zero && blocks != 0});
  }
  return effects;
}

std::vector<std::size_t> factorial_order(std::span<std::vector<int> const> levels, std::size_t levers) {
  if (levers == 0 || levers > 16) return {};
  std::vector<std::size_t> order(std::size_t{1} << levers, none);
  std::vector<int> seen(levers, 0);
  for (std::size_t p = 0; p < levels.size(); ++p) {
    if (levels[p].size() != levers) continue;
    std::size_t setting = 0;
    for (std::size_t j = 0; j < levers; ++j) {
      int const level = levels[p][j];
      if (level == 0) continue;
      if (seen[j] != 0 && seen[j] != level) return {};
      seen[j] = level;
      setting |= std::size_t{1} << j;
    }
    if (order[setting] != none) return {};
    order[setting] = p;
  }
  for (std::size_t const p : order) {
    if (p == none) return {};
  }
  return order;
}

}  // namespace analysis
