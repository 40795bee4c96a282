#include "models/theory/inoperability.hpp"
#include "sim/base/names.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/linear.hpp"
#include "models/theory/rows.hpp"
#include "models/world/data/table.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr double steps_per_recovery = 600;  // dynamic: the mean is exact for any, the spread falls with its root
constexpr double steps_min = 2000;          // dynamic: of each sector, however short the time
constexpr double smallest_news = 1e-14;     // static: changes that are still told, as a share of the loss
constexpr char const* table_name = "io_coefficients_15.tsv";

bool is_dynamic(Values const& values) { return values.choice("mode") == "dynamic"; }

/// A* and c*, and what the sectors are called.
struct System {
  std::vector<std::string> names;
  Matrix dependence;
  std::vector<double> shock;
  std::vector<double> recovery;  // K [1/d]
};

System bea(Values const& values) {
  world::Table const table(table_name);
  System system{
      {}, {table.size(), std::vector<double>(table.size() * table.size())}, std::vector<double>(table.size(), 0), {}};
  for (std::size_t i = 0; i < table.size(); ++i) system.names.push_back(table.text(i, "supplier"));
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table.size(); ++j) {  // A* = diag(x)^-1 A diag(x)
      system.dependence(i, j) =
          table.number(i, system.names[j]) * table.number(j, "output_musd") / table.number(i, "output_musd");
    }
    if (system.names[i] == values.choice("sector")) system.shock[i] = values.number("sector_shock");
  }
  return system;
}

System given(Values const& values) {
  System system{{}, {values.list("shock").size(), values.list("matrix")}, values.list("shock"), {}};
  for (std::size_t i = 1; i <= system.shock.size(); ++i) system.names.push_back(std::to_string(i));
  return system;
}

System system_of(Values const& values) {
  System system = values.choice("table") == "bea2021" ? bea(values) : given(values);
  system.recovery = values.list("recovery");
  if (system.recovery.size() == 1) system.recovery.resize(system.shock.size(), system.recovery.front());
  return system;
}

/// The law without a cap: q = (I - A*)^-1 c*.
std::vector<double> uncapped(System const& system) {
  Matrix m = identity(system.dependence.n);
  for (std::size_t i = 0; i < m.cells.size(); ++i) m.cells[i] -= system.dependence.cells[i];
  return solve(m, system.shock);
}

/// The smallest q = min(1, A* q + c*): sectors that would exceed 1 stay at 1, the others are solved anew.
std::vector<double> capped(System const& system) {
  std::vector<bool> is_full(system.shock.size(), false);
  while (true) {
    System rest = system;
    for (std::size_t i = 0; i < rest.shock.size(); ++i) {
      if (!is_full[i]) continue;
      rest.shock[i] = 1;
      for (std::size_t j = 0; j < rest.shock.size(); ++j) rest.dependence(i, j) = 0;
    }
    auto const q = uncapped(rest);
    bool has_changed = false;
    for (std::size_t i = 0; i < q.size(); ++i) {
      if (q[i] > 1 && !is_full[i]) is_full[i] = has_changed = true;
    }
    if (!has_changed) return q;
  }
}

void check_sizes(Values const& values, System const& system) {
  std::size_t const n = system.shock.size();
  if (n > InoperableSector::sectors_max)
    throw sim::Error(std::to_string(n) + " sectors (at most 16 are simulated) shorten --shock and --matrix");
  if (system.dependence.cells.size() != n * n) {
    throw sim::Error(std::to_string(system.dependence.cells.size()) + " numbers in --matrix for " + std::to_string(n) +
                     " sectors (there is one for each pair, row by row) give " + std::to_string(n * n));
  }
  if (is_dynamic(values) && system.recovery.size() != n) {
    throw sim::Error(std::to_string(system.recovery.size()) + " rates of recovery for " + std::to_string(n) +
                     " sectors (there is one for all, or one for each) change --recovery");
  }
}

