// The open operations of one actor against some targets: covert until detected or until their effect shows them.
#pragma once

#include "models/world/actor/tool.hpp"
#include "models/world/controls.hpp"
#include "sim/base/pool.hpp"

namespace world {

/// Who found an intrusion.
enum class Cause : std::int32_t { own, external, partner, indicator, effect };

/// A shard of an actor's intrusions (equations 6): the race between detection and effect is run here.
struct IntrusionSet {
  static constexpr std::string_view name = "intrusion_set";

  struct Attempt { Operation operation; };
  struct Detection { std::uint64_t incident; std::uint32_t slot; std::int32_t cause; };
  struct Effect { std::uint64_t incident; std::uint64_t slot; };
  /// Once a quarter: which nations know the actor; bit n of the two words is nation n.
  struct Review { std::uint64_t knowledge_low, knowledge_high; };
  /// A nation has absorbed an indicator of a tool.
  struct Absorbed { std::int32_t nation; std::uint32_t tool; float detected_day; std::uint32_t unused; };
  /// The actor changes the traces of `tool` wherever it is in use, and lies low there for a while.
  struct Retooled { std::uint32_t tool; };
  /// That while is over.
  struct Resumed { std::uint64_t incident; std::uint64_t slot; };
  using Events = sim::EventList<Attempt, Detection, Effect, Review, Absorbed, RelationChange, Retooled, Resumed>;

  /// Not of campaigns that have come back.
  struct Accessed { std::int32_t actor, nation, objective, vector, severity; };
  struct Discovery { std::uint64_t incident; double dwell_days; std::int32_t actor, nation, objective, severity, vector, sector, cause, recorded; };
  /// With footholds: the days of a discovered theft on which the spy was in control.
  struct Theft { double days, dwell_days; std::int32_t actor, nation; };
  using Rows = sim::RowList<Accessed, Discovery, Theft, Surprise, Race>;
  enum class Draw : std::uint8_t { initial, detection, cause, effect, hunt, recorded, exposure, foothold, count_ };

  struct Intrusion {
    std::uint64_t incident;
    float remaining;          // of the exponential mark, at `since_day`
    float hazard;             // [1/d] since then
    float since_day, access_day;
    std::uint32_t tool;
    std::uint16_t target;
    std::uint8_t objective, severity, vector, platform, sector, false_flag;
    std::uint32_t lies_low;   // 1 for a while after its tool has leaked
  };
  struct Exposure { std::uint32_t tool; float detected_day; };  // an indicator wears out from its detection on
  static constexpr std::size_t max_targets = shard_targets, exposures_per_target = platform_count * tool_kind_count;
  struct State {
    sim::Pool<Intrusion, 34> open;
    Exposure exposures[max_targets * exposures_per_target];
    std::uint64_t knowledge_low, knowledge_high;
    std::int32_t subscribed;  // 1 while bulletins are asked for
    std::int32_t noted_quarter;
    float noted[max_targets];     // factor of M1 per target for the knowledge and quarter at hand; 0: not yet made
    float told_day[max_targets];  // when the actor was last told that this target knows it, +1
    Relations relations;
  };

  Directory const* directory;
  int plan;      // index into Setting::shards
  int position;  // among the actor's shards
  std::uint64_t marks;  // stream of the actor's intrusions: draws do not depend on the shard that holds one, which a treatment may change

  void init(State&, sim::Context<IntrusionSet>&) const;
  void on(Attempt const&, State&, sim::Context<IntrusionSet>&) const;
  void on(Detection const&, State&, sim::Context<IntrusionSet>&) const;
  void on(Effect const&, State&, sim::Context<IntrusionSet>&) const;
  void on(Review const&, State&, sim::Context<IntrusionSet>&) const;
  void on(Absorbed const&, State&, sim::Context<IntrusionSet>&) const;
  void on(RelationChange const&, State&, sim::Context<IntrusionSet>&) const;
  void on(Retooled const&, State&, sim::Context<IntrusionSet>&) const;
  void on(Resumed const&, State&, sim::Context<IntrusionSet>&) const;

 private:
  ShardPlan const& shard() const { return directory->setting->shards[static_cast<std::size_t>(plan)]; }
  int target_slot(int nation) const;
  std::size_t exposure_slot(int nation, std::uint32_t tool) const;
  double notification(int target, State&, double day) const;
  void learn(std::uint64_t low, std::uint64_t high, State&) const;
  void watch(std::uint32_t slot, State&, double day, double ratio, sim::Context<IntrusionSet>&) const;
  void subscribe(bool on, State&, sim::Context<IntrusionSet>&) const;
  void discover(Intrusion const&, Cause, bool self_ending, State&, sim::Context<IntrusionSet>&) const;
  double exposure_factor(Operation const&, State const&, double day, sim::Context<IntrusionSet>&) const;
};

}  // namespace world
