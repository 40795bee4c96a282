#include <catch2/catch.hpp>

#include <map>
#include <memory>

#include "tests/faults/power_loss.hpp"

using namespace faults;

namespace {

// A life in a directory of its own.
struct Stage {
  explicit Stage(unsigned workers) : loss(scratch.path(), workers) {}
  sample::Directory scratch;
  PowerLoss loss;
};

// Lived once for all tests here: by one worker, and by three at once.
PowerLoss const& lived(unsigned workers) {
  static Stage const alone(1), three(3);
  return workers == 1 ? alone.loss : three.loss;
}

std::string words(Crash const& crash) {
  return "moment " + std::to_string(crash.moment) + ", pages of " + std::to_string(crash.page_size) + " survive with " + std::to_string(crash.page_survival) +
         (crash.order == NameOrder::any ? ", names in any order" : ", names in order") + ", seed " +
         std::to_string(crash.seed);
}

bool is_sync(Event const& event) { return event.head.call == Call::sync_begin || event.head.call == Call::sync_end; }

// True if some crash of a life without these calls loses or spoils something.
bool is_caught(std::function<bool(Event const&)> const& is_left_out, int tries) {
  auto const events = without(lived(1).life().events, is_left_out);
  for (int i = 0; i < tries; ++i) {
    Crash const crash = draw_crash(900 + static_cast<std::uint64_t>(i), events.size());
    if (!lived(1).problem_after(events, crash).empty()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a trace holds all that changed: replayed without a loss it gives the directory that was there", "[faults]") {
  for (unsigned const workers : {1u, 3u}) {
    auto const& [events, after] = lived(workers).life();
    CHECK((crash_state({}, events, {.moment = events.size(), .page_survival = 1, .name_survival = 1}) == after));
    REQUIRE(after.size() == 1);
    CHECK((after.at("out.h5") == lived(workers).expected()));
    // The second abrupt end left a directory with journals.
    std::size_t end = 0;
    for (unsigned starts = 0; starts < 2 * workers + 1; ++end) starts += events[end].head.call == Call::start;
    Tree const middle = crash_state({}, events, {.moment = end, .page_survival = 1, .name_survival = 1});
    CHECK(middle.contains("out.h5.parts/manifest.toml"));
    CHECK(acknowledged(events, end).size() >= 10);
    CHECK(acknowledged(events, events.size()).size() >= 40);
  }
  CHECK((lived(1).expected() == lived(3).expected()));
}

TEST_CASE("after a loss of power at any moment nothing acknowledged is lost or repeated, and the file is the same",
          "[faults]") {
  long const states = wanted("BERYLIA_POWER_LOSSES", 200);
  // Several lives in the long form: workers at once never interleave twice in the same way.
  long const states_per_life = std::max(states / 20, 100L);
  long losses_twice = 0, calls = 0;
  std::unique_ptr<Stage> stage;
  for (long i = 0; i < states; ++i) {
    if (i % states_per_life == 0) {
      stage = std::make_unique<Stage>(i / states_per_life % 2 == 0 ? 1 : 3);
      calls += static_cast<long>(stage->loss.life().events.size());
    }
    auto const& events = stage->loss.life().events;
    Crash const crash = draw_crash(static_cast<std::uint64_t>(i), events.size());
    bool const fails_twice = i % 5 == 4;
    INFO("state " << i << ": " << words(crash));
    REQUIRE(stage->loss.problem_after(events, crash, fails_twice ? 77 + static_cast<std::uint64_t>(i) : 0) == "");
    losses_twice += fails_twice;
  }
  WARN(states << " states from " << calls << " calls, in " << losses_twice << " the power failed again during recovery");
}

TEST_CASE("a loss of power after each single call loses nothing", "[faults]") {
  if (wanted("BERYLIA_POWER_EACH_CALL", 0) == 0) return;  // minutes
  long states = 0;
  for (unsigned const workers : {1u, 3u}) {
    auto const& events = lived(workers).life().events;
    for (std::size_t moment = 0; moment <= events.size(); ++moment) {
      for (double const survival : {0.0, 0.5, 0.9}) {
        for (NameOrder const order : {NameOrder::as_made, NameOrder::any}) {
          Crash const crash{moment, survival, 0.5, order, moment, 4096};
          INFO(workers << " workers, " << words(crash));
          REQUIRE(lived(workers).problem_after(events, crash) == "");
          ++states;
        }
      }
    }
  }
  WARN(states << " states: after each call, three chances of pages and two orders of names");
}

TEST_CASE("no journal is made before the manifest is durable, although several workers begin at once", "[faults]") {
  sample::Directory const scratch;
  for (int trial = 0; trial < 20; ++trial) {
    bool is_named = false, is_durable = false;
    std::map<std::uint64_t, bool> covers;  // by directory: its sync began after the manifest had its name
    int journals = 0;
    for (Event const& event : begin_together(scratch / "root", 4)) {
      bool const is_parts = event.path.ends_with(".parts");
      if (event.new_path.ends_with("manifest.toml")) is_named = true;
      if (event.head.call == Call::sync_begin && is_parts) covers[event.head.file] = is_named;
      if (event.head.call == Call::sync_end && is_parts) is_durable = is_durable || covers[event.head.file];
      if (event.head.call != Call::create || !event.path.ends_with(".journal")) continue;
      REQUIRE(is_durable);
      ++journals;
    }
    REQUIRE(journals == 4);
  }
}

TEST_CASE("broken twins are caught: what the proof rests on is in the calls", "[faults]") {
  SECTION("one that acknowledges without a sync") {
    CHECK(is_caught([](Event const& e) { return is_sync(e) && e.path.ends_with(".journal"); }, 100));
  }
  SECTION("one that renames the results file without having synced it") {
    CHECK(is_caught([](Event const& e) { return is_sync(e) && e.path.ends_with(".h5.tmp"); }, 200));
  }
  SECTION("one that deletes the journals before the rename is durable") {
    CHECK(is_caught([](Event const& e) { return is_sync(e) && e.path.empty(); }, 400));
  }
  SECTION("one that never syncs the directory of its journals") {
    CHECK(is_caught([](Event const& e) { return is_sync(e) && e.path.ends_with(".parts"); }, 100));
  }
  SECTION("one that never syncs its manifest") {
    CHECK(is_caught([](Event const& e) { return is_sync(e) && e.path.find(".manifest") != std::string::npos; }, 200));
  }
  SECTION("and the writer as it is, is not") {
    CHECK_FALSE(is_caught([](Event const&) { return false; }, 60));
  }
}
