// A world in which nothing happens but what a test sends: all agents are there, no actor attacks unless told to.
#pragma once

#include <memory>
#include <vector>

#include "models/world/builder.hpp"
#include "models/world/nation/nation.hpp"
#include "tests/models_world/census.hpp"

namespace world::test {

/// What a bench is made of.
struct BenchOptions {
  Parameters parameters = {};
  std::vector<Mechanism> mechanisms = {};  // those switched on
  std::vector<Behaviour> behaviours = {};  // those switched on
  std::vector<Relation> controlled = {};
  std::vector<DyadRecord> dyads = {};  // rates of attack; none by default
  sim::Date start = {2020, 1, 1}, end = {2025, 1, 1};
  std::uint32_t replication = 0;
  AssetOptions assets = {};
  bool average_nations = true;  // every capability 0 for ever
  double openness = 0;          // of every average nation
};

/// One replication, sequentially run; days count from the start.
class Bench {
 public:
  explicit Bench(BenchOptions const& options);

  Atlas const& atlas() const { return atlas_; }
  /// May be changed until the first send.
  Setting& setting() { return *setting_; }
  Directory const& directory();
  sim::World& world() {
    prepare();
    return *world_;
  }
  Census& census() {
    prepare();
    return *census_;
  }

  /// Schedules an event from outside on `day` > 0.
  template <class A, class P>
  void send(sim::LpRef<A> to, double day, P const& payload) {
    prepare();
    world_->schedule_external(to, setting_->start + sim::from_days(day), next_key_++, payload);
  }
  /// Runs everything before `day`; nothing can be sent any more.
  void run(double day);
  template <class A>
  typename A::State const& state(sim::LpRef<A> ref) {
    return world().state(ref);
  }

  int nation(char const* code) const { return atlas_.nation(code); }
  sim::LpRef<Sector> sector(char const* nation_code, char const* sector_code);
  sim::LpRef<IntrusionSet> shard(int actor, int target);
  sim::ReplicationStream stream() const { return stream_; }

 private:
  void prepare();

  Atlas atlas_;
  sim::ReplicationStream stream_;
  std::unique_ptr<Setting> setting_;
  Inoperability economy_;
  Roster roster_;
  Directory directory_;
  std::unique_ptr<sim::World> world_;
  std::unique_ptr<Census> census_;
  std::unique_ptr<sim::Executor> executor_;
  std::uint32_t next_key_ = 0;
};

/// Position of an actor of the atlas.
int actor_index(Atlas const& atlas, std::string const& code);

/// Rates so small that a dyad has its agents but no campaign.
DyadRecord silent_dyad(Atlas const& atlas, char const* actor, char const* target);

/// An operation against `target` that gets in for sure.
Operation sure_operation(int actor, int target, Objective objective, std::uint32_t number);

}  // namespace world::test
