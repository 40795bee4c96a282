// A nation: its relations, what it makes of a discovered campaign, whom it names, what it shares.
#pragma once

#include "models/decision/blame.hpp"
#include "models/world/directory.hpp"

namespace world {

/// Gathers evidence, attributes technically, then politically (equations 10); shares tools with its organisations (7.1).
struct Nation {
  static constexpr std::string_view name = "nation";

  /// A dated intervention of the study: a flag at an organisation, or (organisation -1) the attribution policy.
  struct Lever { std::int32_t organisation, flag, on; };
  struct Discovered {
    std::uint64_t incident;
    std::uint64_t knowledge_low, knowledge_high;  // nations that know the actor
    std::uint32_t tool;
    std::uint16_t actor;
    std::uint8_t severity, effect;
    std::uint8_t platform, false_flag;
    std::uint16_t recorded;  // 1 if the campaign is in a public data set
    std::uint32_t reserved;
  };
  /// The evidence has reached the threshold for or against the culprit; how far it went (log odds) in hundredths, where blame is weighed.
  struct Attributed { std::uint64_t incident; float discovered_day; std::uint16_t actor; std::uint8_t severity, correct, effect, recorded; std::uint16_t evidence; std::uint32_t fast; };
  /// The government names a culprit.
  struct Naming { std::uint64_t incident; float discovered_day; std::uint16_t actor; std::uint8_t severity, correct; std::uint16_t effect, recorded; std::uint32_t cosigners; };
  /// A dyad calms down by one level.
  struct Calmer { std::int32_t actor, number; };
  using Events = sim::EventList<Lever, Discovered, Attributed, Naming, RelationChange, Calmer>;

  struct TechnicalAttribution { double lag_days; std::int32_t nation, actor, correct; std::int32_t severity; };
  /// `response`: 0 none, 1 statement or stronger, 2 legal step, 3 cyber response.
  struct PoliticalAttribution { std::uint64_t incident; double lag_days; std::int32_t nation, actor, correct, cosigners, response; std::int32_t severity; };
  /// The dyad with `actor` is at `level` (0 to 4) of the escalation ladder from now on.
  struct Escalation { std::int32_t nation, actor, level, reserved; };
  /// Being named brought the campaign into a public data set.
  struct Recorded { std::uint64_t incident; std::int64_t nation; };
  struct LeverMoved { std::int32_t nation, organisation, flag, on; };
  using Rows = sim::RowList<TechnicalAttribution, PoliticalAttribution, LeverMoved, Escalation, Recorded>;
  enum class Draw : std::uint8_t { evidence, decision, cosign, response, share, relay, culprit, escalation, recorded, count_ };

  static constexpr int max_actors = 16, highest_level = 4;
  struct State {
    Relations relations;
    std::int64_t attribution_policy;      // 1 while the policy is on
    std::uint8_t level[max_actors];       // of the escalation ladder, per actor
    std::uint8_t responded[max_actors];   // 1 if the last naming of the actor was answered with more than words
  };

  Directory const* directory;
  int index;

  void init(State&, sim::Context<Nation>&) const;
  void on(Lever const&, State&, sim::Context<Nation>&) const;
  void on(Discovered const&, State&, sim::Context<Nation>&) const;
  void on(Attributed const&, State&, sim::Context<Nation>&) const;
  void on(Naming const&, State&, sim::Context<Nation>&) const;
  void on(RelationChange const&, State&, sim::Context<Nation>&) const;
  void on(Calmer const&, State&, sim::Context<Nation>&) const;

 private:
  void escalate(Discovered const&, State&, sim::Context<Nation>&) const;
  void share(Discovered const&, State const&, sim::Context<Nation>&) const;
  void investigate(Discovered const&, State const&, sim::Context<Nation>&) const;
  void stay_silent(int actor, std::uint32_t effect, double since_discovery, sim::Context<Nation>&) const;
  double readiness(State const&, double day) const;
  std::uint32_t count_cosigners(std::uint64_t incident, State const&, double day, sim::Context<Nation>&) const;
  void publish(Naming const&, sim::Context<Nation>&) const;
  std::uint32_t accused(std::uint64_t incident, std::uint32_t culprit, bool correct, sim::Context<Nation>&) const;
};

/// Log odds at which the evidence is strong enough, 5 % error (equations 10.3), and the half-life of its arrival (10.1).
inline constexpr double evidence_threshold = 2.944, evidence_half_life_days = 400;
/// Mean log odds that an item of evidence adds at a nation of attribution `capability` (equations 10.1).
double evidence_step(double capability);

/// Logit of naming a culprit (equations 10.4); `dose` is that of M5.
double naming_logit(Parameters const& parameters, int severity, bool has_policy, double dose);

/// What a nation weighs before it names a culprit.
struct Accusation {
  double evidence;  // log odds of the culprit against the best rival
  int severity, level;  // of the campaign; of escalation with the culprit
  std::uint32_t cosigners;
  bool has_policy;
  double dose;  // of M5
};

/// The game of blame or tolerate in which the nation finds itself: blame that hits the wrong state, as likely as the evidence leaves open,
/// is mischief; stakes, policy and joint attribution raise the reward as they raise naming_logit; level raises the cost, which all signers share.
decision::BlameGame blame_game(Parameters const& parameters, Accusation const& accusation);

/// Chance that an effect raises a dyad by one level (equations 12.2).
double escalation_probability(int severity, bool responded);

/// Flag code of the attribution policy in Lever and LeverMoved.
inline constexpr std::int32_t attribution_policy_flag = 100;

}  // namespace world
