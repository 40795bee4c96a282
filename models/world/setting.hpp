// Everything that the agents of one future share: parameters, doses, rates, staffing; immutable once made.
#pragma once

#include <algorithm>
#include <memory>

#include "models/world/actor/crises.hpp"
#include "models/world/actor/target_signals.hpp"
#include "models/world/data/atlas.hpp"
#include "models/world/doses.hpp"
#include "models/world/infrastructure/asset_graph.hpp"
#include "models/world/infrastructure/borders.hpp"
#include "models/world/mechanisms.hpp"
#include "sim/campaign/scenario.hpp"

namespace world {

inline constexpr int max_nations = 80;
inline constexpr int platform_count = 4;
inline constexpr int shard_targets = 12;  // most targets whose intrusions one shard holds
inline constexpr int severity_count = 8;  // 0 ... 7 on the DCID scale

/// Way in of a campaign (equations 4.4).
enum class Vector : std::uint8_t { phishing, known_flaw, zero_day, supply_chain, trusted_partner };
inline constexpr int vector_count = 5;

/// Severity of a burst of denial of service: harassment, nuisance disruption on the scale of DCID.
inline constexpr int hacktivist_severity = 2;

/// One shard of an actor's open operations: which targets it holds and which part of each.
struct ShardPlan {
  int actor = 0;
  std::vector<int> targets;
  int part = 0, parts = 1;  // intrusion number modulo parts
};

/// Expected rates of a dyad; all per year, before calendar trends and yearly noise.
struct DyadRates {
  double recorded = 0;    // campaigns in public data
  double candidates = 0;  // latent attempts
};

/// Rise of the logit of recording per step of severity (equations 17.1).
inline constexpr double recording_slope = 0.6;
/// What makes a discovered campaign known: its own effect, and a government that names the culprit.
struct Notice {
  bool revealed = false, named = false;
};
/// Share of the discovered campaigns of states that are named; pilot of the reference arm (docs/model/odd.md).
inline constexpr double named_share = 0.24;
/// Discoveries per access, 2010 to 2016; above 1 where falling dwell times bring old intrusions to light. Pilot of the
/// reference arm (docs/model/odd.md).
inline constexpr double discovered_per_access_state = 1.19, discovered_per_access_criminal = 1.18;
/// Mean factor of U_x for known-flaw and zero-day attempts; pilot of the reference arm.
inline constexpr double known_flaw_open_share = 0.65;
/// Share of accesses that are open to an attempt through a partner, over those by phishing; the same pilot.
inline constexpr double partner_open_share = 0.45;

/// One future of the world.
class Setting final : public sim::Future {
 public:
  Setting(Atlas const& atlas, Parameters const& parameters, MechanismSwitches const& switches,
          std::vector<Relation> const& controlled, sim::ReplicationStream stream, sim::Time start, sim::Time end,
          AssetOptions const& assets, Endings endings = {});

  /// True if assets do more than bring service back: then campaigns tell them what they take.
  bool follows_assets() const { return assets.has_graph() || assets.has_faults(); }
  double day(sim::Time time) const { return sim::in_days(time - start); }
  /// Calendar year of a day, to within the leap day.
  int year(double day) const { return first_year + static_cast<int>((day + start_offset) / 365.25); }
  /// Day on which that year ends.
  double year_end(int year) const { return (year - first_year + 1) * 365.25 - start_offset; }
  /// Day on which the quarter of the grid that holds `day` ends.
  static double quarter_end(double day) { return (static_cast<double>(static_cast<int>(day / Doses::quarter_days)) + 1) * Doses::quarter_days; }
  /// Share of accesses that are open to an attempt that has passed the first barrier, over all ways in.
  double open_share() const { return vector_share[0] + vector_share[3] + (vector_share[1] + vector_share[2]) * known_flaw_open_share + vector_share[4] * partner_open_share; }
  /// Phishing, a known flaw or the supply chain by their shares, for a campaign that has neither an exploit to spend nor a partner's door; `mark` is uniform on [0, 1).
  Vector way_without_partner(double mark) const {
    double const u = mark * (vector_share[0] + vector_share[1] + vector_share[3]);
    return u < vector_share[0] ? Vector::phishing : u < vector_share[0] + vector_share[1] ? Vector::known_flaw : Vector::supply_chain;
  }
  /// Capability in standard deviations at `day` (equations 2.1).
  double capability(int nation, Capability c, double day) const;
  /// Skill of strategic communication in standard deviations, of which no index is public (equations 2.1).
  double communication(int nation, double day) const;
  /// Access probability of an attempt without any tool (equations 3.6), on a quarterly grid.
  double access(int nation, double day) const { return at_quarter(access_, nation, day); }
  /// The same at the least effort that a nation may come to; equal to it while nations do not review what they spend.
  double access_bound(int nation, double day) const { return at_quarter(access_bound_, nation, day); }
  /// Access probability where a nation's effort lies at `level`: its prevention, and so the odds of getting in, are moved.
  double access_at_effort(double reference, int level) const;
  /// Expected cost of a nation's cases in the reference world, per day [cases of severity 3].
  double expected_cost(int nation, double day) const;
  /// Factor on a dyad's candidate rate in calendar `year`, the same in every replication.
  double trend(bool criminal, int year) const { return at_year(criminal ? criminal_trend_ : state_trend_, year - first_year); }
  DyadRates const& rates(int actor, int target) const {
    return rates_[static_cast<std::size_t>(actor) * atlas->nations.size() + static_cast<std::size_t>(target)];
  }
  /// Servers of a response team in calendar `year` (equations 9.2, staffed for the reference world of that year).
  int servers(int nation, int year) const;
  /// Reference detection hazard [1/d] before the objective's factor, and the share found by the victim itself.
  double hazard(int year) const { return at_year(hazard_, year); }
  double own_share(int year) const { return atlas->internal_share.at(year); }
  /// Hazard [1/d] of detection at `nation` by itself or by outsiders, before the objective and partners (equations 6.2), on a quarterly grid.
  double detection_hazard(int nation, double day) const { return at_quarter(detection_, nation, day); }
  /// Share of that hazard that is the nation's own finding.
  double own_part(int nation, double day) const;
  /// Chance that a campaign eradicated on `day` comes back (equations 9.5).
  double recurrence(int nation, double day) const;
  /// Sector of a campaign's target: the government's with the share `government`, a private one by weight otherwise; `mark` is uniform.
  int target_sector(double mark, double government) const;
  /// Chance that a discovered campaign of severity 0 ... 7 against `nation` enters a public data set (equations 17.1).
  double recorded_probability(int nation, int severity, Notice notice) const {
    auto const row = static_cast<std::size_t>(nation * severity_count + std::min(severity, severity_count - 1));
    return recorded_[row * 4 + (notice.revealed ? 2 : 0) + (notice.named ? 1 : 0)];
  }

