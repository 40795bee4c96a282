// Networks of a given kind: who is linked to whom.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/rng/stream.hpp"

namespace theory {

/// For each node the nodes that it is linked to; every link stands at both ends, no link twice, none to itself.
using Network = std::vector<std::vector<std::uint32_t>>;

/// Node i linked to i + 1, the last to the first; 3 nodes or more.
Network cycle_network(std::uint32_t nodes);
/// Node 0 linked to all others.
Network star_network(std::uint32_t nodes);
/// Every node linked to every other.
Network complete_network(std::uint32_t nodes);

/// Exactly `links` links, each between two nodes chosen in proportion to their weights (all above 0): the static model
/// of K.-I. Goh, B. Kahng, D. Kim, Phys. Rev. Lett. 87:278701 (2001). At most nodes (nodes - 1) / 2 links.
Network weighted_network(std::vector<double> const& weights, std::uint64_t links, sim::RngStream rng);
/// Weights with which the degrees of large networks have the tail degree^-exponent; exponent > 2.
std::vector<double> scale_free_weights(std::uint32_t nodes, double exponent);

/// All nodes with the same degree, otherwise at random; degree < nodes, and one of both even.
Network regular_network(std::uint32_t nodes, std::uint32_t degree, sim::RngStream rng);

}  // namespace theory
