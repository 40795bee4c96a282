#include "tests/campaign/toy_scenario.hpp"

#include <algorithm>
#include <cstring>

namespace toy {

namespace {

template <class Key>
bool contains(std::vector<Key> const& keys, Key const& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

struct Prepared final : sim::Future {
  Prepared(std::uint32_t number, std::atomic<int>& counter) : index(number), alive(counter) {}
  ~Prepared() override { --alive; }
  std::uint32_t index;
  std::atomic<int>& alive;
};

class Game final : public sim::Replication, public sim::RowSink {
 public:
  explicit Game(sim::WorldOptions const& options) : world_(options) {
    // Ids count from 0 in order of addition.
    a_ = world_.add(Player{{sim::LpId{1}}}, "a");
    b_ = world_.add(Player{{sim::LpId{0}}}, "b");
  }
  void treat(Coaching const& coaching, bool measurable) {
    world_.clear_externals();
    world_.schedule_external(a_, sim::Time{} + sim::hour, 0, Ball{});
    world_.schedule_external(a_, sim::Time{} + sim::day * 20, 1, coaching);
    measurable_ = measurable;
  }
  sim::World& world() override { return world_; }
  sim::RowSink& rows() override { return *this; }
  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override {
    Shot shot;
    std::memcpy(&shot, bytes.data(), sizeof shot);
    incidents_.insert(incidents_.end(), {static_cast<double>(key.event.time.ticks), shot.strength});
  }
  void take_over(sim::Replication const& other) override { incidents_ = static_cast<Game const&>(other).incidents_; }
  void measure(sim::ReplicationRecord& record) override {
    if (!measurable_) throw std::runtime_error("nothing to measure");
    record.responses = {world_.state(a_).sum, world_.state(b_).sum};
    record.incidents = std::move(incidents_);
  }

 private:
  sim::World world_;
  sim::LpRef<Player> a_, b_;
  bool measurable_ = true;
  std::vector<double> incidents_;
};

}  // namespace

Scenario::Scenario(std::uint32_t futures, std::uint32_t replications, Faults faults) : faults_(std::move(faults)) {
  schema_.seed = 11;
  schema_.futures = futures;
  schema_.replications = replications;
  schema_.treatments = {{.name = "plain"}, {.name = "skilled"}};
}

std::shared_ptr<sim::Future const> Scenario::prepare(std::uint32_t index) const {
  if (contains(faults_.break_future, index)) throw std::runtime_error("no such future");
  int const alive = ++alive_;
  ++prepared_;
  for (int most = alive_max_; most < alive && !alive_max_.compare_exchange_weak(most, alive);) continue;
  return std::make_shared<Prepared>(index, alive_);
}

std::unique_ptr<sim::Replication> Scenario::build(std::shared_ptr<sim::Future const> future,
                                                  sim::ReplicationKey key) const {
  SIM_CHECK(static_cast<Prepared const&>(*future).index == key.future);
  sim::WorldOptions const options{.lookahead = sim::hour,
                                  .stream = {.seed = schema_.seed, .future = key.future, .replication = key.replication}};
  auto game = std::make_unique<Game>(options);
  treat(*game, key.point);
  return game;
}

void Scenario::treat(sim::Replication& replication, std::uint32_t point) const {
  auto const& stream = replication.world().stream();
  sim::ReplicationKey const key{point, stream.future, stream.replication};
  Coaching const coaching{1.0 + point, contains(faults_.break_model, key) ? 3U : 0U, 0};
  static_cast<Game&>(replication).treat(coaching, !contains(faults_.break_measure, key));
}

}  // namespace toy
