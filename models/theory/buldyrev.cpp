#include "models/theory/buldyrev.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/bisect.hpp"
#include "models/theory/rows.hpp"
#include "sim/base/math.hpp"
#include "sim/base/names.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr std::uint32_t replications = 12;
constexpr double failing_min = 30;           // assumed: fewer in all replications leave intervals to chance
constexpr double giant_share_min = 0.02;     // smaller components are not giant
constexpr std::uint32_t failures_max = 600;  // seeds that miss a giant component of that size so often: below 6e-6
constexpr sim::Duration rest{5};             // a flood takes a tick for each hop

double layers_power(double x, std::uint32_t layers) {
  double const one = -sim::math::expm1(-x);
  double power = 1;
  for (std::uint32_t i = 0; i < layers; ++i) power *= one;
  return power;
}

/// The largest P with P = p (1 - exp(-k P))^n, approached from above.
double giant_share(double degree, double surviving, std::uint32_t layers) {
  double share = surviving;
  for (int i = 0; i < 1000000; ++i) {
    double const next = surviving * layers_power(degree * share, layers);
    if (share - next <= 1e-16 * share || next < 1e-9) return next < 1e-9 ? 0 : next;
    share = next;
  }
  return share;
}

/// x = k P at the critical point: where x / (1 - exp(-x))^n is smallest; 0 for a single network.
double critical_argument(std::uint32_t layers) {
  if (layers == 1) return 0;
  return bisect(1e-3, 50, [layers](double x) { return layers * x - sim::math::expm1(x); });
}

double critical_product(std::uint32_t layers) {
  double const x = critical_argument(layers);
  return layers == 1 ? 1 : x / layers_power(x, layers);
}

/// How far from the critical product, as a share of it, a network of so many sites follows the law: chance moves the
/// share that survives by some 1 / sqrt(sites). Assumed: 2.5 times that.
double closest(double sites) { return std::max(0.01, 2.5 / std::sqrt(sites)); }

/// True if chance alone may give a single network below its critical product c a component that counts as giant: the
/// largest one has about ln n / (c - 1 - ln c) of n nodes (P. Erdos, A. Renyi, Publ. Math. Inst. Hung. Acad. Sci. 5:17,
/// 1960).
bool may_seem_giant(double product, double sites, double surviving) {
  double const largest = sim::math::log(sites * surviving) / (product - 1 - sim::math::log(product));
  return product < 1 && largest > giant_share_min * sites;
}

/// True if a single network is so little above its critical product, c = 1 + e, that the size of its giant component is
/// chance: it varies by a share 1 / sqrt(2 n e^3) (D. Barraez, S. Boucheron, W. Fernandez de la Vega, Combin. Probab.
/// Comput. 9:287, 2000). Assumed: 10 %.
bool is_in_window(double product, double sites, double surviving) {
  double const excess = product - 1;
  return excess > 0 && sites * surviving * excess * excess * excess < 50;
}

bool is_chance(Values const& values) {
  double const surviving = values.number("surviving"), sites = values.number("sites"), degree = values.number("degree"),
               product = degree * surviving;
  std::uint32_t const layers = values.whole("networks");
  double const critical = critical_product(layers), share = giant_share(degree, surviving, layers);
  if (std::fabs(product - critical) < closest(sites) * critical) return true;
  if (share > 0 && share < 2 * giant_share_min) return true;
  return layers == 1 && (may_seem_giant(product, sites, surviving) || is_in_window(product, sites, surviving));
}

void check(Values const& values) {
  double const surviving = values.number("surviving"), sites = values.number("sites"), degree = values.number("degree");
  std::uint32_t const layers = values.whole("networks");
  if (is_chance(values)) {
    throw sim::Error("degree x surviving = " + sim::shown(degree * surviving) + " with " +
                     std::to_string(values.whole("sites")) + " sites (so near the critical " +
                     sim::shown(critical_product(layers)) +
                     " the fate of a finite network is chance, not the law) change --degree or --surviving, or raise "
                     "--sites");
  }
  double const share = giant_share(degree, surviving, layers);
  double const failing = replications * sites * (surviving - share);
  if (share > 0 && failing < failing_min) {
    throw sim::Error("--degree " + sim::shown(degree) + " with " + std::to_string(values.whole("sites")) +
                     " sites (only " + sim::shown(failing) +
                     " sites would fail after the attack in all replications, the agents need " +
                     sim::shown(failing_min) + " to show the law) lower --degree or raise --sites");
  }
}

