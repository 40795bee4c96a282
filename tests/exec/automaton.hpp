// Random models for the proof of sameness: agents whose every rule is drawn, with ties, hubs, ping-pong, failures and rows.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/base/pool.hpp"
#include "sim/kernel/executor.hpp"
#include "tests/exec/gossip.hpp"

namespace automaton {

struct Token {};
struct Parcel {
  double weight;
  std::array<std::uint64_t, 3> words;
};
struct Seen {
  std::uint64_t sum;
  double weight;
};

/// What one logical process does.
struct Rules {
  std::vector<std::uint32_t> links;  // whom it may send to, itself included
  std::uint32_t fan_out = 1;         // most sends per event
  double sends = 0.4;                // probability of each of them
  sim::Duration lookahead = sim::tick;
  std::uint32_t spread = 3;          // delays are lookahead ... lookahead + spread - 1
  std::int64_t beat = 0;             // longest step of its own clock; 0 for none
  double rows = 0.2;                 // probability of a row per event
  std::uint32_t fails_at = 0;        // the event of its own at which it throws; 0 for never
};

/// The two types differ in the number of draw purposes and in their state.
template <bool is_rich>
struct Automaton {
  static constexpr std::string_view name = is_rich ? "rich" : "poor";
  using Events = sim::EventList<Token, Parcel>;
  using Rows = sim::RowList<Seen>;
  enum class Draw : std::uint8_t { all = 0, row = is_rich ? 1 : 0, step = is_rich ? 2 : 0, count_ = is_rich ? 3 : 1 };
  struct State {
    std::uint64_t sum = 0;
    std::uint32_t events = 0;
    sim::Pool<std::uint64_t, is_rich ? 16 : 2> kept;
  };

  Rules const* rules = nullptr;
  std::uint32_t rich_until = 0;  // ids below are rich
  sim::Regions const* regions = nullptr;

  void init(State&, sim::Context<Automaton>& context) const {
    if (rules->beat > 0) beat(context);
    pass_on(1, context);
  }
  void on(Token const&, State& state, sim::Context<Automaton>& context) const {
    work(state, 1, context);
    beat(context);
  }
  void on(Parcel const& parcel, State& state, sim::Context<Automaton>& context) const {
    work(state, parcel.words[0] ^ parcel.words[2], context);
  }

 private:
  void work(State& state, std::uint64_t word, sim::Context<Automaton>& context) const {
    if (++state.events == rules->fails_at) throw std::runtime_error("failed as it was told to");
    // Not commutative: a different order of the same events leaves a different sum.
    state.sum = sim::mix64(state.sum * 3 + word);
    if (state.kept.full()) state.kept.clear();
    state.kept.insert(state.sum);
    pass_on(state.sum, context);
    auto rng = context.rng(Draw::row);
    if (rng.bernoulli(rules->rows)) context.observe(Seen{state.sum, rng.uniform() - 0.5});
  }

  void pass_on(std::uint64_t word, sim::Context<Automaton>& context) const {
    auto rng = context.rng(Draw::all);
    for (std::uint32_t i = 0; i < rules->fan_out; ++i) {
      if (!rng.bernoulli(rules->sends) || rules->links.empty()) continue;
      std::uint32_t const to = rules->links[rng.below(static_cast<std::uint32_t>(rules->links.size()))];
      auto const self = static_cast<std::uint32_t>(context.self().id);
      sim::Duration const delay = gossip::far(self, to, regions, rules->lookahead) + sim::Duration{rng.below(rules->spread)};
      if (to < rich_until) send(sim::LpRef<Automaton<true>>{sim::LpId{to}}, delay, word, context);
      else send(sim::LpRef<Automaton<false>>{sim::LpId{to}}, delay, word, context);
    }
  }

  template <class To>
  static void send(To to, sim::Duration delay, std::uint64_t word, sim::Context<Automaton>& context) {
    context.send(to, delay, Parcel{static_cast<double>(word % 7) - 3, {word, ~word, word >> 9}});
  }