void check(Values const& values) {
  System const system = system_of(values);
  check_sizes(values, system);
  double const radius = spectral_radius(system.dependence);
  if (radius >= 0.999) {
    throw sim::Error("a matrix with spectral radius " + sim::shown(radius) +
                     " (the theory needs less than 1, else losses grow without end) lower "
                     "the numbers in --matrix");
  }
  auto const q = uncapped(system);
  if (is_dynamic(values) && *std::max_element(q.begin(), q.end()) > 1) {
    throw sim::Error(
        "a sector that would lose more than all (the dynamic law is linear and needs (I - A*)^-1 c* up to 1) lower "
        "--shock");
  }
  if (is_dynamic(values) &&
      values.number("time") * *std::max_element(system.recovery.begin(), system.recovery.end()) > 1000) {
    throw sim::Error(
        "more than 1000 recovery times (the state is then that of --mode static) lower --time or --recovery");
  }
}

Quantities named(System const& system, std::vector<double> const& q) {
  Quantities quantities;
  for (std::size_t i = 0; i < q.size(); ++i) quantities.push_back({"q_" + system.names[i], q[i]});
  return quantities;
}

Quantities closed_form(Values const& values) {
  System const system = system_of(values);
  if (!is_dynamic(values)) return named(system, capped(system));
  // From q = 0: q(t) = (1 - exp(-K (I - A*) t)) q(infinity).
  auto rest = uncapped(system);
  Matrix rate = system.dependence;
  for (std::size_t i = 0; i < rate.n; ++i) {
    rate(i, i) -= 1;
    for (std::size_t j = 0; j < rate.n; ++j) rate(i, j) *= system.recovery[i] * values.number("time");
  }
  auto const faded = product(exponential(rate), rest);
  for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= faded[i];
  return named(system, rest);
}

InoperableSector sector_of(System const& system, std::uint32_t index, Values const& values) {
  std::size_t const n = system.shock.size();
  InoperableSector sector{{}, system.shock[index], static_cast<std::uint32_t>(n), index, is_dynamic(values)};
  if (is_dynamic(values)) {
    double const recoveries = system.recovery[index] * values.number("time");
    sector.step_rate = std::max(steps_per_recovery * recoveries, steps_min);
    sector.step = recoveries / sector.step_rate;
  }
  for (std::size_t j = 0; j < n; ++j) {
    sector.dependence[j] = system.dependence(index, j);
    sector.is_told[j] = j != index && system.dependence(j, index) > 0;
  }
  return sector;
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  System const system = system_of(values);
  sim::World world({.stream = stream});
  std::vector<sim::LpRef<InoperableSector>> refs;
  for (std::uint32_t i = 0; i < system.shock.size(); ++i)
    refs.push_back(world.add(sector_of(system, i, values), system.names[i]));
  Rows rows;
  if (is_dynamic(values))
    rows.run_until(executor, world, sim::Time{} + span(1));  // the time asked for is one unit
  else
    rows.run(executor, world);
  std::vector<double> q;
  for (std::size_t i = 0; i < refs.size(); ++i) q.push_back(world.state(refs[i]).known[i]);
  return named(system, q);
}

}  // namespace

double InoperableSector::demanded(State const& state) const {
  double sum = shock;
  for (std::uint32_t j = 0; j < sectors; ++j) sum += dependence[j] * state.known[j];
  return sum;
}

void InoperableSector::tell(State const& state, sim::Duration delay, sim::Context<InoperableSector>& context) const {
  for (std::uint32_t j = 0; j < sectors; ++j) {
    if (is_told[j] != 0)
      context.send(sim::LpRef<InoperableSector>{sim::LpId{j}}, delay, Level{state.known[index], index});
  }
}

/// Static: takes on what is demanded at once, itself included, and tells if that is news.
void InoperableSector::settle(State& state, sim::Context<InoperableSector>& context) const {
  double const others = demanded(state) - dependence[index] * state.known[index];
  double const level = std::min(1.0, others / (1 - dependence[index]));
  if (level <= state.known[index] * (1 + smallest_news)) return;  // losses only grow from 0 to the smallest fixed point
  state.known[index] = level;
  tell(state, span(context.rng(Draw::delay).exponential(1e-3)), context);
}

