#include "sim/campaign/sampling/unit_design.hpp"

#include <algorithm>
#include <numeric>

#include "sim/campaign/sampling/sobol.hpp"
#include "sim/campaign/sampling/sobol_numbers.hpp"

namespace sim {
namespace {

/// The order in which a trajectory moves the factors: uniform over all orders, keyed by the names.
std::vector<std::size_t> order_of(DesignRequest const& request, std::uint32_t trajectory) {
  std::vector<std::uint64_t> keys;
  for (auto const& name : request.factors) keys.push_back(design_stream(request.seed, stream_id("morris/" + name), 1, trajectory).bits());
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
  return order;
}

}  // namespace

std::uint64_t saltelli_points(std::uint64_t base, std::size_t factors, bool second_order) {
  return base * ((second_order ? 2 : 1) * factors + 2);
}

UnitDesign saltelli_design(DesignRequest const& request, bool second_order, DesignPart part) {
  std::size_t const width = request.factors.size();
  SobolSequence const sequence(2 * width);
  std::vector<OwenScrambling> scramble;
  for (char const* half : {"saltelli A/", "saltelli B/"})
    for (auto const& name : request.factors) scramble.emplace_back(request.seed, half + name);
  UnitDesign design;
  design.points = static_cast<std::uint32_t>(saltelli_points(part.end(request.points) - part.first, width, second_order));
  design.u.reserve(std::size_t{design.points} * width);
  std::vector<double> row(2 * width);
  for (std::uint32_t i = part.first; i < part.end(request.points); ++i) {
    for (std::size_t d = 0; d < 2 * width; ++d) row[d] = scramble[d](sequence.digits(i, d));
    auto const a = row.begin(), b = a + static_cast<std::ptrdiff_t>(width);
    auto const add = [&](auto from, auto other, std::size_t changed) {
      design.u.insert(design.u.end(), from, from + static_cast<std::ptrdiff_t>(width));
      if (changed < width) design.u[design.u.size() - width + changed] = other[static_cast<std::ptrdiff_t>(changed)];
    };
    add(a, b, width);
    add(b, a, width);
    for (std::size_t j = 0; j < width; ++j) add(a, b, j);
    for (std::size_t j = 0; second_order && j < width; ++j) add(b, a, j);
  }
  return design;
}

UnitDesign morris_design(DesignRequest const& request, std::uint32_t levels, DesignPart part) {
  SIM_CHECK(levels >= 2 && levels % 2 == 0);
  std::size_t const width = request.factors.size();
  UnitDesign design;
  design.points = static_cast<std::uint32_t>((part.end(request.points) - part.first) * (width + 1));
  std::vector<std::uint32_t> level(width);
  auto const add = [&](std::int32_t moved, std::int32_t direction) {
    for (auto const k : level) design.u.push_back((k + 0.5) / levels);
    design.moved.push_back(moved);
    design.direction.push_back(direction);
  };
  for (std::uint32_t trajectory = part.first; trajectory < part.end(request.points); ++trajectory) {
    for (std::size_t d = 0; d < width; ++d)
      level[d] = design_stream(request.seed, stream_id("morris/" + request.factors[d]), 0, trajectory).below(levels);
    add(-1, 0);
    for (auto const d : order_of(request, trajectory)) {
      bool const up = level[d] < levels / 2;
      level[d] = up ? level[d] + levels / 2 : level[d] - levels / 2;
      add(static_cast<std::int32_t>(d), up ? 1 : -1);
    }
  }
  return design;
}

std::uint64_t factorial_points(std::vector<std::vector<double>> const& levels) {
  constexpr std::uint64_t most = std::uint64_t{1} << 63;
  std::uint64_t points = 1;
  for (auto const& one : levels) {
    if (one.empty()) return 0;
    points = points > most / one.size() ? most : points * one.size();
  }
  return points;
}

UnitDesign full_factorial(std::vector<std::vector<double>> const& levels, DesignPart part) {
  UnitDesign design;
  auto const end = part.end(static_cast<std::uint32_t>(factorial_points(levels)));
  design.points = end - part.first;
  design.u.reserve(std::size_t{design.points} * levels.size());
  for (std::size_t i = part.first; i < end; ++i) {
    std::size_t rest = i;
    for (auto const& one : levels) {
      design.u.push_back(one[rest % one.size()]);
      rest /= one.size();
    }
  }
  return design;
}

UnitDesign one_at_a_time(std::size_t factors, double low, double high) {
  UnitDesign design;
  design.points = static_cast<std::uint32_t>(2 * factors + 1);
  design.u.assign(design.points * factors, 0.5);
  for (std::size_t d = 0; d < factors; ++d) {
    design.u[(1 + 2 * d) * factors + d] = low;
    design.u[(2 + 2 * d) * factors + d] = high;
  }
  return design;
}

}  // namespace sim
