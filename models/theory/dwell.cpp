#include "models/theory/dwell.hpp"

#include <algorithm>

#include "models/theory/rows.hpp"
#include "sim/base/math.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr double ln2 = 0.69314718055994531;
constexpr std::uint32_t victims = 4000, victims_max = 8000;

/// Rates of being found, told and of the effect [1/d].
std::array<double, 3> rates_of(Values const& values) {
  double const reference = ln2 / values.number("median") * values.number("notice_ratio");
  double const own = values.number("own_share");
  return {reference * own * values.number("own_ratio"), reference * (1 - own), 1 / values.number("effect_mean")};
}

Quantities closed_form(Values const& values) {
  auto const [found, told, effect] = rates_of(values);
  double const all = found + told + effect;
  return {{"mean_dwell", 1 / all},
          {"median_dwell", ln2 / all},
          {"own_share", found / (found + told)},
          {"contained_share", (found + told) / all}};
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  double const median = values.number("median");
  Victim victim{rates_of(values)};
  for (double& rate : victim.rates) rate *= median;
  double const contained = closed_form(values)[3].value, own = closed_form(values)[2].value;
  double const needed = std::max((1 - contained) / contained, own > 0 ? (1 - own) / (own * contained) : 0);
  auto const count = static_cast<std::uint32_t>(std::clamp(1600 * needed, double{victims}, double{victims_max}));
  sim::World world({.stream = stream});
  world.reserve(count);
  std::vector<sim::LpRef<Victim>> refs;
  for (std::uint32_t i = 0; i < count; ++i) refs.push_back(world.add(victim, std::uint64_t{i}));
  Rows rows;
  rows.run(executor, world);
  std::vector<double> dwells;
  std::array<double, 3> ends{};
  double sum = 0;
  for (auto const ref : refs) {
    auto const& state = world.state(ref);
    ends[static_cast<std::size_t>(state.end)] += 1;
    dwells.push_back(state.dwell * median);
    sum += dwells.back();
  }
  std::sort(dwells.begin(), dwells.end());
  double const detected = ends[0] + ends[1];
  return {{"mean_dwell", sum / count},
          {"median_dwell", (dwells[(count - 1) / 2] + dwells[count / 2]) / 2},
          share("own_share", ends[0], detected),
          share("contained_share", detected, count)};
}

}  // namespace

void Victim::init(State&, sim::Context<Victim>& context) const {
  double first = 1e300;
  End by = End::open;
  for (End const end : {End::found, End::told, End::effect}) {
    double const rate = rates[static_cast<std::size_t>(end)];
    if (rate <= 0) continue;
    double const time = context.rng(static_cast<Draw>(end)).exponential(1 / rate);
    if (time < first) first = time, by = end;
  }
  context.schedule(span(first), Ending{by});
}

void Victim::on(Ending const& ending, State& state, sim::Context<Victim>& context) const {
  state.end = ending.by;
  state.dwell = units(context.now());
}

Theory dwell() {
  std::string const source = "M-Trends 2024, year 2023";
  return {.name = "dwell",
          .title = "How long an intrusion stays unseen, and who sees it first",
          .law =
              "hazard h = (ln 2 / median) x notice ratio x [own share x own ratio + 1 - own share]; effect at rate "
              "1/m: mean dwell 1/(h + 1/m), "
              "contained h/(h + 1/m)",
          .agents = "victims with an open intrusion that they find, are told of, or suffer from, whichever comes first",
          .condition = "always, within the ranges",
          .source = "competing exponential risks; equations of the world model 6.0 to 6.2",
          .parameters = {{"median", "d", Kind::number, 0.01, 1e4, "10",
                          "median dwell of a reference victim without an effect", source, sim::Grade::reported},
                         {"own_share", "1", Kind::number, 0, 1, "0.46",
                          "share of intrusions that a reference victim finds itself", source, sim::Grade::reported},
                         {"own_ratio", "1", Kind::number, 0.01, 100, "1",
                          "own speed of detection relative to the reference", "assumed: the reference"},
                         {"notice_ratio", "1", Kind::number, 0.01, 100, "1",
                          "all detection relative to the reference: what partners add", "assumed: no partner"},
                         {"effect_mean", "d", Kind::number, 0.01, 1e5, "120",
                          "m: mean time until the intrusion shows by its effect", "assumed: degradation takes months",
                          sim::Grade::expert}},
          .quantities = {{"mean_dwell", "d", "mean time until an intrusion is known, by whatever"},
                         {"median_dwell", "d", "median of the same"},
                         {"own_share", "1", "share of detected intrusions that the victim found itself"},
                         {"contained_share", "1", "share of intrusions detected before their effect"}},
          .check =
              [](Values const& values) {
                auto const rates = rates_of(values);
                double const fastest = *std::max_element(rates.begin(), rates.end()) * values.number("median");
                if (fastest < 1e6) return;
                throw sim::Error(
                    "an effect a million times faster than detection (nothing is seen of the race) bring --median and "
                    "--effect-mean closer");
              },
          .closed_form = closed_form,
          .simulate = simulate};
}

}  // namespace theory
