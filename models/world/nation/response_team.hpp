// A nation's response team: a queue of cases with c servers; triage and containment, eradication; crews for restoration;
// servers lent to and by partners.
#pragma once

#include "models/world/controls.hpp"
#include "sim/base/pool.hpp"

namespace world {

/// M/G/c queue with severity classes, first come first served within a class, no pre-emption (equations 9).
struct ResponseTeam {
  static constexpr std::string_view name = "response_team";

  /// What a case asks for: a crew for what was damaged; whether the intruder had a hold that can be won again.
  static constexpr std::uint8_t damaged = 1, had_hold = 2;
  struct Case { std::uint64_t incident; float found_day; std::uint8_t severity, sector, traits, objective; };
  /// A server has triaged, contained and eradicated a case; `contain_days` ran from its discovery to containment.
  /// `lender` is the nation whose server did it, through `organisation`; -1 for an own one.
  struct Closed { std::uint64_t incident; double contain_days; std::int16_t lender, organisation; std::uint8_t severity, sector, traits, objective; };
  struct Exercise { double quality; };
  /// A case has waited so long that partners are asked for a server (equations 9.4).
  struct Overdue { std::uint64_t incident; std::int64_t wait_days; };
  /// An organisation asks for an idle server for a partner's case; `attempt` counts from 0.
  struct AidRequest { std::uint64_t incident; std::int16_t nation, organisation; std::int32_t attempt; };
  /// `lender` has set a server aside.
  struct Aid { std::uint64_t incident; std::int16_t lender, organisation; std::int32_t reserved; };
  /// A server that was lent is free again.
  struct Returned { std::uint64_t incident; };
  using Events = sim::EventList<Case, Closed, Exercise, RelationChange, Overdue, AidRequest, Aid, Returned>;

  /// Work on a case began after `wait_days` in the queue.
  struct Started { double wait_days; std::int32_t nation, severity; };
  /// A case was contained `days` after its discovery; recorded when it is closed.
  struct Contained { double days; std::int32_t nation, severity; };
  /// A case was taken up by `lender`'s server.
  struct Aided { std::int32_t nation, lender, organisation, severity; };
  using Rows = sim::RowList<Started, Contained, Aided, Surprise>;
  enum class Draw : std::uint8_t { work, recurrence, count_ };

  struct Waiting { std::uint64_t incident; float found_day; std::uint8_t severity, sector, traits, objective; };
  static constexpr std::uint32_t waiting_max = 96;
  struct State {
    sim::Pool<Waiting, waiting_max> waiting;
    std::int64_t busy;
    double cost;        // of the cases closed since the last account [cases of severity 3]
    std::int64_t account_year;
    double skill;       // of exercises, at `skill_day`
    double skill_day;
    Relations relations;
  };

  Directory const* directory;
  int index;
  double reach;  // share of the nation's specialists that an exercise team moves
  double away;   // share of the team's capacity that M9 takes while any flag is on

  void init(State&, sim::Context<ResponseTeam>&) const;
  void on(Case const&, State&, sim::Context<ResponseTeam>&) const;
  void on(Closed const&, State&, sim::Context<ResponseTeam>&) const;
  void on(Exercise const&, State&, sim::Context<ResponseTeam>&) const;
  void on(RelationChange const&, State&, sim::Context<ResponseTeam>&) const;
  void on(Overdue const&, State&, sim::Context<ResponseTeam>&) const;
  void on(AidRequest const&, State&, sim::Context<ResponseTeam>&) const;
  void on(Aid const&, State&, sim::Context<ResponseTeam>&) const;
  void on(Returned const&, State&, sim::Context<ResponseTeam>&) const;

 private:
  void account(Closed const&, State&, sim::Context<ResponseTeam>&) const;
  struct Server { std::int16_t lender = -1, organisation = -1; };
  int servers(double day) const;
  void come_back(Closed const&, sim::Context<ResponseTeam>&) const;
  void give_back(std::uint64_t incident, Server, sim::Context<ResponseTeam>&) const;
  static std::uint32_t find(std::uint64_t incident, State const&);
  double rate(State const&, double day) const;
  double skill(State const&, double day) const;
  void start(Waiting const&, Server, State&, sim::Context<ResponseTeam>&) const;
  void start_waiting(State&, sim::Context<ResponseTeam>&) const;
};

/// R_n = min(1, team / N_n)^nu with N_n = max(30, 60 (population in millions)^0.8) specialists (equations 8.2).
double exercise_reach(double population, double exponent);
/// Share of N_n that one officer all year and an exercise team of 50, N_n / 2 at most, for 20 days a year are (equations 9.3).
double derived_partnership_cost(double population);
/// Share of a team's capacity that M9 takes: M9.partnership_cost, the same for all, or derived; 0 while M9 is off.
double partnership_cost(Setting const& setting, int nation);

}  // namespace world
