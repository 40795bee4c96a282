// Loads that change shape: sparse, dense in one place, dense elsewhere; executors adapt and nobody can tell from the results.
#include <catch2/catch.hpp>

#include "tests/exec/gossip.hpp"
#include "tests/exec/variants.hpp"

namespace {

using sim::Time;

struct Beat {};
struct Note {
  std::uint64_t value;
};

/// Beats often while it is its turn, else rarely; every other beat is told to somebody.
struct Worker {
  static constexpr std::string_view name = "worker";
  using Events = sim::EventList<Beat, Note>;
  using Rows = sim::RowList<Note>;
  enum class Draw : std::uint8_t { beat, count_ };
  struct State {
    std::uint64_t sum = 0;
  };
  static constexpr std::int64_t turn = 60;

  std::uint32_t number = 0, workers = 1;

  /// Turn 0 is nobody's, turn 1 that of the first eighth, turn 2 nobody's, turn 3 that of the last eighth, and so on.
  bool is_busy(Time now) const {
    std::int64_t const at = now.ticks / turn % 4;
    return (at == 1 && number < workers / 8) || (at == 3 && number >= workers - workers / 8);
  }
  void init(State&, sim::Context<Worker>& context) const {
    context.schedule(sim::Duration{1 + context.rng(Draw::beat).below(400)}, Beat{});
    context.schedule(sim::Duration{1 + turn * (number < workers / 8 ? 1 : 3)}, Beat{});
  }
  void on(Beat const&, State& state, sim::Context<Worker>& context) const {
    auto rng = context.rng(Draw::beat);
    if (rng.bernoulli(0.5)) {
      context.send(sim::LpRef<Worker>{sim::LpId{rng.below(workers)}}, sim::Duration{2 + rng.below(3)}, Note{state.sum + 1});
    }
    std::int64_t const delay = is_busy(context.now()) ? 1 + rng.below(2) : 30 + rng.below(400);
    context.schedule(sim::Duration{delay}, Beat{});
  }
  void on(Note const& note, State& state, sim::Context<Worker>& context) const {
    state.sum = state.sum * 3 + note.value;
    if (state.sum % 64 == 0) context.observe(Note{state.sum});
  }
};

struct Outcome {
  std::uint64_t digest = 0, events = 0;
  std::vector<gossip::SeenRow> rows;
  friend bool operator==(Outcome const&, Outcome const&) = default;
};

Outcome run(sim::Executor& executor, std::uint32_t workers, std::vector<std::int64_t> const& stops) {
  sim::World world({.lookahead = sim::Duration{2}, .stream = {.seed = 5}});
  for (std::uint32_t i = 0; i < workers; ++i) world.add(Worker{i, workers}, std::to_string(i));
  gossip::RowLog log;
  executor.start(world, log, Time{});
  for (std::int64_t const stop : stops) executor.run_until(Time{stop});
  return {world.digest(), executor.statistics().events, std::move(log.rows)};
}

}  // namespace

TEST_CASE("sparse, lopsided and changing loads give the same on every executor", "[exec]") {
  for (std::uint32_t const workers : {5u, 40u, 3000u}) {
    Outcome const reference = run(*variants::make("sequential"), workers, {800});
    if (workers == 3000) REQUIRE(reference.events > 50'000);
    REQUIRE(reference.events > workers * 3);
    for (auto const& name : variants::names()) {
      INFO(name << ", " << workers << " workers");
      auto const executor = variants::make(name);
      REQUIRE(run(*executor, workers, {800}) == reference);
      REQUIRE(run(*executor, workers, {100, 350, 800}) == reference);  // with what it has learnt of the load
    }
  }
}
