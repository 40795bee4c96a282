// A campaign in memory of one treatment and its reference whose futures follow a design, with a known difference.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/report/source.hpp"
#include "sim/campaign/factors.hpp"
#include "sim/campaign/sampling/unit_design.hpp"
#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace designed {

/// Difference of a future from its factors, uniform on (0, 1), [factors].
using Difference = std::function<double(double const*)>;

struct Design {
  std::string type = "random";
  std::size_t factors = 3;
  std::uint32_t futures = 0;  // random; of the others base, trajectories
  std::uint32_t replications = 1;
  double noise = 0;  // standard deviation of a history's difference
};

inline analysis::MemorySource campaign(Design const& design, Difference const& difference) {
  analysis::MemorySource source;
  auto& s = source.study;
  s.study = s.title = "designed";
  s.seed = 20221104;
  s.replications = design.replications;
  s.treatments = {{"none", "none", {}, {}}, {"member", "member", {}, {}}};
  s.reference = "none";
  s.responses = {{"loss", "d", "Invented.", false, {2015, 1, 1}, {2016, 1, 1}, true}};
  s.mechanisms_on = {"M1"};
  s.sampling.type = design.type;
  for (std::size_t j = 0; j < design.factors; ++j) {
    std::string const name = std::string("x") + std::to_string(j);
    s.sampling.factors.push_back(name);
    s.factors.push_back({name, "1", 0, 1, {sim::Family::uniform, 0, 1}, "Invented.", "assumed: a test", sim::Grade::assumed});
  }
  sim::UnitDesign unit;
  if (design.type == "saltelli") {
    s.sampling.base = design.futures;
    unit = sim::saltelli_design({1, design.futures, s.sampling.factors}, false);
  } else if (design.type == "morris") {
    s.sampling.trajectories = design.futures;
    s.sampling.levels = 4;
    unit = sim::morris_design({1, design.futures, s.sampling.factors}, 4);
    s.sampling.moved = unit.moved;
    s.sampling.direction = unit.direction;
  } else if (design.type == "one_at_a_time") {
    unit = sim::one_at_a_time(design.factors, 0.1, 0.9);
  } else {
    unit.points = design.futures;
    sim::RngStream rng({2, 0, 0}, sim::stream_id("points"), 0, 0);
    for (std::size_t i = 0; i < unit.points * design.factors; ++i) unit.u.push_back(rng.uniform());
  }
  s.futures = unit.points;
  s.factor_values = unit.u;
  source.responses.resize(1);
  for (std::uint32_t point = 0; point < 2; ++point) {
    for (std::uint32_t future = 0; future < s.futures; ++future) {
      for (std::uint32_t r = 0; r < s.replications; ++r) {
        sim::RngStream rng({3, sim::future_of_draws(s.sampling, future), r}, sim::stream_id("history"), 0, 0);
        double const base = 10 + rng.normal(0, 1), noise = rng.normal(0, design.noise);
        source.rows.push_back({{point, future, r}, sim::ReplicationStatus::done, 0, 0});
        source.responses[0].push_back(point == 0 ? base : base + noise + difference(unit.u.data() + future * design.factors));
      }
    }
  }
  return source;
}

}  // namespace designed
