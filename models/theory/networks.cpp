#include "models/theory/networks.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"

namespace theory {

namespace {

using Link = std::array<std::uint32_t, 2>;

// R. Milo, N. Kashtan, S. Itzkovitz, M. E. J. Newman, U. Alon, arXiv:cond-mat/0312028 (2003): a hundred swaps for each
// link are more than enough.
constexpr std::uint64_t swaps_per_link = 100;

Network network_of(std::uint32_t nodes, std::vector<Link> const& links) {
  Network network(nodes);
  for (auto const [a, b] : links) {
    network[a].push_back(b);
    network[b].push_back(a);
  }
  return network;
}

/// Node i linked to those nearest to it on a circle, and to the one opposite where the degree is odd.
std::vector<Link> circulant(std::uint32_t nodes, std::uint32_t degree) {
  std::vector<Link> links;
  for (std::uint32_t step = 1; step <= degree / 2; ++step) {
    for (std::uint32_t i = 0; i < nodes; ++i) links.push_back({i, (i + step) % nodes});
  }
  for (std::uint32_t i = 0; degree % 2 == 1 && i < nodes / 2; ++i) links.push_back({i, i + nodes / 2});
  return links;
}

}  // namespace

Network cycle_network(std::uint32_t nodes) { return network_of(nodes, circulant(nodes, 2)); }

Network star_network(std::uint32_t nodes) {
  std::vector<Link> links;
  for (std::uint32_t i = 1; i < nodes; ++i) links.push_back({0, i});
  return network_of(nodes, links);
}

Network complete_network(std::uint32_t nodes) {
  std::vector<Link> links;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    for (std::uint32_t j = 0; j < i; ++j) links.push_back({j, i});
  }
  return network_of(nodes, links);
}

Network weighted_network(std::vector<double> const& weights, std::uint64_t links, sim::RngStream rng) {
  auto const nodes = static_cast<std::uint32_t>(weights.size());
  // Pairs drawn one after the other without replacement come in the order of exponential times with their weights as
  // rates (P. S. Efraimidis, P. G. Spirakis, Inf. Process. Lett. 97:181, 2006).
  std::vector<std::pair<double, Link>> pairs;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    for (std::uint32_t j = 0; j < i; ++j) pairs.push_back({rng.exponential(1) / (weights[i] * weights[j]), {j, i}});
  }
  SIM_CHECK(links <= pairs.size());
  std::sort(pairs.begin(), pairs.end());
  std::vector<Link> chosen;
  for (std::uint64_t i = 0; i < links; ++i) chosen.push_back(pairs[i].second);
  return network_of(nodes, chosen);
}

std::vector<double> scale_free_weights(std::uint32_t nodes, double exponent) {
  SIM_CHECK(exponent > 2);
  std::vector<double> weights;
  for (std::uint32_t i = 1; i <= nodes; ++i) weights.push_back(sim::math::pow(i, -1 / (exponent - 1)));
  return weights;
}

Network regular_network(std::uint32_t nodes, std::uint32_t degree, sim::RngStream rng) {
  SIM_CHECK(degree < nodes && nodes % 2 * (degree % 2) == 0);
  std::vector<Link> links = circulant(nodes, degree);
  std::vector<std::vector<bool>> is_linked(nodes, std::vector<bool>(nodes, false));
  auto const set = [&is_linked](std::uint32_t a, std::uint32_t b, bool value) {
    is_linked[a][b] = is_linked[b][a] = value;
  };
  for (auto const [a, b] : links) set(a, b, true);
  for (std::uint64_t swap = 0; swap < swaps_per_link * links.size(); ++swap) {
    Link& one = links[rng.below(static_cast<std::uint32_t>(links.size()))];
    Link& other = links[rng.below(static_cast<std::uint32_t>(links.size()))];
    if (rng.below(2) == 1) std::swap(other[0], other[1]);
    auto const [a, b] = one;
    auto const [c, d] = other;
    if (a == c || a == d || b == c || b == d || is_linked[a][d] || is_linked[c][b]) continue;
    set(a, b, false), set(c, d, false), set(a, d, true), set(c, b, true);
    one = {a, d};
    other = {c, b};
  }
  return network_of(nodes, links);
}

}  // namespace theory
