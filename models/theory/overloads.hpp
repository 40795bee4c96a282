// Agents in a cascade of overloads: nodes carry the shortest paths between all others, and fail above their capacity; a
// conductor attacks one and waits for the end.
#pragma once

#include <vector>

#include "models/theory/networks.hpp"
#include "sim/kernel/context.hpp"
#include "sim/kernel/executor.hpp"

namespace theory {

struct LoadConductor;

/// Which node goes first.
enum class Attack : std::uint8_t { highest_load /* any of several */, random };

/// Finds its load by taking part in a wave from every node, as U. Brandes, J. Math. Sociol. 25:163 (2001), counts
/// paths; endpoints count too.
struct LoadNode {
  static constexpr std::string_view name = "load-node";

  /// This node is the next source of a wave.
  struct Launch {};
  /// A wave arrives over `paths` shortest paths of this many hops.
  struct Wave {
    double paths;
    std::uint32_t source, hops;
  };
  /// All of the wave is here: it goes on.
  struct Forward {};
  /// Time to tell the nodes before this one what they carry for it.
  struct Report {};
  /// What a node further on carries for each of its paths.
  struct Credit {
    double per_path;
    std::uint32_t source, hops;  // of the node that is to take it
  };
  /// All sources are done: compare load and capacity.
  struct Judge {
    std::uint64_t is_first;
  };
  struct Remove {};
  using Events = sim::EventList<Launch, Wave, Forward, Report, Credit, Judge, Remove>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    double paths = 0;    // shortest ones from the source of the current wave
    double carried = 0;  // for nodes further on
    double load = 0;     // in this round
    double capacity = 0;
    std::uint32_t source = ~std::uint32_t{0};
    std::uint32_t hops = 0;
    std::uint32_t component = 0;  // nodes that its own last wave reached, itself included
    std::uint32_t has_failed = 0;
  };

  std::vector<std::uint32_t> const* neighbours = nullptr;
  double tolerance = 0;  // alpha
  std::uint32_t nodes = 0;
  sim::LpRef<LoadConductor> conductor;

  void init(State&, sim::Context<LoadNode>&) const {}
  void on(Launch const&, State&, sim::Context<LoadNode>&) const;
  void on(Wave const&, State&, sim::Context<LoadNode>&) const;
  void on(Forward const&, State&, sim::Context<LoadNode>&) const;
  void on(Report const&, State&, sim::Context<LoadNode>&) const;
  void on(Credit const&, State&, sim::Context<LoadNode>&) const;
  void on(Judge const&, State&, sim::Context<LoadNode>&) const;
  void on(Remove const&, State&, sim::Context<LoadNode>&) const;

 private:
  void begin(State&, std::uint32_t source, std::uint32_t hops, double paths, sim::Context<LoadNode>&) const;
};

/// Lets one node after the other send its wave, removes the node that is attacked, and goes on until none fails.
struct LoadConductor {
  static constexpr std::string_view name = "load-conductor";

  struct NextSource {};
  /// The answer to Judge of a node that has worked so far.
  struct Verdict {
    double load;
    std::uint32_t node, component, fails;
    std::uint32_t unused = 0;  // no padding
  };
  struct Decide {};
  using Events = sim::EventList<NextSource, Verdict, Decide>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { target, count_ };
  struct State {
    double highest = -1;
    std::uint32_t target = 0, ties = 0;  // of the attack, drawn from so many
    std::uint32_t source = 0, round = 0, failures = 0;
    std::uint32_t whole = 0, largest = 0;  // nodes in the largest component: before the attack, now
  };

  std::uint32_t nodes = 0;
  Attack attack = Attack::highest_load;

  void init(State&, sim::Context<LoadConductor>&) const;
  void on(NextSource const&, State&, sim::Context<LoadConductor>&) const;
  void on(Verdict const&, State&, sim::Context<LoadConductor>&) const;
  void on(Decide const&, State&, sim::Context<LoadConductor>&) const;
};

/// Runs the cascade that the loss of one node sets off until no node is over its capacity, (1 + tolerance) times its
/// load at the start; the largest component that is left, as a share of the largest one at the start.
double giant_after_overloads(Network const& network, double tolerance, Attack attack,
                             sim::ReplicationStream const& stream, sim::Executor& executor);

}  // namespace theory
