#include "models/queue/overflow.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "sim/base/math.hpp"

namespace queue {

namespace {

sim::Duration exponential(sim::RngStream rng, double rate) {
  double const ticks = rng.exponential(static_cast<double>(sim::second.ticks) / rate);
  return std::max(sim::tick, sim::Duration{static_cast<std::int64_t>(ticks + 0.5)});
}

struct Peak final : sim::Splittable::Memory {
  Peak(std::uint64_t n, std::uint64_t m) : present(n), most(m) {}
  std::uint64_t present, most;
};

class OverflowHistory final : public sim::Replication, public sim::RowSink, public sim::Splittable {
 public:
  OverflowHistory(Overflow const& overflow, sim::ReplicationStream const& stream)
      : world_({.stream = stream}), level_falls_(overflow.level_falls) {
    world_.add(Line{overflow.load}, "only");
  }
  sim::World& world() override { return world_; }
  sim::RowSink& rows() override { return *this; }
  void take_over(sim::Replication const& other) override { recall(*static_cast<OverflowHistory const&>(other).remember()); }
  sim::Splittable* splittable() override { return this; }
  void measure(sim::ReplicationRecord&) override {}

  void row(sim::RowKey const&, std::span<std::byte const> bytes) override {
    Line::Present row;
    std::memcpy(&row, bytes.data(), sizeof row);
    present_ = row.customers;
    most_ = std::max(most_, present_);
  }

  double level() const override { return static_cast<double>(level_falls_ ? present_ : most_); }
  bool is_over() const override { return present_ == 0; }
  std::shared_ptr<Memory const> remember() const override { return std::make_shared<Peak>(present_, most_); }
  void recall(Memory const& memory) override {
    auto const& peak = static_cast<Peak const&>(memory);
    present_ = peak.present;
    most_ = peak.most;
  }
  void draw_from(sim::ReplicationStream const& stream) override { world_.draw_from(stream); }

 private:
  sim::World world_;
  bool level_falls_;
  std::uint64_t present_ = 1, most_ = 1;
};

class OverflowScenario final : public sim::Scenario {
 public:
  explicit OverflowScenario(Overflow const& overflow) : overflow_(overflow) {
    schema_.study = "overflow";
    schema_.seed = overflow.seed;
    schema_.futures = overflow.futures;
    schema_.replications = overflow.replications;
    schema_.treatments = {{.name = "line"}};
    schema_.reference = "line";
    schema_.rare_event = {.level = "customers", .unit = "customers", .definition = "most customers present so far", .effort = overflow.effort};
    schema_.rare_event.levels = overflow.levels;
    schema_.responses = sim::responses_of(schema_.rare_event, {1970, 1, 1}, {9999, 1, 1});
  }
  sim::Time start() const override { return {}; }
  sim::Time end() const override { return sim::to_time({9999, 1, 1}); }
  sim::Time first_difference() const override { return end(); }
  sim::ResultSchema const& schema() const override { return schema_; }
  std::shared_ptr<sim::Future const> prepare(std::uint32_t) const override { return std::make_shared<sim::Future>(); }
  std::unique_ptr<sim::Replication> build(std::shared_ptr<sim::Future const>, sim::ReplicationKey key) const override {
    return std::make_unique<OverflowHistory>(overflow_, sim::ReplicationStream{schema_.seed, key.future, key.replication});
  }
  void treat(sim::Replication&, std::uint32_t) const override {}

 private:
  Overflow overflow_;
  sim::ResultSchema schema_;
};

}  // namespace

void Line::init(State&, sim::Context<Line>& context) const {
  context.schedule(exponential(context.rng(Draw::gap), load), Arrival{});
  context.schedule(exponential(context.rng(Draw::service), 1), ServiceEnd{});
}

void Line::on(Arrival const&, State& state, sim::Context<Line>& context) const {
  context.schedule(exponential(context.rng(Draw::gap), load), Arrival{});
  if (++state.customers == 1) context.schedule(exponential(context.rng(Draw::service), 1), ServiceEnd{});
  context.observe(Present{state.customers});
}

void Line::on(ServiceEnd const&, State& state, sim::Context<Line>& context) const {
  if (--state.customers > 0) context.schedule(exponential(context.rng(Draw::service), 1), ServiceEnd{});
  context.observe(Present{state.customers});
}

std::unique_ptr<sim::Scenario> make_scenario(Overflow const& overflow) { return std::make_unique<OverflowScenario>(overflow); }

double reach_probability(double load, std::uint32_t level) {
  return (1 / load - 1) / (sim::math::pow(1 / load, level) - 1);
}

}  // namespace queue
