#include "models/theory/sis_threshold.hpp"

#include <cmath>

#include "models/theory/rows.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr double settling = 10, counting = 12;  // [mean recoveries]
constexpr std::uint32_t hosts_at_start = 5000;

using Neighbours = std::vector<std::vector<std::uint32_t>>;

Neighbours network(std::string const& graph, std::uint32_t size, std::uint32_t other) {
  std::uint32_t const left = graph == "star" ? 1 : size, right = graph == "star" ? size : other;
  bool const is_bipartite = graph == "star" || graph == "bipartite";
  Neighbours neighbours(is_bipartite ? left + right : size);
  if (is_bipartite) {
    for (std::uint32_t i = 0; i < left; ++i) {
      for (std::uint32_t j = 0; j < right; ++j) neighbours[i].push_back(left + j), neighbours[left + j].push_back(i);
    }
    return neighbours;
  }
  for (std::uint32_t i = 0; i < size; ++i) {
    if (graph == "cycle") neighbours[i] = {(i + 1) % size, (i + size - 1) % size};
    for (std::uint32_t j = 0; graph == "complete" && j < size; ++j) {
      if (j != i) neighbours[i].push_back(j);
    }
  }
  return neighbours;
}

double largest_eigenvalue(std::string const& graph, double size, double other) {
  if (graph == "star") return std::sqrt(size);
  if (graph == "bipartite") return std::sqrt(size * other);
  return graph == "cycle" ? 2 : size - 1;
}

double threshold(Values const& values) {
  return 1 / largest_eigenvalue(values.choice("graph"), values.number("size"), values.number("other_size"));
}

Quantities closed_form(Values const& values) { return {{"threshold", threshold(values)}}; }

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  Neighbours const neighbours = network(values.choice("graph"), values.whole("size"), values.whole("other_size"));
  auto const sites = static_cast<std::uint32_t>(neighbours.size());
  double const infection_rate = threshold(values);  // where the law says that infections just replace recoveries
  sim::World world({.stream = stream});
  std::vector<sim::LpRef<Site>> refs;
  for (std::uint32_t i = 0; i < sites; ++i) {
    refs.push_back(
        world.add(Site{&neighbours[i], infection_rate, (hosts_at_start + sites - 1) / sites}, std::to_string(i)));
  }
  Rows rows;
  rows.run_until(executor, world, sim::Time{} + span(settling + counting));
  double infections = 0, recoveries = 0;
  for (auto const ref : refs) {
    infections += static_cast<double>(world.state(ref).infections);
    recoveries += static_cast<double>(world.state(ref).recoveries);
  }
  // Infections grow in proportion to their rate: at the threshold there would be as many as recoveries.
  return {{"threshold", infections > 0 ? infection_rate * recoveries / infections : 0, infections}};
}

void check(Values const& values) {
  if (values.choice("graph") != "cycle" || values.whole("size") >= 3) return;
  throw sim::Error("a cycle of 2 sites (they would be neighbours twice) give --size 3 or more");
}

}  // namespace

void Site::act_next(sim::Context<Site>& context) const {
  context.schedule(span(context.rng(Draw::gap).exponential(1 / rate())), Act{});
}

void Site::init(State&, sim::Context<Site>& context) const {
  for (std::uint32_t i = 0; i < initial; ++i) act_next(context);
}

void Site::on(Infection const&, State&, sim::Context<Site>& context) const { act_next(context); }

void Site::on(Act const&, State& state, sim::Context<Site>& context) const {
  bool const counts = units(context.now()) >= settling;
  if (context.rng(Draw::act).bernoulli(1 / rate())) {
    state.recoveries += counts;
    return;
  }
  state.infections += counts;
  auto const target = context.rng(Draw::target).below(static_cast<std::uint32_t>(neighbours->size()));
  context.send(sim::LpRef<Site>{sim::LpId{(*neighbours)[target]}}, sim::tick, Infection{});
  act_next(context);
}

Theory sis_threshold() {
  std::string const vector = "assumed: test vector of the law";
  return {
      .name = "sis-threshold",
      .title = "Epidemic threshold of a network",
      .law =
          "threshold of infection rate / recovery rate = 1 / lambda_1: star with n leaves 1/sqrt(n), complete graph "
          "1/(n - 1), cycle 1/2, complete "
          "bipartite 1/sqrt(n m)",
      .agents =
          "sites with many hosts, few of them infected, who infect hosts at neighbouring sites or recover; run at the "
          "rate that the law says, the "
          "threshold is that rate times recoveries over infections",
      .condition = "few hosts of a site are infected (mean field)",
      .source = "Wang, Chakrabarti, Wang and Faloutsos 2003, SRDS; Van Mieghem, Omic and Kooij 2009, IEEE/ACM ToN 17:1",
      .parameters =
          {{"graph",
            "1",
            Kind::choice,
            0,
            0,
            "star",
            "the network",
            vector,
            sim::Grade::assumed,
            {"star", "complete", "cycle", "bipartite"}},
           {"size", "1", Kind::whole, 2, 1000, "100",
            "leaves of the star; sites of the complete graph and of the cycle; sites on the left of the bipartite one",
            vector},
           {"other_size", "1", Kind::whole, 1, 1000, "10", "sites on the right of the bipartite network", vector}},
      .quantities = {{"threshold", "1",
                      "infection rate along an edge, over the recovery rate, below which infections die out"}},
      .check = check,
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
