#include "analysis/report/regime.hpp"

#include <algorithm>
#include <set>

#include "analysis/estimators/paired.hpp"
#include "analysis/report/analysis.hpp"
#include "analysis/report/every_nation.hpp"
#include "analysis/report/placebo.hpp"

namespace analysis {
namespace {

struct Dissolution {
  std::size_t treatment = 0;
  std::string organisation;
  sim::Date from;
};

// The treatment that adds nothing to the reference but a dissolution, in a study of that organisation alone, whose members the schema knows.
std::optional<Dissolution> find_dissolution(sim::ResultSchema const& schema, std::size_t reference) {
  std::optional<Dissolution> found;
  std::set<std::string> organisations;
  std::size_t const others = schema.treatments[reference].interventions.size();
  for (std::size_t t = 0; t < schema.treatments.size(); ++t) {
    auto const& all = schema.treatments[t].interventions;
    for (auto const& i : all) {
      if (!i.organisation.empty()) organisations.insert(i.organisation);
      if (i.action == "dissolution" && all.size() == others + 1 && changing_nations(schema.treatments[t], schema.treatments[reference]) == std::set<std::string>{i.nation})
        found = Dissolution{t, i.organisation, i.from};
    }
  }
  return organisations.size() == 1 ? found : std::nullopt;
}

bool has(sim::Treatment const& treatment, char const* action, std::string const& nation, std::string const& organisation) {
  return std::any_of(treatment.interventions.begin(), treatment.interventions.end(),
                     [&](auto const& i) { return i.action == action && i.nation == nation && i.organisation == organisation; });
}

// [nations] the treatment in which a recorded member never joined or has left, or the reference's number where there is none.
std::vector<std::size_t> out_alone(sim::ResultSchema const& schema, std::size_t reference, std::string const& organisation) {
  std::vector<std::size_t> of(schema.nations.size(), reference);
  for (auto const& own : own_treatments(schema, reference)) {
    auto const& nation = schema.nations[own.nation];
    auto const &with = schema.treatments[reference], &without = schema.treatments[own.treatment];
    bool const never = has(with, "membership", nation, organisation) && !has(without, "membership", nation, organisation);
    if (never || has(without, "withdrawal", nation, organisation)) of[own.nation] = own.treatment;
  }
  return of;
}

}  // namespace

std::optional<Regime> regime(ResultsSource const& source, Histories const& histories, Subject const& headline, std::size_t reference) {
  auto const& schema = source.schema();
  auto const dissolution = find_dissolution(schema, reference);
  if (!dissolution || dissolution->treatment == reference || !schema.responses[headline.response].per_nation) return {};
  auto const out = out_alone(schema, reference, dissolution->organisation);
  Regime r{.organisation = dissolution->organisation, .response = headline.response, .treatment = dissolution->treatment};
  for (std::size_t n = 0; n < schema.nations.size(); ++n) {
    if (n >= schema.nation_is_member.size() || schema.nation_is_member[n] == 0) continue;
    if (out[n] == reference) return {};
    auto const first = first_difference(schema.treatments[out[n]], schema.treatments[reference]);
    if (!first || *first < dissolution->from) return {};  // another exposure than the dissolution's
    ++r.members;
  }
  if (r.members == 0) return {};
  std::size_t const width = histories.futures() * histories.replications();
  std::vector<double> all(width, 0.0), direct(width, 0.0);
  every_nation(source, histories, headline.response, [&](std::size_t nation, Cube const& cube) {
    auto const add = [&](std::vector<double>& sum, std::size_t treatment) {
      auto const with = histories.arm(cube, reference), without = histories.arm(cube, treatment);
      for (std::size_t i = 0; i < width; ++i) sum[i] += with.values[i] - without.values[i];  // NaN if one is
    };
    add(all, dissolution->treatment);
    bool const member = nation < schema.nation_is_member.size() && schema.nation_is_member[nation] != 0;
    if (member) add(direct, out[nation]);
  });
  Cube const empty = histories.empty_cube();
  Arm const shape = histories.arm(empty, reference);
  auto const both = pair_differences(shape.with(all), shape.with(direct));
  for (std::size_t i = 0; i < width; ++i)
    if (both[i] != both[i]) all[i] = direct[i] = undefined;
  r.histories = moments(both).n;
  r.regime = clustered_mean(shape.with(all));
  r.sum_direct = clustered_mean(shape.with(direct));
  r.difference = clustered_mean(shape.with(both));
  return r;
}

}  // namespace analysis
