#include "models/theory/splitting.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/queue/overflow.hpp"
#include "sim/base/math.hpp"
#include "sim/base/names.hpp"
#include "sim/campaign/run_replication.hpp"

namespace theory {

namespace {

constexpr std::uint64_t event_limit = 1'000'000'000;  // of one history
constexpr double share_wanted = 0.2;  // of histories that reach the next level; Garvels and Kroese 1998 find little loss from 0.1 to 0.3
constexpr double relative_error = 0.1;  // for which the work of crude sampling is told
constexpr std::array<char const*, 4> names{"reach_quarter", "reach_half", "reach_three_quarters", "overflow"};

std::uint32_t mark_of(std::uint32_t capacity, std::size_t quarter) { return static_cast<std::uint32_t>((capacity * (quarter + 1) + 3) / 4); }

void check(Values const& values) {
  double const load = values.number("load");
  if (load == 1) throw sim::Error("load 1 (the closed form is 0 over 0 there) give one a little below or above");
}

Quantities closed_form(Values const& values) {
  double const load = values.number("load");
  std::uint32_t const capacity = values.whole("capacity");
  Quantities quantities;
  for (std::size_t i = 0; i < names.size(); ++i) quantities.push_back({names[i], queue::reach_probability(load, mark_of(capacity, i))});
  // Steps of the walk from 1 until 0 or the capacity (Feller 1968, XIV.3).
  double const up = load / (1 + load), down = 1 / (1 + load);
  double const overflow = quantities.back().value, steps = (1 - capacity * overflow) / (down - up);
  quantities.push_back({"crude_events", steps});
  quantities.push_back({"crude_events_needed", steps * (1 - overflow) / overflow / (relative_error * relative_error)});
  return quantities;
}

/// The marks, and between them steps of which about the wanted share of histories takes one.
std::vector<double> levels_of(double load, std::uint32_t capacity) {
  double const wide = load < 1 ? sim::math::log(share_wanted) / sim::math::log(load) : capacity;
  auto const step = static_cast<std::uint32_t>(std::clamp(wide, 1.0, static_cast<double>(capacity)));
  std::vector<double> levels;
  std::uint32_t at = 1;
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::uint32_t const mark = mark_of(capacity, i); at < mark;) levels.push_back(at = std::min(at + step, mark));
  }
  return levels;
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  std::uint32_t const capacity = values.whole("capacity");
  queue::Overflow const overflow{values.number("load"), levels_of(values.number("load"), capacity), values.whole("effort"), stream.seed};
  auto const scenario = queue::make_scenario(overflow);
  auto const record = sim::run_replication(*scenario, scenario->prepare(0), {0, stream.future, stream.replication}, executor, event_limit, nullptr);
  if (record->status != sim::ReplicationStatus::done) throw sim::Error(record->message);
  Quantities quantities;
  double reached = 1;  // the last level that any history reached: one more history is worth its part of it
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto const at = std::find(overflow.levels.begin(), overflow.levels.end(), static_cast<double>(mark_of(capacity, i))) - overflow.levels.begin();
    double const reach = record->responses[static_cast<std::size_t>(at)];
    // A level that no history reached may have been missed; one that was reached has its spread.
    quantities.push_back({names[i], reach, 1, reach > 0 ? 0 : reached / values.whole("effort")});
    if (reach > 0) reached = reach;
  }
  quantities.push_back({"crude_events", record->responses[overflow.levels.size()]});
  quantities.push_back({"splitting_events", record->events});
  return quantities;
}

}  // namespace

Theory splitting() {
  std::string const example = "assumed: an example";
  return {.name = "splitting",
          .title = "Rare events: overflow of M/M/1 by fixed-effort multilevel splitting",
          .law = "P(n customers before an empty line | 1) = (1/rho - 1) / (rho^-n - 1)",
          .agents = "a line with one customer; histories that reach a level go on as many histories with fresh random numbers",
          .condition = "rho other than 1",
          .source = "Feller 1968, An Introduction to Probability Theory I, XIV.2; Garvels and Kroese 1998, Winter Simulation Conference, 601",
          .parameters = {{"load", "1", Kind::number, 0.05, 2, "0.5", "arrival rate over service rate, rho", example},
                         {"capacity", "customers", Kind::whole, 8, 80, "40", "customers present at which the line overflows", example},
                         {"effort", "histories", Kind::whole, 50, 100000, "400", "histories that start from each level", example}},
          .quantities = {{names[0], "probability", "of as many customers as a quarter of the capacity before the line is empty"},
                         {names[1], "probability", "of half of them"},
                         {names[2], "probability", "of three quarters of them"},
                         {names[3], "probability", "of all of them"},
                         {"crude_events", "events", "of an average history of crude sampling: the law has the walk's mean number of steps"},
                         {"crude_events_needed", "events", "of crude sampling, for the overflow with a relative error of 10 %; law only"},
                         {"splitting_events", "events", "of all histories of a splitting run; no law"}},
          .replications = 64,
          .check = check,
          .closed_form = closed_form,
          .simulate = simulate};
}

}  // namespace theory
