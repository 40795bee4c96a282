// Futures of one row or trajectory share all that is drawn beside the factors.
#include <catch2/catch.hpp>

#include "sim/campaign/factors.hpp"
#include "tests/models_world/studies.hpp"

using namespace world;
using namespace world::test;

namespace {

StudyOptions sampled(std::string const& type) {
  StudyOptions options;
  options.futures = type == "saltelli" ? 8 : 6;
  options.more = "[sampling]\ntype = \"" + type + "\"\nfactors = [\"access_intercept\", \"M7.information_ratio\"]\n" + (type == "saltelli" ? "base = 2\n" : "trajectories = 2\n");
  return options;
}

}  // namespace

TEST_CASE("a factor that does nothing changes nothing along a row of Saltelli's layout or a trajectory of Morris's", "[world][sampling]") {
  auto const outcome = [](SmallStudy const& study, std::uint32_t future) { return run(*study.scenario, study.scenario->prepare(future), {0, future, 0}); };
  // With M7 off the second factor is inert. Of row 0, future 0 is A, 1 is B, 2 has column 1 of B, 3 has column 2; of row 1, 4 is A.
  auto const saltelli = make_study(sampled("saltelli"));
  CHECK(same_outcome(outcome(saltelli, 0), outcome(saltelli, 3)));
  CHECK(same_outcome(outcome(saltelli, 1), outcome(saltelli, 2)));
  CHECK_FALSE(same_outcome(outcome(saltelli, 0), outcome(saltelli, 2)));
  CHECK_FALSE(same_outcome(outcome(saltelli, 0), outcome(saltelli, 4)));
  auto const morris = make_study(sampled("morris"));
  auto const& moved = morris.scenario->schema().sampling.moved;
  REQUIRE(moved.size() == 6);
  for (std::uint32_t future : {1U, 2U, 4U, 5U}) CHECK(same_outcome(outcome(morris, future - 1), outcome(morris, future)) == (moved[future] == 1));
}

TEST_CASE("futures of other designs draw for themselves", "[world][sampling]") {
  sim::SamplingInfo info;
  info.factors = {"a", "b", "c"};
  for (auto const type : {"random", "sobol", "latin_hypercube", "table", "full_factorial", "one_at_a_time"}) {
    info.type = type;
    for (std::uint32_t f = 0; f < 20; ++f) CHECK(sim::future_of_draws(info, f) == f);
  }
  info.type = "saltelli";
  CHECK(sim::future_of_draws(info, 4) == 0);
  CHECK(sim::future_of_draws(info, 5) == 5);
  info.second_order = true;
  CHECK(sim::future_of_draws(info, 7) == 0);
  CHECK(sim::future_of_draws(info, 8) == 8);
  info.type = "morris";
  CHECK(sim::future_of_draws(info, 3) == 0);
  CHECK(sim::future_of_draws(info, 4) == 4);
}
