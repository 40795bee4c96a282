#include <catch2/catch.hpp>

#include <cstdlib>

#include "tests/faults/power_loss.hpp"

using namespace faults;

namespace {

// Lived once for all tests here.
struct Stage {
  sample::Directory scratch;
  Life life = live(scratch.path());
  std::string expected = undisturbed(scratch.path());
};

Stage& stage() {
  static Stage only;
  return only;
}

std::string words(Crash const& crash) {
  return "moment " + std::to_string(crash.moment) + ", pages survive with " + std::to_string(crash.page_survival) +
         (crash.order == NameOrder::any ? ", names in any order" : ", names in order") + ", seed " +
         std::to_string(crash.seed);
}

bool is_sync(Event const& event) { return event.head.call == Call::sync_begin || event.head.call == Call::sync_end; }

bool ends_with(std::string const& text, std::string const& ending) {
  return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

// True if some crash of a life without these calls loses or spoils something.
bool is_caught(std::function<bool(Event const&)> const& is_left_out, int tries) {
  auto const events = without(stage().life.events, is_left_out);
  for (int i = 0; i < tries; ++i) {
    Crash const crash = draw_crash(900 + static_cast<std::uint64_t>(i), events.size());
    if (!problem_after(stage().scratch.path(), {}, events, crash, stage().expected).empty()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a trace holds all that changed: replayed without a loss it gives the directory that was there", "[faults]") {
  Life const& life = stage().life;
  REQUIRE(life.after.contains("out.h5"));
  CHECK((crash_state(life.before, life.events, {.moment = life.events.size(), .page_survival = 1, .name_survival = 1}) ==
         life.after));
  CHECK((life.after.at("out.h5") == stage().expected));
  // The second abrupt end left a directory with journals.
  std::size_t third = 0, starts = 0;
  while (starts < 3) starts += life.events[third++].head.call == Call::start;
  Tree const middle = crash_state(life.before, life.events, {.moment = third, .page_survival = 1, .name_survival = 1});
  CHECK(middle.contains("out.h5.parts/manifest.toml"));
  CHECK(acknowledged(life.events, third).size() >= 35);
  CHECK(acknowledged(life.events, life.events.size()).size() >= 50);
}

TEST_CASE("after a loss of power at any moment nothing acknowledged is lost or repeated, and the file is the same",
          "[faults]") {
  long const states = wanted("BERYLIA_POWER_LOSSES", 200);
  auto const& events = stage().life.events;
  long second_losses = 0;
  for (long i = 0; i < states; ++i) {
    Crash const crash = draw_crash(static_cast<std::uint64_t>(i), events.size());
    bool const fails_twice = i % 5 == 4;
    INFO("state " << i << ": " << words(crash));
    REQUIRE(problem_after(stage().scratch.path(), {}, events, crash, stage().expected,
                          fails_twice ? 77 + static_cast<std::uint64_t>(i) : 0) == "");
    second_losses += fails_twice;
  }
  WARN(states << " states of " << events.size() << " calls, " << second_losses << " of them with a second loss of power");
}

TEST_CASE("a loss of power after each single call loses nothing", "[faults]") {
  if (std::getenv("BERYLIA_POWER_EACH_CALL") == nullptr) return;  // minutes
  auto const& events = stage().life.events;
  long states = 0;
  for (std::size_t moment = 0; moment <= events.size(); ++moment) {
    for (double const survival : {0.0, 0.5, 0.9}) {
      for (NameOrder const order : {NameOrder::as_made, NameOrder::any}) {
        Crash const crash{moment, survival, order == NameOrder::any ? 0.5 : 0.3, order, moment};
        INFO(words(crash));
        REQUIRE(problem_after(stage().scratch.path(), {}, events, crash, stage().expected) == "");
        ++states;
      }
    }
  }
  WARN(states << " states: every boundary of " << events.size() << " calls");
}

TEST_CASE("broken twins are caught: what the proof rests on is in the calls", "[faults]") {
  SECTION("one that acknowledges without a sync") {
    CHECK(is_caught([](Event const& e) { return is_sync(e) && ends_with(e.path, ".journal"); }, 100));
  }
  SECTION("one that renames the results file without having synced it") {
    CHECK(is_caught([](Event const& e) { return is_sync(e) && ends_with(e.path, ".h5.tmp"); }, 200));
  }
  SECTION("one that deletes the journals before the rename is durable") {
    CHECK(is_caught([](Event const& e) { return is_sync(e) && e.path.empty(); }, 400));
  }
  SECTION("one that never syncs the directory of its journals") {
    CHECK(is_caught([](Event const& e) { return is_sync(e) && ends_with(e.path, ".parts"); }, 100));
  }
  SECTION("and the writer as it is, is not") {
    CHECK_FALSE(is_caught([](Event const&) { return false; }, 60));
  }
}