Quantities closed_form(Values const& values) {
  std::uint32_t const layers = values.whole("networks");
  double const degree = values.number("degree");
  return {{"giant_share", giant_share(degree, values.number("surviving"), layers)},
          {"critical_product", critical_product(layers)},
          {"giant_share_at_critical", critical_argument(layers) / degree}};
}

enum class Purpose : std::uint32_t { edges, attack };

sim::RngStream stream_of(sim::ReplicationStream const& stream, Purpose purpose, std::uint64_t subkey) {
  return {stream, sim::stream_id("interdependent-networks"), static_cast<std::uint32_t>(purpose), subkey};
}

/// Exactly the surviving share is left, chosen at random.
std::vector<std::uint32_t> attacked(std::uint32_t sites, double surviving, sim::RngStream rng) {
  std::vector<std::uint32_t> alive(sites, 0), order(sites);
  for (std::uint32_t i = 0; i < sites; ++i) order[i] = i;
  auto const left = static_cast<std::uint32_t>(sites * surviving + 0.5);
  for (std::uint32_t i = 0; i < left; ++i) {
    std::swap(order[i], order[i + rng.below(sites - i)]);
    alive[order[i]] = 1;
  }
  return alive;
}

/// Erdos and Renyi: as many links as the mean degree asks for, each between two sites chosen at random; those of
/// removed sites are gone.
LayeredNetwork::Layer random_layer(std::vector<std::uint32_t> const& alive, double degree, sim::RngStream rng) {
  auto const sites = static_cast<std::uint32_t>(alive.size());
  auto const links = static_cast<std::uint64_t>(sites * degree / 2 + 0.5);
  std::vector<std::array<std::uint32_t, 2>> ends;
  LayeredNetwork::Layer layer{std::vector<std::uint32_t>(sites + 1, 0), {}};
  for (std::uint64_t link = 0; link < links; ++link) {
    std::uint32_t const a = rng.below(sites), b = (a + 1 + rng.below(sites - 1)) % sites;
    if (alive[a] == 0 || alive[b] == 0) continue;
    ends.push_back({a, b});
    ++layer.first[a + 1], ++layer.first[b + 1];
  }
  layer.targets.resize(2 * ends.size());
  for (std::uint32_t i = 0; i < sites; ++i) layer.first[i + 1] += layer.first[i];
  auto free = layer.first;
  for (auto const& [a, b] : ends) layer.targets[free[a]++] = b, layer.targets[free[b]++] = a;
  return layer;
}

/// Cascades that a replication averages over: near the critical point, where a change of the networks is amplified,
/// several.
std::uint32_t cascades_per_replication(double degree, double share, std::uint32_t layers) {
  if (share <= 0) return 1;
  double const x = degree * share;
  double const amplification = 1 / (1 - layers * x / sim::math::expm1(x));
  return static_cast<std::uint32_t>(std::clamp(amplification * amplification / 7, layers == 1 ? 3.0 : 1.0, 6.0) + 0.5);
}

/// Share of sites that works after one cascade.
double cascade(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  std::uint32_t const sites = values.whole("sites"), layers = values.whole("networks");
  auto const alive = attacked(sites, values.number("surviving"), stream_of(stream, Purpose::attack, 0));
  LayeredNetwork network;
  for (std::uint32_t layer = 0; layer < layers; ++layer) {
    network.layers.push_back(random_layer(alive, values.number("degree"), stream_of(stream, Purpose::edges, layer)));
  }
  sim::World world({.stream = stream});
  world.reserve(sites + 1);
  sim::LpRef<CascadeMonitor> const monitor{sim::LpId{sites}};
  for (std::uint32_t i = 0; i < sites; ++i) world.add(CascadeSite{&network, i, alive[i], monitor}, std::uint64_t{i});
  world.add(CascadeMonitor{sites, layers}, "only");
  Rows rows;
  rows.run(executor, world);
  return static_cast<double>(world.state(monitor).giant) / sites;
}

Quantities simulate(Values const& values, sim::ReplicationStream stream, sim::Executor& executor) {
  double const degree = values.number("degree");
  std::uint32_t const layers = values.whole("networks");
  std::uint32_t const cascades =
      cascades_per_replication(degree, giant_share(degree, values.number("surviving"), layers), layers);
  double sum = 0;
  for (; stream.branch < cascades; ++stream.branch) sum += cascade(values, stream, executor);
  return {{"giant_share", sum / cascades}};
}

}  // namespace