  Atlas const* atlas;
  Parameters parameters;
  MechanismSwitches switches;
  Doses doses;
  Crises crises;
  TargetSignals signals;                                             // empty without signal_doctrine
  std::vector<Relation> controlled;  // all flags never
  Endings endings;                   // of treatments
  sim::Time start, end;
  int first_year;
  double start_offset;                                               // days from 1 January of first_year to the start
  AssetOptions assets;
  std::shared_ptr<AssetGraph const> asset_graph;                     // of all futures; null where no asset depends on another
  double log_targeting_ratio;                                        // of M8, switched off: 0
  int criminals;                                                     // index of the criminal actor
  int government_sector;
  std::vector<ShardPlan> shards;
  std::vector<std::array<double, objective_count>> objective_cdf;    // [actor]
  std::array<std::array<double, severity_count>, objective_count> severity_cdf{};
  std::array<double, vector_count> vector_share{};
  std::vector<double> sector_cdf;                                    // private targets
  std::vector<double> hacktivist_rate;                               // [nation], campaigns a year before the criminals' trend
  double hacktivists_unprovoked = 1;                                 // share of them that neither crises nor namings call forth
  std::vector<double> dependency;                                    // [provider x dependent], scaled
  std::vector<double> buffer_days;                                   // [provider x dependent]
  Borders borders;                                                   // switched off: nothing crosses one
  std::vector<double> asset_share;                                   // sizes of the assets of a sector, sum 1
  std::vector<double> value_added_share;                             // [sector], sum 1
  std::vector<double> exercise_skill_reference;                      // [nation], at 2020-12-31
  std::vector<double> year_noise_quantiles;                          // Gamma(3.2, mean 1) at (k + .5) / size

 private:
  double years_since_indices(double day) const;
  static double at_year(std::vector<double> const& values, int year);
  double at_quarter(std::vector<double> const& values, int nation, double day) const;
  double access_at(int nation, double day) const;
  void prepare_trends();
  void prepare_quarters();
  void draw_capabilities(sim::ReplicationStream stream);
  void draw_mixes(sim::ReplicationStream stream);
  void draw_rates(sim::ReplicationStream stream);
  void prepare_recording();
  double publication(int actor, int nation) const;
  double mean_cost(int actor) const;
  void plan_staff();
  void plan_shards();
  void prepare_sectors(sim::ReplicationStream stream);
  void prepare_exercises();

  std::vector<double> state_trend_, criminal_trend_;  // [year - first_year]
  std::vector<double> capability_;    // [nation x capability] at mid 2020
  std::vector<double> access_, access_bound_, detection_;  // [nation x quarter]
  std::vector<double> effort_odds_;  // factor on the odds of access by level of effort, from the lowest
  std::vector<std::vector<double>> expected_cost_;  // [nation][year - first_year], per day
  std::vector<double> communication_;  // [nation] at mid 2020
  std::vector<double> growth_;        // [nation], per year
  std::vector<DyadRates> rates_;      // [actor x nation]
  std::vector<double> recorded_;      // [nation x severity x revealed x named]
  std::vector<double> hazard_;        // [year - first_year]
  std::vector<std::vector<int>> servers_;  // [nation][year - first_year]
};

inline double Setting::at_quarter(std::vector<double> const& values, int nation, double day) const {
  int const quarters = doses.quarters();
  int const quarter = std::clamp(static_cast<int>(day / Doses::quarter_days), 0, quarters - 1);
  return values[static_cast<std::size_t>(nation * quarters + quarter)];
}

}  // namespace world
