// Two agents that throw a ball to each other: small enough to know every number, and able to fail on request.
#pragma once

#include <atomic>
#include <stdexcept>
#include <vector>

#include "sim/campaign/scenario.hpp"

namespace toy {

struct Ball {
  std::uint32_t throws = 0;
};

/// What the second treatment does to the first player, and what makes it fail.
struct Coaching {
  double skill = 1;
  std::uint32_t breaks_after = 0;  // catches; 0: never
  std::uint32_t unused = 0;
};

/// A player's shot that a row tells of.
struct Shot {
  double strength = 0;
};

struct Player {
  static constexpr std::string_view name = "player";
  using Events = sim::EventList<Ball, Coaching>;
  using Rows = sim::RowList<Shot>;
  enum class Draw : std::uint8_t { strength, count_ };
  struct State {
    std::uint32_t caught = 0;
    std::uint32_t breaks_at = 0;  // 0: never
    double skill = 1;
    double sum = 0;
  };
  sim::LpRef<Player> other{};

  void init(State&, sim::Context<Player>&) const {}
  void on(Ball const& ball, State& state, sim::Context<Player>& context) const {
    if (++state.caught == state.breaks_at) throw std::runtime_error("the ball is lost");
    double const strength = state.skill * context.rng(Draw::strength).uniform();
    state.sum += strength;
    context.observe(Shot{strength});
    context.send(other, sim::hour + sim::from_days(strength), Ball{ball.throws + 1});
  }
  void on(Coaching const& coaching, State& state, sim::Context<Player>&) const {
    state.skill = coaching.skill;
    if (coaching.breaks_after > 0) state.breaks_at = state.caught + coaching.breaks_after;
  }
};

/// Which replications go wrong.
struct Faults {
  std::vector<sim::ReplicationKey> break_model;    // a handler throws
  std::vector<sim::ReplicationKey> break_measure;  // measuring throws
  std::vector<std::uint32_t> break_future;         // prepare throws
};

/// Treatment 1 doubles the skill of the first player on day 20.
class Scenario : public sim::Scenario {
 public:
  explicit Scenario(std::uint32_t futures = 4, std::uint32_t replications = 3, Faults faults = {});

  sim::Time start() const override { return {}; }
  sim::Time end() const override { return sim::Time{} + sim::day * 40; }
  sim::Time first_difference() const override { return sim::Time{} + sim::day * 20; }
  sim::ResultSchema const& schema() const override { return schema_; }
  std::shared_ptr<sim::Future const> prepare(std::uint32_t index) const override;
  std::unique_ptr<sim::Replication> build(std::shared_ptr<sim::Future const> future,
                                          sim::ReplicationKey key) const override;
  void treat(sim::Replication& replication, std::uint32_t point) const override;

  /// Most prepared futures that were alive at a time.
  int futures_alive_max() const { return alive_max_; }
  int prepared() const { return prepared_; }

 private:
  sim::ResultSchema schema_;
  Faults faults_;
  mutable std::atomic<int> alive_{0}, alive_max_{0}, prepared_{0};
};

}  // namespace toy
