#include "sim/campaign/progress.hpp"

#include <catch2/catch.hpp>

using sim::Progress;

TEST_CASE("the time left counts the pace of this run only", "[campaign]") {
  Progress const progress{.planned = 100, .finished_before = 40, .done = 20, .wall_seconds = 10};
  CHECK(progress.finished() == 60);
  CHECK(sim::wall_seconds_left(progress) == Approx(20));
  CHECK(sim::wall_seconds_left({.planned = 100, .finished_before = 40}) < 0);
}

TEST_CASE("wall times read as a person would say them", "[campaign]") {
  CHECK(sim::wall_time_text(0.4) == "0 s");
  CHECK(sim::wall_time_text(59.6) == "1 min 00 s");
  CHECK(sim::wall_time_text(200) == "3 min 20 s");
  CHECK(sim::wall_time_text(7500) == "2 h 05 min");
}

TEST_CASE("a progress line says what failed and how long it takes", "[campaign]") {
  Progress const progress{.planned = 200, .done = 97, .failed = 3, .wall_seconds = 10};
  CHECK(sim::progress_line(progress) == "100/200 replications (50.0 %), 3 failed, 10 /s, 10 s left");
  CHECK(sim::progress_bar(progress).starts_with("[##########          ] "));
}