void CascadeSite::init(State& state, sim::Context<CascadeSite>&) const {
  for (std::uint32_t& flood : state.reached) flood = is_alive;  // the attack counts as flood 1
}

void CascadeSite::on(Reach const& reach, State& state, sim::Context<CascadeSite>& context) const {
  auto const layers = static_cast<std::uint32_t>(network->layers.size());
  std::uint32_t const last_layer = (reach.layer + layers - 1) % layers;
  if (state.reached[reach.layer] == reach.flood || state.reached[last_layer] != reach.required) return;
  state.reached[reach.layer] = reach.flood;
  context.send(monitor, sim::tick, CascadeMonitor::Reached{});
  auto const& layer = network->layers[reach.layer];
  for (std::uint32_t at = layer.first[index]; at < layer.first[index + 1]; ++at) {
    std::uint32_t const to = layer.targets[at];
    if (to == reach.from) continue;
    context.send(sim::LpRef<CascadeSite>{sim::LpId{to}}, sim::tick,
                 Reach{reach.flood, reach.required, reach.layer, index});
  }
}

void CascadeMonitor::start_flood(State& state, sim::Context<CascadeMonitor>& context) const {
  ++state.flood;
  state.count = state.seen = 0;
  sim::LpId const seed{context.rng(Draw::seed).below(sites)};
  context.send(sim::LpRef<CascadeSite>{seed}, sim::tick,
               CascadeSite::Reach{state.flood, state.required, state.layer, sites});
  context.schedule(rest, Look{});
}

void CascadeMonitor::init(State& state, sim::Context<CascadeMonitor>& context) const { start_flood(state, context); }

/// Takes the flood that has come to rest into account; true once all layers agree or no giant component is left.
bool CascadeMonitor::is_over(State& state) const {
  if (state.count < giant_share_min * sites) {
    if (++state.failures < failures_max) return false;
    state.giant = 0;
    return true;
  }
  state.failures = 0;
  state.unchanged = state.count == state.giant ? state.unchanged + 1 : 0;
  state.giant = state.count;
  state.required = state.flood;
  state.layer = (state.layer + 1) % layers;
  return state.unchanged + 1 >= layers;
}

void CascadeMonitor::on(Look const&, State& state, sim::Context<CascadeMonitor>& context) const {
  if (state.count > state.seen) {
    state.seen = state.count;
    return context.schedule(rest, Look{});
  }
  if (!is_over(state)) start_flood(state, context);
}

Theory buldyrev() {
  std::string const vector = "assumed: test vector of the law";
  return {.name = "buldyrev",
          .title = "Cascade in networks that depend on each other",
          .law =
              "P = p (1 - exp(-k P))^n, the largest root; critical k p: 1 for one network, min over x of x/(1 - "
              "exp(-x))^n for more",
          .agents =
              "sites that each have a node in every network; after the attack the monitor floods one network after the "
              "other from random sites, and only "
              "what each flood has reached goes on to work",
          .condition =
              "large random networks; degree x surviving away from the critical product by 1 % and by 2.5 / "
              "sqrt(sites); a single network far enough for components of 2 % of its sites, or 10 % of the giant one, "
              "not to be chance; some "
              "30 sites in all replications fail after the attack",
          .source = "Buldyrev, Parshani, Paul, Stanley and Havlin 2010, Nature 464:1025",
          .parameters = {{"networks", "1", Kind::whole, 1, layers_max, "2",
                          "n: networks that depend on each other, site by site", vector},
                         {"degree", "1", Kind::number, 0.1, 20, "4",
                          "k: mean number of links of a site in each network", vector},
                         {"surviving", "1", Kind::number, 0.01, 1, "0.7", "p: share of sites that survive the attack",
                          vector},
                         {"sites", "1", Kind::whole, 1000, 200000, "50000", "sites of the simulated networks", vector}},
          .quantities = {{"giant_share", "1", "share of all sites that works after the cascade"},
                         {"critical_product", "1", "degree x surviving below which nothing is left (law only)"},
                         {"giant_share_at_critical", "1", "share that works just above it (law only)"}},
          .replications = replications,
          .check = check,
          .closed_form = closed_form,
          .simulate = simulate};
}

}  // namespace theory
