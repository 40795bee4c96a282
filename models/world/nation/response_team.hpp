// A nation's response team: a queue of cases with c servers; triage and containment, eradication; crews for restoration.
#pragma once

#include "models/world/directory.hpp"
#include "sim/base/pool.hpp"

namespace world {

/// M/G/c queue with severity classes, first come first served within a class, no pre-emption (equations 9).
struct ResponseTeam {
  static constexpr std::string_view name = "response_team";

  struct Case { std::uint64_t incident; float found_day; std::uint8_t severity, sector, damaged, objective; };
  /// A server has triaged, contained and eradicated a case; `contain_days` ran from its discovery to containment.
  struct Closed { std::uint64_t incident; double contain_days; std::uint64_t severity; };
  struct Exercise { double quality; };
  using Events = sim::EventList<Case, Closed, Exercise, RelationChange>;

  /// Work on a case began after `wait_days` in the queue.
  struct Started { double wait_days; std::int32_t nation, severity; };
  /// A case was contained `days` after its discovery; recorded when it is closed.
  struct Contained { double days; std::int32_t nation, severity; };
  using Rows = sim::RowList<Started, Contained>;
  enum class Draw : std::uint8_t { work, count_ };

  struct Waiting { std::uint64_t incident; float found_day; std::uint8_t severity, sector, damaged, objective; };
  struct State {
    sim::Pool<Waiting, 96> waiting;
    std::int64_t busy;
    double skill;       // of exercises, at `skill_day`
    double skill_day;
    Relations relations;
  };

  Directory const* directory;
  int index;
  double reach;  // share of the nation's specialists that an exercise team moves

  void init(State&, sim::Context<ResponseTeam>&) const;
  void on(Case const&, State&, sim::Context<ResponseTeam>&) const;
  void on(Closed const&, State&, sim::Context<ResponseTeam>&) const;
  void on(Exercise const&, State&, sim::Context<ResponseTeam>&) const;
  void on(RelationChange const&, State&, sim::Context<ResponseTeam>&) const;

 private:
  double rate(State const&, double day) const;
  double skill(State const&, double day) const;
  void start(Waiting const&, State&, sim::Context<ResponseTeam>&) const;
  void start_waiting(State&, sim::Context<ResponseTeam>&) const;
};

/// R_n = min(1, team / N_n)^nu with N_n = max(30, 60 (population in millions)^0.8) specialists (equations 8.2).
double exercise_reach(double population, double exponent);

}  // namespace world
