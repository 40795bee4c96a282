// A model built to hurt: ties everywhere, rows, pools, marks, incidents and doubles; run by every executor's tests.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/pool.hpp"
#include "sim/kernel/executor.hpp"

namespace gossip {

struct Rumour {
  double weight;
  std::uint64_t id;
};
struct Wake {};
struct Silence {};  // an intervention that does nothing

struct Heard {
  double weight;
  std::uint64_t id;
  std::int64_t words;
};
struct Woken {};

struct Item {
  double weight;
  std::uint64_t id;
};

/// The smallest delay from one logical process to another.
inline sim::Duration far(std::uint32_t from, std::uint32_t to, sim::Regions const* regions, sim::Duration lookahead) {
  if (regions == nullptr || regions->count() == 0) return lookahead;
  auto const region = [regions](std::uint32_t lp) {
    return static_cast<std::size_t>(std::upper_bound(regions->first.begin(), regions->first.end(), lp) - regions->first.begin()) - 1;
  };
  return regions->between(region(from), region(to));
}

/// Hears rumours, keeps a few, passes them on after 1 to 3 ticks beyond the lookahead.
struct Person {
  static constexpr std::string_view name = "person";
  using Events = sim::EventList<Rumour, Wake, Silence>;
  using Rows = sim::RowList<Heard, Woken>;
  enum class Draw : std::uint8_t { target, delay, weight, count_ };
  struct State {
    std::uint32_t heard = 0;
    double sum = 0;
    sim::Pool<Item, 8> kept;
  };

  std::uint32_t people = 1;
  sim::Duration lookahead = sim::tick;
  sim::Duration longest_wake{3};
  sim::Regions const* regions = nullptr;  // null if there is but one

  void init(State&, sim::Context<Person>& context) const {
    context.observe(Woken{});
    context.schedule(sim::Duration{1 + context.rng(Draw::delay).below(3)}, Wake{});
  }
  void on(Wake const&, State& state, sim::Context<Person>& context) const {
    context.set_incident(static_cast<std::uint64_t>(context.now().ticks));
    auto rng = context.rng(Draw::target);
    for (std::uint32_t i = rng.below(3); i-- > 0;) {
      std::uint64_t const id = rng.bits();
      std::uint32_t const to = rng.below(people);
      context.send(sim::LpRef<Person>{sim::LpId{to}}, delay(to, context),
                   Rumour{context.rng(Draw::weight, id).uniform() - 0.5, id});
    }
    if (state.kept.full()) state.kept.clear();
    context.observe(Woken{});
    auto const ticks = static_cast<std::uint32_t>(longest_wake.ticks);
    context.schedule(sim::Duration{1 + context.rng(Draw::delay).below(ticks)}, Wake{});
  }
  void on(Rumour const& rumour, State& state, sim::Context<Person>& context) const {
    ++state.heard;
    state.sum += rumour.weight;
    if (!state.kept.full()) state.kept.insert({rumour.weight, rumour.id});
    context.observe(Heard{state.sum, rumour.id, state.heard});
    auto rng = context.rng(Draw::target);
    if (rng.bernoulli(0.4)) {
      std::uint32_t const to = rng.below(people);
      context.send(sim::LpRef<Person>{sim::LpId{to}}, delay(to, context), rumour);
    }
  }
  void on(Silence const&, State&, sim::Context<Person>&) const {}

  sim::Duration delay(std::uint32_t to, sim::Context<Person>& context) const {
    return far(static_cast<std::uint32_t>(context.self().id), to, regions, lookahead) + sim::Duration{context.rng(Draw::delay).below(3)};
  }
};

/// One row as it arrived.
struct SeenRow {
  sim::RowKey key;
  std::vector<std::byte> bytes;
  friend bool operator==(SeenRow const& a, SeenRow const& b) {
    return a.key.event == b.key.event && a.key.parent == b.key.parent && a.key.incident == b.key.incident &&
           a.key.lp == b.key.lp && a.key.agent_type == b.key.agent_type && a.key.row_kind == b.key.row_kind &&
           a.key.index == b.key.index && a.bytes == b.bytes;
  }
};

/// Keeps every row.
class RowLog final : public sim::RowSink {
 public:
  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override {
    rows.push_back({key, {bytes.begin(), bytes.end()}});
  }
  std::vector<SeenRow> rows;
};

struct Options {
  std::uint32_t people = 20;
  sim::Duration lookahead = sim::tick;
  std::uint32_t replication = 0;
  bool traces_causes = false;
  sim::Duration longest_wake{3};
  sim::Regions regions;  // none, or those of the people
};

/// People named "0", "1", ...; `options` must outlive the world if it has regions.
inline sim::World build(Options const& options) {
  sim::World world({.lookahead = options.lookahead,
                    .stream = {.seed = 11, .replication = options.replication},
                    .traces_causes = options.traces_causes});
  Person const person{options.people, options.lookahead, options.longest_wake,
                      options.regions.count() > 0 ? &options.regions : nullptr};
  for (std::uint32_t i = 0; i < options.people; ++i) world.add(person, std::to_string(i));
  if (options.regions.count() > 0) world.set_regions(options.regions);
  return world;
}

}  // namespace gossip
