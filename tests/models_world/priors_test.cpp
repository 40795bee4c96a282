// The prior sets: what they change, and that no prior reaches beyond what the model accepts.
#include <catch2/catch.hpp>

#include <algorithm>

#include "models/world/scenario.hpp"
#include "sim/base/error.hpp"
#include "sim/rng/distribution.hpp"
#include "tests/models_world/studies.hpp"

using namespace world;
using namespace world::test;

namespace {

// What a check says of a study in which one factor has another distribution; empty if it is accepted.
std::string said_of(std::string const& factor, std::string const& unit, std::string const& distribution) {
  StudyOptions options;
  options.scenario = "[factors.\"" + factor + "\"]\n" + distribution + "\nunit = \"" + unit + "\"\nsource = \"assumed: a test\"\ngrade = \"D\"\n";
  try {
    (void)make_study(options);
    return "";
  } catch (sim::Error const& error) {
    return error.what();
  }
}

sim::Distribution prior_in(std::string const& set, std::string const& factor) {
  for (auto const& s : vocabulary().prior_sets)
    if (s.name == set)
      for (auto const& [name, prior] : s.changed)
        if (name == factor) return prior;
  for (auto const& info : vocabulary().factors)
    if (info.name == factor) return info.prior;
  FAIL("no factor " << factor);
  return {};
}

}  // namespace

TEST_CASE("every prior of every set keeps to its accepted range, but for a thousandth on either side", "[world][priors]") {
  for (auto const& set : vocabulary().prior_sets)
    for (auto const& info : vocabulary().factors) {
      INFO(set.name << ": " << info.name);
      sim::Distribution const prior = prior_in(set.name, info.name);
      CHECK(sim::quantile(prior, .001) >= info.minimum);
      CHECK(sim::quantile(prior, .999) <= info.maximum);
    }
  for (auto const& set : vocabulary().prior_sets)
    for (auto const& [name, prior] : set.changed) {
      INFO(set.name << " changes " << name);
      CHECK(std::any_of(vocabulary().factors.begin(), vocabulary().factors.end(), [&name = name](auto const& info) { return info.name == name; }));
    }
}

TEST_CASE("relays leak under the wide priors only", "[world][priors][leak]") {
  for (char const* set : {"flat", "sceptical"}) CHECK(prior_in(set, "M2.leak_probability") == sim::Distribution{sim::Family::constant, 0});
  CHECK(prior_in("wide", "M2.leak_probability") == sim::Distribution{sim::Family::uniform, 0, .02});
}

TEST_CASE("a prior beyond what the model accepts is an error with the range, and what to do", "[world][priors]") {
  CHECK(said_of("M2.leak_probability", "1", "distribution = \"uniform\"\nlow = 0.0\nhigh = 0.02") == "");
  std::string const above = said_of("M2.leak_probability", "1", "distribution = \"uniform\"\nlow = 0.0\nhigh = 1.5");
  CHECK_THAT(above, Catch::Contains("factor \"M2.leak_probability\": uniform(0, 1.5) reaches above the accepted range (accepted: 0 to 1 [1]) move or narrow"));
  std::string const below = said_of("M2.leak_probability", "1", "distribution = \"normal\"\nmean = 0.01\nsd = 0.01");
  CHECK_THAT(below, Catch::Contains("more than 0.1 % of normal(mean 0.01, sd 0.01) lies below the accepted range (accepted: 0 to 1 [1])"));
}
