// Cascade in interdependent networks (Buldyrev et al. 2010): sites flood one layer after the other; what no flood
// reaches has failed.
#pragma once

#include <array>
#include <vector>

#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Largest number of networks that depend on each other.
inline constexpr std::uint32_t layers_max = 8;

/// Random networks on the same sites: who is linked to whom in each layer.
struct LayeredNetwork {
  struct Layer {
    std::vector<std::uint32_t> first;  // [sites + 1] where a site's neighbours begin
    std::vector<std::uint32_t> targets;
  };
  std::vector<Layer> layers;
};

struct CascadeMonitor;

/// A node and its counterparts in all layers: it works only while it is reached in each of them.
struct CascadeSite {
  static constexpr std::string_view name = "cascade-site";

  /// A flood of a layer arrives; it passes only sites that the last flood, `required`, has reached.
  struct Reach {
    std::uint32_t flood, required, layer, from;
  };
  using Events = sim::EventList<Reach>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::array<std::uint32_t, layers_max> reached{};  // last flood that passed here, by layer
  };

  LayeredNetwork const* network = nullptr;
  std::uint32_t index = 0;     // LpId too
  std::uint32_t is_alive = 0;  // after the attack
  sim::LpRef<CascadeMonitor> monitor;

  void init(State&, sim::Context<CascadeSite>&) const;
  void on(Reach const&, State&, sim::Context<CascadeSite>&) const;
};

/// Starts floods at random sites, counts whom they reach, and goes on to the next layer until nothing changes.
struct CascadeMonitor {
  static constexpr std::string_view name = "cascade-monitor";

  struct Reached {};
  /// Looks whether the flood has come to rest.
  struct Look {};
  using Events = sim::EventList<Reached, Look>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { seed, count_ };
  struct State {
    std::uint32_t flood = 1;     // number of the flood under way
    std::uint32_t required = 1;  // the last flood that found a giant component; 1: the attack
    std::uint32_t layer = 0;
    std::uint32_t count = 0;      // sites reached by the flood under way
    std::uint32_t seen = 0;       // of them at the last look
    std::uint32_t giant = 0;      // size found by `required`
    std::uint32_t unchanged = 0;  // floods in a row that found the same size
    std::uint32_t failures = 0;   // floods in a row that found no giant component
  };

  std::uint32_t sites = 0;
  std::uint32_t layers = 0;

  void init(State&, sim::Context<CascadeMonitor>&) const;
  void on(Reached const&, State& state, sim::Context<CascadeMonitor>&) const { ++state.count; }
  void on(Look const&, State&, sim::Context<CascadeMonitor>&) const;

 private:
  void start_flood(State&, sim::Context<CascadeMonitor>&) const;
  bool is_over(State&) const;
};

Theory buldyrev();

}  // namespace theory
