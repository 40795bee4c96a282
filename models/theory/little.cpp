#include "models/theory/little.hpp"

#include <algorithm>

#include "models/theory/desk.hpp"
#include "models/theory/rows.hpp"
#include "sim/base/math.hpp"
#include "sim/base/names.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr std::uint32_t replications = 32;
constexpr double relative_error = 0.004;  // standard error of the mean time in the system over all replications
constexpr double customers_max = 4e7;
constexpr double empty_min = 1e-3;  // a rarer share of time with nobody present is the law's only
constexpr double load_max_one = 0.98, load_max_unlimited = 1000, load_min = 1e-3;

bool is_one(Values const& values) { return values.choice("servers") == "one"; }
Service service_of(Values const& values) { return static_cast<Service>(values.whole("service")); }
double load_of(Values const& values) { return values.number("arrival_rate") * values.number("mean_service"); }

void check(Values const& values) {
  double const load = load_of(values);
  if (is_one(values) && load >= 1) {
    throw sim::Error("load " + sim::shown(load) +
                     " (a queue settles only where arrival rate x mean service < 1) lower --arrival-rate or "
                     "--mean-service, or give --servers unlimited");
  }
  double const most = is_one(values) ? load_max_one : load_max_unlimited;
  if (load < load_min || load > most) {
    throw sim::Error("load " + sim::shown(load) + " (from 0.001 to " + sim::shown(most) +
                     " a simulated system settles in reasonable "
                     "time) change --arrival-rate or --mean-service");
  }
}

Quantities closed_form(Values const& values) {
  double const rate = values.number("arrival_rate"), mean = values.number("mean_service"), load = rate * mean;
  double const wait = is_one(values) ? load * mean * service_square(service_of(values)) / (2 * (1 - load)) : 0;
  Quantities quantities{{"arrival_rate", rate},
                        {"time_in_system", wait + mean},
                        {"number_in_system", rate * (wait + mean)},
                        {"empty_share", is_one(values) ? 1 - load : sim::math::exp(-load)}};
  if (!is_one(values)) quantities.push_back({"number_variance", load});
  return quantities;
}

Desk desk_of(Values const& values) {
  double const load = load_of(values), square = service_square(service_of(values));
  Desk desk{load, is_one(values) ? 1U : 0U, service_of(values)};
  double customers = 16 / (relative_error * relative_error);
  if (is_one(values)) {
    desk.warm_up = static_cast<std::uint64_t>(square) * warm_up_customers(load, 1);
    customers = std::max(customers / 8, customers_for(load, relative_error) * square);
  } else {
    desk.warm_up = static_cast<std::uint64_t>(100 * load) + 100;
    double const empty = sim::math::exp(-load);
    customers = std::min(customers / std::max(empty, 1e-3), 1e7);
  }
  desk.customers = static_cast<std::uint64_t>(std::min(customers, customers_max) / replications);
  return desk;
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  double const mean = values.number("mean_service");
  Desk const desk = desk_of(values);
  sim::World world({.stream = stream});
  auto const ref = world.add(desk, "only");
  Rows rows;
  rows.run(executor, world);
  Desk::State const& state = world.state(ref);
  double const time = state.counting_time, left = static_cast<double>(state.left);
  Quantities quantities{{"arrival_rate", static_cast<double>(desk.customers) / (time * mean), time},
                        {"time_in_system", state.stay / left * mean, left},
                        {"number_in_system", state.area / time, time}};
  if (is_one(values) || sim::math::exp(-load_of(values)) >= empty_min)
    quantities.push_back({"empty_share", state.empty / time, time});
  if (!is_one(values)) quantities.push_back({"number_variance", state.scatter / time, time});
  return quantities;
}

}  // namespace

Theory little() {
  std::string const example = "assumed: an example";
  return {
      .name = "little",
      .title = "Little's law: number in the system = arrival rate x time in the system",
      .law =
          "L = lambda W; one server: W = E[S] + lambda E[S^2] / (2 (1 - rho)), empty for 1 - rho of the time; "
          "unlimited: W = E[S], the number is "
          "Poisson",
      .agents =
          "a desk at which customers arrive, are served and leave; number, time and rate are each measured for itself",
      .condition = "arrival rate x mean service < 1 with one server",
      .source = "Little 1961, Operations Research 9:383; Pollaczek 1930, Khinchine 1932",
      .parameters = {{"arrival_rate", "1/d", Kind::number, 1e-6, 1e6, "0.5", "customers that arrive in a unit of time",
                      example},
                     {"mean_service", "d", Kind::number, 1e-6, 1e6, "1", "mean of a service", example},
                     {"service",
                      "1",
                      Kind::choice,
                      0,
                      0,
                      "exponential",
                      "distribution of a service; uniform from 0 to twice the mean, lognormal with log-sd 1",
                      example,
                      sim::Grade::assumed,
                      {"exponential", "fixed", "uniform", "lognormal"}},
                     {"servers",
                      "1",
                      Kind::choice,
                      0,
                      0,
                      "one",
                      "one server with a line, or as many as customers",
                      example,
                      sim::Grade::assumed,
                      {"one", "unlimited"}}},
      .quantities =
          {{"arrival_rate", "1/d", "arrivals per unit of time"},
           {"time_in_system", "d", "mean time from arrival to departure"},
           {"number_in_system", "1", "mean number of customers present"},
           {"empty_share", "1", "share of time with nobody present; below 0.001 with unlimited servers law only"},
           {"number_variance", "1",
            "with unlimited servers: variance of the number present over time, of a Poisson number its mean"}},
      .replications = replications,
      .check = check,
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
