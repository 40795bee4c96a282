// A nation's budget for prevention: reviewed once a year by what campaigns cost, and by what partners spend.
#pragma once

#include "models/decision/effort.hpp"
#include "models/world/directory.hpp"

namespace world {

/// The best investment of Gordon and Loeb against the expected loss, less what partners' efforts make dispensable (equations 16).
struct Budget {
  static constexpr std::string_view name = "budget";

  /// What the nation's closed cases cost since the last account, in cases of severity 3.
  struct Account { double cost; };
  /// `nation` spends effort_of(level) times its reference from now on.
  struct Effort { std::int32_t nation, level; };
  using Events = sim::EventList<Account, Effort, RelationChange>;

  /// The effort from now on over that of the reference.
  struct Spending { double effort; std::int64_t nation; };
  using Rows = sim::RowList<Spending>;
  enum class Draw : std::uint8_t { count_ };

  struct State {
    double cost, expected;         // faded sums of what was lost and of what had been expected [cases of severity 3]
    double account_day;            // of the last account
    std::int8_t level[max_nations];  // efforts as last told, own one included
    Relations relations;
  };

  Directory const* directory;
  int index;

  void init(State&, sim::Context<Budget>&) const;
  void on(Account const&, State&, sim::Context<Budget>&) const;
  void on(Effort const&, State&, sim::Context<Budget>&) const;
  void on(RelationChange const&, State&, sim::Context<Budget>&) const;

  /// Mean over all other nations of D2 times their effort over the reference, at most 1: a partner more never makes it less (equations 16.2).
  double spill(State const&, double day) const;

 private:
  double reply(decision::Sharing, double alone, State const&, double day) const;
  void tell(int level, State&, sim::Context<Budget>&) const;
};

/// Efforts are told on a geometric grid: 1.1^level, from half to twice the reference.
inline constexpr int effort_levels = 7;
/// Effort at `level` (-effort_levels to effort_levels) over the reference's.
double effort_of(int level);
/// Small changes are not worth telling: a level is left when the exact one is three quarters of a step away, a factor of 1.1^0.75.
inline constexpr double steps_worth_telling = 0.75, effort_worth_telling = 1.0740995;
/// What that effort adds to a nation's prevention [standard deviations]: 0.25 ln effort (equations 16.1).
double prevention_gain(int level);

/// Best effort over the reference's where losses are `loss_ratio` times what the reference expects: class one of Gordon and
/// Loeb with breach probability `vulnerability` and `stakes` = alpha L; within [0.5, 2].
double best_effort_ratio(double vulnerability, double stakes, double loss_ratio);

}  // namespace world
