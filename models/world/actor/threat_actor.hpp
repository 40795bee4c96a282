// A threat actor: decides whom to attack and when, learns what being blamed costs, moves on to other targets.
#pragma once

#include "models/world/controls.hpp"

namespace world {

/// Subkey of the draws of candidate `number` against `target`.
inline std::uint64_t campaign_key(std::uint32_t target, bool extra, std::uint32_t number) {
  return static_cast<std::uint64_t>(target) << 33 | (extra ? 1ULL << 32 : 0) | number;
}

/// A state or the criminals as one population; candidates per target thinned by what the actor expects (equations 3.4, 3.5).
struct ThreatActor {
  static constexpr std::string_view name = "threat_actor";

  /// Batch `number` of occasions to attack `target`, counted on `day`; extra ones raise the rate above the base. Failures
  /// have no consequences, so up to half a year of them waits: the first (if `first_fails`) and a Poisson number with mean
  /// `failures`. If it `opens`, its last occasion, on `day`, can get in.
  struct Candidate { std::uint32_t target, number; std::uint16_t extra, first_fails, opens, unused; double day, failures; };
  /// A target has discovered a campaign of this actor.
  struct Known { std::int32_t target; };
  /// A target named this actor (or, after three years, did not); `innocent`: it was not the culprit.
  struct Blame { std::int32_t target, named, innocent, effect; };
  /// Once a quarter: tells the shards that watch open intrusions which nations know the actor.
  struct Bulletin { std::int32_t number; };
  /// A shard of the actor begins or ends to need bulletins; `shard` counts within the actor.
  struct Subscription { std::int32_t shard, on; };
  /// A nation's effort of prevention is at `level` (Budget) from now on.
  struct TargetEffort { std::int32_t target, level; };
  /// A nation's attribution policy begins or ends.
  struct Doctrine { std::int32_t target, has_policy; };
  using Events = sim::EventList<Candidate, Known, Blame, Bulletin, Subscription, RelationChange, TargetEffort, Doctrine>;

  /// Campaigns attempted, those of them beyond the base rate, and base candidates not used (deterred or displaced) since the last row of the dyad.
  struct Decided { std::int32_t actor, target, attempted, attracted, deterred, capped, access; };
  using Rows = sim::RowList<Decided, Surprise>;

  enum class Draw : std::uint8_t { gap, year_noise, decision, plan, recon, count_ };

  static constexpr int max_shards = 5632;
  struct State {
    float named[max_nations], cases[max_nations];  // decayed counts of attacks named and resolved
    float tension[max_nations];
    float acceptance[max_nations];                 // with signal_doctrine: log share of gains above the cut-off, over the record's
    std::int8_t effort[max_nations];               // levels of prevention
    std::uint8_t has_policy[max_nations];          // 1 while the target has an attribution policy
    float named_innocent;
    std::int32_t judged_quarter;                   // for which acceptance was last made, for all targets
    float decayed_day;                             // when the counts were last decayed
    float summed_day;                              // when the sum was last made
    double weighted_sum;                           // S of equations 3.4
    double displacement_factor;                    // (S_ref / S)^delta
    std::int16_t known_day[max_nations];           // last discovery + 1, 0 for never [d]
    Relations relations;
    std::uint64_t subscribed[max_shards / 64];     // bit per shard of the actor
    std::uint64_t knowledge_low, knowledge_high;   // nations that know the actor, as of the last bulletin and since
  };

  Directory const* directory;
  int index;
  std::vector<double> base;  // [nation] candidates per year before trend and noise
  double reference_sum;
  std::vector<double> expected_cases;  // [nation] resolved campaigns against it that the actor remembers in the reference arm
  double expected_others;              // the same of all other state actors together

  void init(State&, sim::Context<ThreatActor>&) const;
  void on(Candidate const&, State&, sim::Context<ThreatActor>&) const;
  void on(Known const&, State&, sim::Context<ThreatActor>&) const;
  void on(Blame const&, State&, sim::Context<ThreatActor>&) const;
  void on(Bulletin const&, State&, sim::Context<ThreatActor>&) const;
  void on(Subscription const&, State&, sim::Context<ThreatActor>&) const;
  void on(RelationChange const&, State&, sim::Context<ThreatActor>&) const;
  void on(TargetEffort const&, State&, sim::Context<ThreatActor>&) const;
  void on(Doctrine const&, State&, sim::Context<ThreatActor>&) const;

  bool is_criminal() const { return index == directory->setting->criminals; }

 private:
  void schedule_next(std::uint32_t target, std::uint32_t number, bool extra, double day, sim::Context<ThreatActor>&) const;
  struct YearRate {
    double share = 1;             // of the base rate
    int year = -1;
    double yearly = 0;            // candidates per day, without crises
    double per_day = 0, end = 0;  // until then, in days
    int block = -1;               // of four years whose noise is at hand
    std::array<double, 4> noise{};
  };
  void enter(std::uint32_t target, double day, YearRate&, sim::Context<ThreatActor>&) const;
  double first_occasion(std::uint32_t target, double mark, double day, YearRate&, sim::Context<ThreatActor>&) const;
  struct Opening { double day; bool reached; double failures; };
  Opening next_opening(std::uint32_t target, double mark, double day, double end, YearRate&, sim::Context<ThreatActor>&) const;
  void set_sum(State&, double sum) const;
  double extra_rate() const;
  double vulnerability(int target, State const&) const;
  double term(int target, State const&, double day) const;
  double rate_factor(std::uint32_t target, State&, double day) const;
  double year_noise(std::uint32_t target, int year, YearRate&, sim::Context<ThreatActor>&) const;
  struct Fading { double beliefs = 1, tension = 1; };
  Fading fading(State const&, double day) const;
  double log_preference(int target, State const&, double day, Fading) const;
  double log_preference(int target, State const&, Fading, double visible) const;
  double belief(int target, State const&, double fading) const;
  void decay(State&, double day) const;
  void sum_preferences(State&, double day) const;
  void judge(int target, State&, double day) const;
  void surprise_of_plan(Operation const&, double vector_mark, double access_probability, sim::Context<ThreatActor>&) const;
  void launch(Candidate const&, double access_mark, double access_probability, State const&, sim::Context<ThreatActor>&) const;
  double reference_blame(int target) const;
  double false_flag_share(int target, State const&, double day) const;
  struct WayMark { double day, mark; };
  void choose_way(Operation&, WayMark, State const&, sim::RngStream& ways) const;
  void renew_knowledge(State&, double day) const;
};

/// r exp(dU) (S_ref / S)^delta of equations 3.4 for all targets; the law on its own, for tests.
std::vector<double> displaced_rates(std::vector<double> const& rates, std::vector<double> const& log_preferences, double displacement);

}  // namespace world
