#include "analysis/report/league.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "analysis/estimators/holm.hpp"
#include "analysis/estimators/log_ratio.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/proportion.hpp"
#include "analysis/estimators/t_test.hpp"
#include "analysis/report/analysis.hpp"
#include "analysis/report/every_nation.hpp"
#include "analysis/report/placebo.hpp"

namespace analysis {
namespace {

constexpr double days_of_a_year = 365.25;

auto identity(sim::Intervention const& i) { return std::tie(i.nation, i.organisation, i.action, i.status, i.from, i.to); }

}  // namespace

std::set<std::string> changing_nations(sim::Treatment const& a, sim::Treatment const& b) {
  std::set<std::string> nations;
  for (auto const* both : {&a, &b}) {
    auto const& others = (both == &a ? b : a).interventions;
    for (auto const& i : both->interventions) {
      bool const there = std::any_of(others.begin(), others.end(), [&](auto const& k) { return identity(i) == identity(k); });
      if (!there) nations.insert(i.nation);
    }
  }
  return nations;
}

namespace {

Estimate scaled(Estimate e, double factor) { return {e.n, e.mean * factor, e.lo * factor, e.hi * factor}; }

LeagueRow row_of(OwnTreatment const& which, Arm const& treatment, Arm const& reference, double years) {
  LeagueRow row{.nation = which.nation, .treatment = which.treatment};
  Pairs const pairs(treatment, reference);
  auto const base = unit_moments(independent_units(pairs.reference()));
  Moments const m = moments(pairs.unit_means());
  row.change = mean_interval(m);
  row.p = t_test(m);
  row.reference_mean = clustered_mean(base).mean;
  if (std::fabs(row.reference_mean) > 0) row.relative = row.change.mean / std::fabs(row.reference_mean);
  row.log_ratio = log_ratio(unit_moments(independent_units(pairs.treatment())), base);
  row.exposure_years = years;
  row.per_year = scaled(row.change, 1 / years);
  return row;
}

void adjust(League& league) {
  std::vector<double> p;
  for (auto const& row : league.rows) p.push_back(row.p);
  Holm const h = holm(p);
  league.family = h.family;
  league.left_out = h.left_out;
  for (std::size_t i = 0; i < league.rows.size(); ++i) league.rows[i].holm_p = h.adjusted[i];
}

}  // namespace

std::vector<OwnTreatment> own_treatments(sim::ResultSchema const& schema, std::size_t reference) {
  std::vector<OwnTreatment> all;
  for (std::size_t t = 0; t < schema.treatments.size(); ++t) {
    if (t == reference) continue;
    auto const nations = changing_nations(schema.treatments[t], schema.treatments[reference]);
    if (nations.size() != 1) continue;
    auto const found = std::find(schema.nations.begin(), schema.nations.end(), *nations.begin());
    if (found != schema.nations.end()) all.push_back({static_cast<std::size_t>(found - schema.nations.begin()), t});
  }
  std::stable_sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.nation < b.nation; });
  bool const twice = std::adjacent_find(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.nation == b.nation; }) != all.end();
  if (twice || all.size() < least_own_treatments) all.clear();
  return all;
}

namespace {

// Whether both treatments hold the same interventions on the day that begins at `time`.
bool same_on(sim::Treatment const& a, sim::Treatment const& b, sim::Time time) {
  auto const held = [&](sim::Treatment const& t) {
    std::set<std::tuple<std::string, std::string, std::string, std::string>> all;
    for (auto const& i : t.interventions)
      if (sim::to_time(i.from) <= time && time < sim::to_time(i.to)) all.emplace(i.nation, i.organisation, i.action, i.status);
    return all;
  };
  return held(a) == held(b);
}

}  // namespace

double exposure_years(sim::ResultSchema const& schema, sim::ResponseInfo const& response, std::size_t treatment, std::size_t reference) {
  auto const &a = schema.treatments[treatment], &b = schema.treatments[reference];
  auto const from = sim::to_time(response.window_from), to = sim::to_time(response.window_to);
  std::set<sim::Time> changes{from};
  for (auto const* t : {&a, &b})
    for (auto const& i : t->interventions)
      for (auto const time : {sim::to_time(i.from), sim::to_time(i.to)})
        if (from < time && time < to) changes.insert(time);
  std::int64_t ticks = 0;
  for (auto change = changes.begin(); change != changes.end(); ++change) {
    auto const next = std::next(change);
    if (!same_on(a, b, *change)) ticks += ((next == changes.end() ? to : *next) - *change).ticks;
  }
  if (ticks <= 0) return undefined;
  return static_cast<double>(ticks) / static_cast<double>(sim::day.ticks) / days_of_a_year;
}

std::vector<League> leagues(ResultsSource const& source, Histories const& histories, Subject const& headline, std::size_t reference) {
  auto const& schema = source.schema();
  auto const& response = schema.responses[headline.response];
  if (!response.per_nation) return {};
  auto const own = own_treatments(schema, reference);
  std::vector<League> all{{League::Kind::effect, headline.response, headline.treatment, 0, 0, {}}};
  if (!own.empty()) all.push_back({League::Kind::own, headline.response, std::nullopt, 0, 0, {}});
  every_nation(source, histories, headline.response, [&](std::size_t nation, Cube const& cube) {
    auto const add = [&](League& league, OwnTreatment const& which) {
      league.rows.push_back(row_of(which, histories.arm(cube, which.treatment), histories.arm(cube, reference),
                                   exposure_years(schema, response, which.treatment, reference)));
    };
    add(all.front(), {nation, headline.treatment});
    for (auto const& which : own)
      if (which.nation == nation) add(all.back(), which);
  });
  for (auto& league : all) adjust(league);
  return all;
}

}  // namespace analysis
