// When the first worker goes on alone, told by a clock that the test moves.
#include <catch2/catch.hpp>

#include "sim/exec/conservative/pace.hpp"

namespace {

using std::chrono::milliseconds;

/// Runs `for_ms` of wall time in steps of 1 ms; the share of it that the first worker ran alone.
double share_alone(double together_pace, double alone_pace, double waiting_share, int for_ms) {
  sim::Pace pace;
  sim::Pace::Time wall_now{milliseconds(1)};
  sim::Pace::Span waited{};
  double events = 0;
  int alone_ms = 0;
  for (int ms = 0; ms < for_ms; ++ms) {
    bool const alone = pace.is_better_alone(wall_now, static_cast<std::uint64_t>(events), waited);
    alone_ms += alone;
    events += alone ? alone_pace : together_pace;
    if (!alone) waited += std::chrono::duration_cast<sim::Pace::Span>(milliseconds(1) * waiting_share);
    wall_now += milliseconds(1);
  }
  return static_cast<double>(alone_ms) / for_ms;
}

}  // namespace

TEST_CASE("workers who hardly wait stay together, whatever one alone would do", "[exec][pace]") {
  CHECK(share_alone(1000, 5000, 0.1, 10'000) == 0);
}

TEST_CASE("who waits much and would be faster alone soon is, but asks again now and then", "[exec][pace]") {
  CHECK(share_alone(1000, 1400, 0.5, 1'000) > 0.85);
  double const long_run = share_alone(1000, 1400, 0.5, 60'000);
  CHECK(long_run > 0.97);
  CHECK(long_run < 1);
}

TEST_CASE("who waits much and is faster together all the same stays so", "[exec][pace]") {
  CHECK(share_alone(1300, 1000, 0.33, 1'000) < 0.05);
  CHECK(share_alone(1300, 1000, 0.33, 60'000) < 0.01);
}
