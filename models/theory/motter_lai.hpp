// Cascade of overloads (Motter and Lai 2002): nodes carry the shortest paths between all others, and fail above their
// capacity.
#pragma once

#include <vector>

#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

struct LoadConductor;

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

/// Lets one node after the other send its wave, removes the node with the highest load, and goes on until none fails.
struct LoadConductor {
  static constexpr std::string_view name = "load-conductor";

  struct NextSource {};
  /// The answer to Judge.
  struct Verdict {
    double load;
    std::uint32_t node, fails;
  };
  struct Decide {};
  using Events = sim::EventList<NextSource, Verdict, Decide>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { tie, count_ };
  struct State {
    double highest = -1;
    std::uint32_t busiest = 0, ties = 0;
    std::uint32_t source = 0, round = 0, failures = 0;
  };

  std::uint32_t nodes = 0;

  void init(State&, sim::Context<LoadConductor>&) const;
  void on(NextSource const&, State&, sim::Context<LoadConductor>&) const;
  void on(Verdict const&, State&, sim::Context<LoadConductor>&) const;
  void on(Decide const&, State&, sim::Context<LoadConductor>&) const;
};

/// Share of nodes in the largest component once the node with the highest load (any of several) has been removed and
/// all overloads are over.
double giant_after_overloads(std::vector<std::vector<std::uint32_t>> const& graph, double tolerance,
                             sim::ReplicationStream const& stream, sim::Executor& executor);

Theory motter_lai();

}  // namespace theory
