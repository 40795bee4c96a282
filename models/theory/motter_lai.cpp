#include "sim/base/names.hpp"
#include "models/theory/motter_lai.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/overloads.hpp"

namespace theory {

namespace {

constexpr double rounding = 1e-9;  // as the agents have it
constexpr double work_max = 2e6;   // assumed: a minute of cascades at the most

enum class Shape { cycle, complete, star, regular, erdos_renyi, scale_free };  // in the order of the choices

Shape shape_of(Values const& values) { return static_cast<Shape>(values.whole("network")); }
Attack attack_of(Values const& values) { return static_cast<Attack>(values.whole("attack")); }
bool is_random(Shape shape) { return shape >= Shape::regular; }

/// Load of place i = 1 ... m on a path of m nodes, both directions, endpoints counted.
double load_on_path(double i, double m) { return 2 * (m - 1) + 2 * (i - 1) * (m - i); }

double load_on_cycle(std::uint32_t nodes) {
  double load = 0;
  for (std::uint32_t steps = 1; steps < nodes; ++steps) load += std::min(steps, nodes - steps) + 1.0;
  return load;
}

/// Largest piece that stays when all nodes above `capacity` fail at once, again and again: only the two ends of a path
/// can hold.
std::uint32_t piece_of_path(std::uint32_t nodes, double capacity) {
  while (true) {
    std::uint32_t end = 0;
    while (end < nodes && load_on_path(end + 1, nodes) <= capacity * (1 + rounding)) ++end;
    if (end == nodes || end == 0) return end;
    nodes = end;
  }
}

Quantities of_cycle(std::uint32_t nodes, double tolerance) {
  double const load = load_on_cycle(nodes);
  double const most = load_on_path(nodes / 2, nodes - 1);  // in the middle of the path that is left
  return {{"giant_share", static_cast<double>(piece_of_path(nodes - 1, (1 + tolerance) * load)) / nodes},
          {"critical_tolerance", std::max(0.0, most / load - 1)}};
}

/// What is known: networks drawn at random have no closed form.
Quantities closed_form(Values const& values) {
  double const nodes = values.number("nodes");
  switch (shape_of(values)) {
    case Shape::cycle:
      return of_cycle(values.whole("nodes"), values.number("tolerance"));
    case Shape::complete:  // 2 (nodes - 1) paths end at a node and none leads through it: less after a loss
      return {{"giant_share", (nodes - 1) / nodes}, {"critical_tolerance", 0}};
    case Shape::star:  // the leaves are on their own and carry nothing
      return {{"giant_share", 1 / nodes}, {"critical_tolerance", 0}};
    default:
      return {};
  }
}

void check_exponent(Values const& values) {
  if (values.number("exponent") > 2) return;
  throw sim::Error("--exponent " + sim::shown(values.number("exponent")) +
                   " (a scale-free network has a mean degree only where exponent > 2) raise --exponent");
}

void check_degree(Values const& values) {
  double const nodes = values.number("nodes"), degree = values.number("degree"), ends = nodes * degree;
  std::string const given =
      "--degree " + sim::shown(degree) + " with --nodes " + std::to_string(values.whole("nodes"));
  if (degree > nodes - 1) {
    throw sim::Error(given + " (a node has at most one link to each other node: degree <= nodes - 1 = " +
                     std::to_string(values.whole("nodes") - 1) + ") lower --degree or raise --nodes");
  }
  if (shape_of(values) == Shape::regular && degree != std::floor(degree)) {
    throw sim::Error(given +
                     " (in a regular network every node has the same whole number of links) give a whole --degree");
  }
  double const links = std::floor(ends / 2 + 0.5);
  // Degrees with decimals are rounded numbers: a thousandth of a link is forgiven.
  if (std::fabs(ends / 2 - links) > 1e-3 || links < 1) {
    throw sim::Error(given + " (degrees add to nodes x degree = " + sim::shown(ends) +
                     ", which must be an even whole number above 0, as every link has two ends) change --degree or "
                     "--nodes, for example to --degree " +
                     sim::shown(2 * std::max(links, 1.0) / nodes));
  }
}

/// Each node sends a wave over every link: the work of a round.
void check_work(Values const& values) {
  double const nodes = values.number("nodes");
  Shape const shape = shape_of(values);
  double const degree = is_random(shape) ? values.number("degree") : shape == Shape::complete ? nodes - 1 : 2;
  if (nodes * nodes * degree <= work_max) return;
  throw sim::Error(
      std::to_string(values.whole("nodes")) + " nodes with " + sim::shown(degree) +
      " links each (nodes^2 x degree may be 2,000,000, so that a run takes a minute at most) lower --nodes" +
      (is_random(shape) ? " or --degree" : ""));
}

void check(Values const& values) {
  Shape const shape = shape_of(values);
  if (is_random(shape)) check_degree(values);
  check_work(values);
  if (shape == Shape::scale_free) check_exponent(values);
  if (shape == Shape::star && attack_of(values) == Attack::random) {
    throw sim::Error(
        "a random attack on a star (all hangs on whether its centre is hit, once in as many attacks as there are "
        "nodes: no mean over replications shows it) give --attack highest-load or another --network");
  }
}

Network network_of(Values const& values, sim::ReplicationStream const& stream) {
  std::uint32_t const nodes = values.whole("nodes");
  sim::RngStream const rng{stream, sim::stream_id("overloaded-network"), 0, 0};
  auto const links = static_cast<std::uint64_t>(nodes * values.number("degree") / 2 + 0.5);
  switch (shape_of(values)) {
    case Shape::cycle:
      return cycle_network(nodes);
    case Shape::complete:
      return complete_network(nodes);
    case Shape::star:
      return star_network(nodes);
    case Shape::regular:
      return regular_network(nodes, values.whole("degree"), rng);
    case Shape::erdos_renyi:
      return weighted_network(std::vector<double>(nodes, 1), links, rng);
    case Shape::scale_free:
      break;
  }
  return weighted_network(scale_free_weights(nodes, values.number("exponent")), links, rng);
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  Network const network = network_of(values, stream);
  return {
      {"giant_share", giant_after_overloads(network, values.number("tolerance"), attack_of(values), stream, executor)}};
}

}  // namespace

Theory motter_lai() {
  std::string const vector = "assumed: test vector of the law", example = "assumed: an example";
  return {
      .name = "motter-lai",
      .title = "Cascade of overloads after the loss of a node",
      .law =
          "a node fails above (1 + alpha) times its first load, all such at once and again; load: shortest paths "
          "through "
          "it, endpoints counted. Cycle: a path of m = n - 1 is left, place i carries 2(m - 1) + 2(i - 1)(m - i); "
          "complete: n - 1 are left; star without its centre: 1",
      .agents =
          "nodes that send waves along all shortest paths, count what they carry for others, and fail above their "
          "capacity; the first to go is any of the busiest, or any at all",
      .condition =
          "regular, erdos-renyi and scale-free networks are drawn anew in each replication and have no closed form; "
          "they need degree <= nodes - 1 and an even nodes x degree, scale-free ones exponent > 2; nodes^2 x degree up "
          "to "
          "2,000,000",
      .source = "Motter and Lai 2002, Phys. Rev. E 66:065102; scale-free: Goh, Kahng and Kim 2001, PRL 87:278701",
      .parameters = {{"network",
                      "1",
                      Kind::choice,
                      0,
                      0,
                      "cycle",
                      "the network; regular: all nodes with the same degree, else at random",
                      vector,
                      sim::Grade::assumed,
                      {"cycle", "complete", "star", "regular", "erdos-renyi", "scale-free"}},
                     {"nodes", "1", Kind::whole, 3, 200, "6", "nodes of the network", vector},
                     {"degree", "1", Kind::number, 0.01, 199, "4",
                      "mean number of links of a node; of regular, erdos-renyi and scale-free networks", example},
                     {"exponent", "1", Kind::number, 2, 100, "3",
                      "of the degrees of a scale-free network: P(k) falls as k^-exponent",
                      "Motter and Lai 2002, their scale-free networks", sim::Grade::reported},
                     {"attack",
                      "1",
                      Kind::choice,
                      0,
                      0,
                      "highest-load",
                      "which node goes first",
                      "Motter and Lai 2002, their attack on the node with the highest load",
                      sim::Grade::reported,
                      {"highest-load", "random"}},
                     {"tolerance", "1", Kind::number, 0, 100, "0.1",
                      "alpha: spare capacity over the load in the whole network", vector}},
      .quantities = {{"giant_share", "1",
                      "nodes in the largest component after the cascade, over those in the largest one before"},
                     {"critical_tolerance", "1", "tolerance from which only the lost node fails (law only)"}},
      .replications = 16,
      .check = check,
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