  void beat(sim::Context<Automaton>& context) const {
    auto const longest = static_cast<std::uint32_t>(rules->beat);
    context.schedule(sim::Duration{1 + context.rng(Draw::step).below(longest)}, Token{});
  }
};

/// A model with its interventions and the end of its history.
struct Model {
  sim::WorldOptions options;
  std::deque<Rules> rules;  // [LPs]; stays where it is
  std::uint32_t rich = 0;   // the first LPs are rich
  struct Intervention {
    std::uint32_t to;
    sim::Time at;
  };
  std::vector<Intervention> interventions;
  sim::Regions regions;     // none, or at least two
  sim::Time end;
  std::uint64_t event_limit = 4'000;
};

/// A world of `model`, which must outlive it.
inline sim::World build(Model const& model) {
  sim::World world(model.options);
  std::uint32_t const lps = static_cast<std::uint32_t>(model.rules.size());
  for (std::uint32_t lp = 0; lp < lps; ++lp) {
    if (lp < model.rich) world.add(Automaton<true>{&model.rules[lp], model.rich, &model.regions}, std::uint64_t{lp} + 1);
    else world.add(Automaton<false>{&model.rules[lp], model.rich, &model.regions}, std::uint64_t{lp} + 1);
  }
  if (model.regions.count() > 0) world.set_regions(model.regions);
  std::uint32_t key = 0;
  for (Model::Intervention const& one : model.interventions) {
    Parcel const parcel{.weight = 1, .words = {one.to, 2, 3}};
    if (one.to < model.rich) {
      world.schedule_external(sim::LpRef<Automaton<true>>{sim::LpId{one.to}}, one.at, ++key, parcel);
    } else {
      world.schedule_external(sim::LpRef<Automaton<false>>{sim::LpId{one.to}}, one.at, ++key, parcel);
    }
  }
  return world;
}

/// One of `values`.
template <class T>
T any_of(sim::RngStream& rng, std::initializer_list<T> values) {
  return values.begin()[rng.below(static_cast<std::uint32_t>(values.size()))];
}

inline Rules random_rules(sim::RngStream& rng, std::uint32_t lps, std::uint32_t hub, sim::Duration lookahead) {
  Rules rules{.lookahead = lookahead};
  switch (rng.below(5)) {
    case 0: rules.links = {hub}; break;                                // everything goes to one
    case 1: rules.links = {rng.below(lps), hub, rng.below(lps)}; break;
    case 2: break;                                                     // silent
    default: for (int i = 0; i < 4; ++i) rules.links.push_back(rng.below(lps));
  }
  rules.fan_out = any_of(rng, {1u, 1u, 2u, 3u});
  rules.sends = rules.fan_out == 1 ? any_of(rng, {0.3, 0.9, 1.0}) : 0.9 / rules.fan_out;
  rules.spread = any_of(rng, {1u, 2u, 3u, 50u, 100'000u});
  rules.beat = any_of<std::int64_t>(rng, {0, 0, 1, 3, 40, 5'000});
  rules.rows = any_of(rng, {0.0, 0.1, 1.0});
  if (rng.bernoulli(0.01)) rules.fails_at = 1 + rng.below(100);
  return rules;
}

/// Two or three, some of them hardly further from each other than their own processes are.
inline sim::Regions random_regions(sim::RngStream& rng, std::uint32_t lps, sim::Duration lookahead) {
  sim::Regions regions{.first = {0}, .lookahead = {}};
  while (regions.first.size() < 3 && regions.first.back() + 1 < lps) {
    std::uint32_t const next = regions.first.back() + 1;
    regions.first.push_back(next + rng.below(lps - next));
  }
  for (std::size_t from = 0; from < regions.count(); ++from) {
    for (std::size_t to = 0; to < regions.count(); ++to) {
      std::int64_t const times = from == to ? 1 : any_of<std::int64_t>(rng, {1, 2, 3, 10, 40});
      regions.lookahead.push_back(sim::Duration{lookahead.ticks * times + (from == to ? 0 : rng.below(2))});
    }
  }
  return regions;
}

/// The model with this number: the same on every machine.
inline Model random_model(std::uint64_t number) {
  sim::RngStream rng({.seed = number}, sim::stream_id("random model"), 0, 0);
  Model model;
  auto const lookahead = sim::Duration{any_of<std::int64_t>(rng, {1, 1, 2, 3, 10, 1'000, 1'000'000})};
  model.options = {.lookahead = lookahead, .stream = {.seed = rng.bits()}, .traces_causes = rng.bernoulli(0.3)};
  std::uint32_t const lps = any_of(rng, {1u, 2u, 3u, 5u, 17u, 60u, 200u});
  std::uint32_t const hub = rng.below(lps);
  for (std::uint32_t lp = 0; lp < lps; ++lp) model.rules.push_back(random_rules(rng, lps, hub, lookahead));
  model.rich = rng.below(lps + 1);
  std::int64_t const span = lookahead.ticks * any_of<std::int64_t>(rng, {1, 7, 60}) + rng.below(20);
  model.end = sim::Time{span};
  for (std::uint32_t i = rng.below(6); i-- > 0;) {
    model.interventions.push_back({rng.below(lps), sim::Time{1 + rng.below(static_cast<std::uint32_t>(span))}});
  }
  if (rng.bernoulli(0.2)) model.event_limit = rng.below(1'000);
  if (lps > 1 && rng.bernoulli(0.4)) model.regions = random_regions(rng, lps, lookahead);
  return model;
}

}  // namespace automaton
