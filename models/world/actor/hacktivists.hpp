// Hacktivists against one nation: bursts of denial of service that call forth more, as do crises and public namings.
#pragma once

#include "models/world/actor/intrusion_set.hpp"

namespace world {

/// All groups against a nation as one self-exciting process, kernel g b exp(-b t) (Hawkes 1971; equations 3.10), in the form of clusters
/// (Hawkes and Oakes 1974): a campaign that comes by itself, a crisis or a naming has followers, a Poisson number of them after Exp(1/b)
/// each, and every follower has Poisson(g) more. What one cause calls forth is a function of its id alone: without the cause all of it
/// is missing, and nothing else moves.
struct Hacktivists {
  static constexpr std::string_view name = "hacktivists";

  /// Campaign `number` that nothing has called forth.
  struct Rising { std::uint64_t number; };
  /// The nation has named a culprit of this incident in public.
  struct Provocation { std::uint64_t incident; };
  /// A follower attacks.
  struct Campaign { std::uint64_t incident; };
  using Events = sim::EventList<Rising, Provocation, Campaign>;
  /// Found by its effect on the spot.
  using Rows = sim::RowList<IntrusionSet::Discovery>;
  enum class Draw : std::uint8_t { gap, followers, burst, count_ };

  struct State {};

  Directory const* directory;
  int nation;

  void init(State&, sim::Context<Hacktivists>&) const;
  void on(Rising const&, State&, sim::Context<Hacktivists>&) const;
  void on(Provocation const&, State&, sim::Context<Hacktivists>&) const;
  void on(Campaign const&, State&, sim::Context<Hacktivists>&) const;

 private:
  void schedule_next(std::uint32_t number, double day, sim::Context<Hacktivists>&) const;
  void spread(std::uint64_t cause, double mean, double day, sim::Context<Hacktivists>&) const;
  void attack(std::uint64_t incident, sim::Context<Hacktivists>&) const;
  int actor() const { return directory->setting->criminals + 1; }
};

/// Public namings for each access of a state, 2010 to 2016; pilot of the reference arm (suite world_runs).
inline constexpr double namings_per_access = 0.28;
/// Most campaigns of one cause.
inline constexpr std::uint32_t cluster_max = 255;
/// Follower `member` of a cause, counted from 1; 0 is the cause itself. The upper byte of ids is free.
inline std::uint64_t cluster_member(std::uint64_t cause, std::uint32_t member) { return cause | static_cast<std::uint64_t>(member) << 56; }
/// The cause that a naming of this incident is, behind those of `actors` actors and of the hacktivists by themselves.
inline std::uint64_t naming_cause(std::uint64_t incident, std::size_t actors) { return incident + (static_cast<std::uint64_t>(actors + 1) << 48); }

/// Share of all campaigns of 2010 to 2018 that neither crises nor namings call forth, where states get in `state_accesses` times a year;
/// at least 0. So the record's level contains those that are called forth.
double unprovoked_share(Setting const& setting, double state_accesses);

/// A campaign: how many attacks, and how long they last together.
struct Burst {
  int attacks = 0;
  double days = 0;
};
/// Geometric with mean 20, each LN(8.2 min, 1.92) (mean 52 min).
Burst draw_burst(sim::RngStream& marks);

}  // namespace world