void InoperableSector::init(State& state, sim::Context<InoperableSector>& context) const {
  if (is_dynamic == 0) return settle(state, context);
  if (step_rate > 0) context.schedule(span(context.rng(Draw::gap).exponential(1 / step_rate)), Step{});
}

void InoperableSector::on(Level const& level, State& state, sim::Context<InoperableSector>& context) const {
  // Static: news may overtake each other; losses only grow, so the largest is the latest.
  if (is_dynamic != 0)
    state.known[level.sector] = level.inoperability;
  else
    state.known[level.sector] = std::max(state.known[level.sector], level.inoperability);
  if (is_dynamic == 0) settle(state, context);
}

void InoperableSector::on(Step const&, State& state, sim::Context<InoperableSector>& context) const {
  // The law is linear and steps come at random: the mean over worlds follows q' = K (A* q + c* - q) exactly.
  state.known[index] += step * (demanded(state) - state.known[index]);
  tell(state, sim::tick, context);
  context.schedule(span(context.rng(Draw::gap).exponential(1 / step_rate)), Step{});
}

Theory inoperability() {
  std::string const vector = "Haimes and Jiang 2001, the example of two sectors";
  std::vector<std::string> const sectors{"agriculture",  "mining", "utilities",   "construction",   "manufacturing",
                                         "wholesale",    "retail", "transport",   "telecom",        "finance",
                                         "professional", "health", "hospitality", "other_services", "government"};
  return {.name = "inoperability",
          .title = "Sectors that depend on each other: how far a shock reaches",
          .law =
              "static: q = min(1, A* q + c*); dynamic: q' = K (A* q + c* - q) from q = 0; A* = diag(x)^-1 A diag(x) of "
              "the table",
          .agents =
              "sectors; static: they tell those who depend on them whenever their loss grows, until nothing is new; "
              "dynamic: each closes a small share of its gap at random times, which follows the law in the mean",
          .condition = "spectral radius of A* < 1; dynamic: no sector would lose more than all",
          .source = "Haimes and Jiang 2001, J. Infrastruct. Syst. 7:1; Lian and Haimes 2006, Syst. Eng. 9:241",
          .parameters = {{"mode",
                          "1",
                          Kind::choice,
                          0,
                          0,
                          "static",
                          "what is asked for: the end, or the state at a time",
                          vector,
                          sim::Grade::assumed,
                          {"static", "dynamic"}},
                         {"table",
                          "1",
                          Kind::choice,
                          0,
                          0,
                          "given",
                          "A*: as given by --matrix, or 15 sectors of the United States in 2021",
                          vector,
                          sim::Grade::assumed,
                          {"given", "bea2021"}},
                         {"matrix", "1", Kind::list, 0, 100, "0,0.8,0.2,0",
                          "A* row by row: loss of a sector per loss of each sector that it depends on", vector,
                          sim::Grade::reported},
                         {"shock", "1", Kind::list, 0, 1, "0,0.6", "c*: loss of each sector by itself", vector,
                          sim::Grade::reported},
                         {"sector", "1", Kind::choice, 0, 0, "utilities", "sector of the table that is hit",
                          "assumed: an example", sim::Grade::assumed, sectors},
                         {"sector_shock", "1", Kind::number, 0, 1, "0.1", "its loss by itself", "assumed: an example"},
                         {"recovery", "1/d", Kind::list, 1e-6, 1e6, "0.2",
                          "K: dynamic rates of recovery, one for all or one for each sector",
                          "Lian and Haimes 2006, their example", sim::Grade::reported},
                         {"time", "d", Kind::number, 1e-3, 1e6, "10", "dynamic: time after the shock",
                          "Lian and Haimes 2006, their example", sim::Grade::reported}},
          .quantities = {{"q_1 ... q_n, or q_agriculture ... q_government", "1",
                          "inoperability of each sector: share of its output that is lost"}},
          .replications = 32,
          .check = check,
          .closed_form = closed_form,
          .simulate = simulate};
}

}  // namespace theory
