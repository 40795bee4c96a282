#include "models/theory/erlang_c.hpp"
#include "sim/base/names.hpp"

#include <algorithm>

#include "models/theory/desk.hpp"
#include "models/theory/rows.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr std::uint32_t replications = 32;
constexpr double relative_error = 0.005;  // standard error of the mean wait over all replications
constexpr double customers_max = 6e7;     // of all replications; near load 1 intervals are wider
constexpr double load_min = 1e-3, load_max = 0.99;
constexpr double wait_min = 1e-4;  // assumed: some thousand waits among all customers

double load_of(Values const& values) {
  return values.number("arrival_rate") / (values.number("service_rate") * values.whole("servers"));
}

void check(Values const& values) {
  double const load = load_of(values);
  if (load >= 1) {
    throw sim::Error("load " + sim::shown(load) +
                     " (a queue settles only where arrival rate < servers x service rate) lower "
                     "--arrival-rate, or raise --service-rate or --servers");
  }
  if (load < load_min) {
    throw sim::Error("load " + sim::shown(load) +
                     " (below 0.001 hardly a simulated customer waits) raise --arrival-rate, or lower "
                     "--service-rate or --servers");
  }
  if (load > load_max) {
    throw sim::Error("load " + sim::shown(load) +
                     " (above 0.99 a simulated queue takes too long to forget its beginning) lower "
                     "--arrival-rate, or raise --service-rate or --servers");
  }
  double const waiting =
      erlang_c(values.number("arrival_rate") / values.number("service_rate"), values.whole("servers"));
  if (waiting < wait_min) {
    throw sim::Error("a chance to wait of " + sim::shown(waiting) +
                     " (below 0.0001 hardly a simulated customer waits) raise --arrival-rate, or lower "
                     "--service-rate or --servers");
  }
}

Quantities closed_form(Values const& values) {
  double const rate = values.number("service_rate");
  std::uint32_t const servers = values.whole("servers");
  double const probability = erlang_c(values.number("arrival_rate") / rate, servers);
  return {{"wait_probability", probability},
          {"mean_wait", probability / (servers * rate - values.number("arrival_rate"))}};
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  double const rate = values.number("service_rate"), load = load_of(values);
  Desk desk{values.number("arrival_rate") / rate, values.whole("servers")};
  // Customers who do not wait tell nothing; with many servers a line comes and goes more rarely (factor measured).
  double const all =
      customers_for(load, relative_error) / erlang_c(desk.arrival_rate, desk.servers) * (1 + desk.servers / 15.0);
  desk.warm_up = warm_up_customers(load, desk.servers);
  desk.customers = static_cast<std::uint64_t>(std::clamp(all, 1e5, customers_max) / replications);
  sim::World world({.stream = stream});
  auto const ref = world.add(desk, "only");
  Rows rows;
  rows.run(executor, world);
  Desk::State const& state = world.state(ref);
  double const customers = static_cast<double>(desk.customers);
  return {share("wait_probability", static_cast<double>(state.waited), customers),
          {"mean_wait", state.wait / customers / rate, customers, 1 / (rate * desk.servers * (1 - load))}};
}

}  // namespace

Theory erlang_c_waiting() {
  std::string const vector = "assumed: first test vector of the law";
  return {
      .name = "erlang-c",
      .title = "A response team of c servers with one line: M/M/c",
      .law =
          "P(wait) = C(c, a), a = arrival rate / service rate; mean wait = P(wait) / (c x service rate - arrival rate)",
      .agents = "a desk at which customers arrive, wait in line and are served; counted after a warm-up",
      .condition = "arrival rate < servers x service rate; load 0.001 to 0.99 and a chance to wait of 0.0001 at least",
      .source = "Erlang 1917; Kleinrock 1975, Queueing Systems I, section 3.5",
      .parameters = {{"arrival_rate", "1/s", Kind::number, 1e-6, 1e6, "0.8", "customers that arrive in a unit of time",
                      vector},
                     {"service_rate", "1/s", Kind::number, 1e-6, 1e6, "1",
                      "customers that one server serves in a unit of time", vector},
                     {"servers", "1", Kind::whole, 1, Desk::servers_max, "1", "servers that share the line", vector}},
      .quantities = {{"wait_probability", "1", "share of customers who have to wait"},
                     {"mean_wait", "s", "mean wait before service, of all customers"}},
      .replications = replications,
      .check = check,
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
