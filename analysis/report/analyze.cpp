#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/estimators/quantile_interval.hpp"
#include "analysis/report/analysis.hpp"
#include "analysis/report/columns.hpp"
#include "analysis/report/controlled.hpp"
#include "analysis/report/factorial_plan.hpp"
#include "analysis/report/headline.hpp"
#include "analysis/report/placebo.hpp"

namespace analysis {
namespace {

constexpr std::size_t failures_listed = 20;
constexpr std::array summary_quantiles{0.05, 0.25, 0.50, 0.75, 0.95};

Worse worse_of(sim::ResponseInfo const& r) { return r.higher_is_worse ? Worse::higher : Worse::lower; }

Summary summarise(Subject const& subject, ArmQuantiles& quantiles, Worse worse) {
  Arm const& arm = quantiles.arm();
  Summary s;
  s.subject = subject;
  Moments const all = moments(arm.values);
  s.n = all.n;
  s.sd = std::sqrt(all.variance);
  s.mean = clustered_mean(arm);
  // From the middle outwards: each selection leaves less for the next.
  for (std::size_t const q : {2, 1, 3, 0, 4}) quantiles.interval(summary_quantiles[q]);
  for (double const p : summary_quantiles) s.quantiles.push_back({p, quantiles.interval(p)});
  s.q05 = s.quantiles[0].value.mean;
  s.q25 = s.quantiles[1].value.mean;
  s.q50 = s.quantiles[2].value.mean;
  s.q75 = s.quantiles[3].value.mean;
  s.q95 = s.quantiles[4].value.mean;
  s.cvar95 = cvar95_interval(OrderedArm{arm, &quantiles.values()}, worse);
  return s;
}

// What every response is analysed with.
struct Means {
  Histories const& histories;
  FactorialPlan const& factorial;
  Controls controls;
  Inferences inferences;
};

// Treatment against reference; where all values have partners, what is known of their order serves the pairs too.
Difference compare(Subject const& subject, ArmQuantiles& treatment, ArmQuantiles& reference, Worse worse, Inferences& inferences) {
  Pairs const pairs(treatment.arm(), reference.arm());
  auto const with = [&](ArmQuantiles& t, ArmQuantiles& r) {
    return Difference{subject, paired_difference(pairs, t.values(), r.values(), worse), std::nullopt, inferences.of(pairs, t, r)};
  };
  if (pairs.are_complete()) return with(treatment, reference);
  ArmQuantiles paired_treatment(pairs.treatment()), paired_reference(pairs.reference());
  return with(paired_treatment, paired_reference);
}

// All numbers of one response and nation; `position` is that of the nation among those whose controls have been read.
void analyse_cube(Analysis& a, Means& means, Cube const& cube, Subject subject, std::size_t position) {
  auto& [histories, factorial, controls, inferences] = means;
  Worse const worse = worse_of(a.schema.responses[subject.response]);
  ArmQuantiles reference(histories.arm(cube, a.reference));
  for (subject.treatment = 0; subject.treatment < histories.points(); ++subject.treatment) {
    if (subject.treatment == a.reference) {
      a.summaries.push_back(summarise(subject, reference, worse));
      continue;
    }
    ArmQuantiles arm(histories.arm(cube, subject.treatment));
    a.summaries.push_back(summarise(subject, arm, worse));
    a.differences.push_back(compare(subject, arm, reference, worse, inferences));
    a.differences.back().controlled = controls.adjust(histories, cube, position, subject.treatment, a.reference);
    a.differences.back().value.dropped -= histories.needless_pairs(subject.treatment, a.reference);
  }
  if (factorial.order.empty()) return;
  std::vector<Arm> arms;
  for (std::size_t const p : factorial.order) arms.push_back(histories.arm(cube, p));
  auto const effects = factorial_effects(arms);
  for (auto const& term : factorial.terms) {
    a.effects.push_back({Subject{subject.response, subject.nation, 0}, term.names, signed_effect(effects[term.word - 1], term.sign), term.aliases});
  }
}

std::vector<std::vector<std::size_t>> spillover_groups(Analysis const& a) {
  std::vector<std::vector<std::size_t>> groups(group_count);
  auto const of = [&](Group group) -> auto& { return groups[static_cast<std::size_t>(group)]; };
  for (std::size_t n = 0; n < a.schema.nations.size(); ++n) {
    of(Group::total).push_back(n);
    if (std::find(a.treated.begin(), a.treated.end(), n) != a.treated.end()) continue;
    bool const member = n < a.schema.nation_is_member.size() && a.schema.nation_is_member[n] != 0;
    bool const adversary = n < a.schema.nation_is_adversary.size() && a.schema.nation_is_adversary[n] != 0;
    of(member ? Group::members : adversary ? Group::adversaries : Group::non_members).push_back(n);
    if (!a.treated.empty()) of(Group::world).push_back(n);  // else it is the total
  }
  return groups;
}

void analyse_spillover(Analysis& a, Histories const& histories, std::vector<Cube> const& sums, std::size_t response,
                       std::vector<std::vector<std::size_t>> const& groups) {
  for (std::size_t point = 0; point < histories.points(); ++point) {
    if (point == a.reference) continue;
    for (std::size_t g = 0; g < sums.size(); ++g) {
      if (groups[g].empty()) continue;
      Arm const arm = histories.arm(sums[g], point);
      Arm const reference = histories.arm(sums[g], a.reference);
      auto const m = mean_difference(arm, reference);
      auto const pairs = moments(pair_differences(arm, reference));
      bool const zero = pairs.mean == 0 && !(pairs.variance > 0);
      a.spillovers.push_back({Subject{response, std::nullopt, point}, static_cast<Group>(g), groups[g].size(), m.change,
                              pairs.n, m.relative, zero});
    }
  }
}

void analyse_response(Analysis& a, ResultsSource const& source, Means& means, std::size_t response) {
  Histories const& histories = means.histories;
  bool const per_nation = a.schema.responses[response].per_nation;
  auto const groups = per_nation ? spillover_groups(a) : std::vector<std::vector<std::size_t>>{};
  std::size_t const total = per_nation ? a.nations.size() : 1;
  std::size_t const batch = nations_at_once(histories);
  for (std::size_t first = 0; first < total; first += batch) {
    ColumnRequest request{response, {}, first == 0 ? groups : std::vector<std::vector<std::size_t>>{}};
    for (std::size_t i = first; per_nation && i < std::min(total, first + batch); ++i) {
      request.nations.push_back(a.nations[i]);
    }
    auto const columns = read_columns(source, histories, request);
    means.controls.read(source, histories, a.schema.responses[response].is_control ? std::vector<std::size_t>{} : request.nations);
    for (std::size_t i = 0; i < columns.nations.size(); ++i) {
      Subject const subject{response, per_nation ? std::optional(a.nations[first + i]) : std::nullopt, 0};
      analyse_cube(a, means, columns.nations[i], subject, i);
    }
    analyse_spillover(a, histories, columns.groups, response, groups);
  }
}

std::vector<std::size_t> treated_nations(sim::ResultSchema const& schema) {
  std::vector<std::size_t> all;
  bool acts = false;
  for (auto const& t : schema.treatments) {
    for (auto const& i : t.interventions) {
      acts = true;
      auto const found = std::find(schema.nations.begin(), schema.nations.end(), i.nation);
      if (found != schema.nations.end()) all.push_back(static_cast<std::size_t>(found - schema.nations.begin()));
    }
  }
  if (!acts && !schema.focal.empty()) all.push_back(nation_index(schema, schema.focal.front()));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<Failure> failures(ResultsSource const& source, Histories const& histories, Options const& options) {
  std::vector<Failure> all;
  for (auto const& m : source.messages()) {
    if (all.size() == failures_listed || m.row >= histories.rows().size()) break;
    auto const& key = histories.rows()[m.row].key;
    all.push_back({key, m.text,
                   "berylia replay " + options.results_path + " --point " + std::to_string(key.point) + " --future " +
                       std::to_string(key.future) + " --replication " + std::to_string(key.replication)});
  }
  return all;
}

Analysis prepare(ResultsSource const& source, Options const& options) {
  Analysis a;
  a.schema = source.schema();
  a.reference = treatment_index(a.schema, a.schema.reference);
  for (auto const& name : options.responses) a.responses.push_back(response_index(a.schema, name));
  for (std::size_t r = 0; options.responses.empty() && r < a.schema.responses.size(); ++r)
    if (!a.schema.responses[r].is_control) a.responses.push_back(r);
  if (a.responses.empty()) a.responses = Controls::positions(a.schema);
  if (options.controls) a.controls = Controls::positions(a.schema);
  std::sort(a.responses.begin(), a.responses.end());
  a.responses.erase(std::unique(a.responses.begin(), a.responses.end()), a.responses.end());
  auto const& nations = options.nations.empty() ? a.schema.focal : options.nations;
  for (auto const& iso3 : nations) a.nations.push_back(nation_index(a.schema, iso3));
  if (!options.headline_nation.empty()) {
    std::size_t const first = nation_index(a.schema, options.headline_nation);
    a.nations.erase(std::remove(a.nations.begin(), a.nations.end(), first), a.nations.end());
    a.nations.insert(a.nations.begin(), first);
  }
  a.treated = treated_nations(a.schema);
  a.smallest_effect = options.smallest_effect;
  return a;
}

}  // namespace

Analysis analyze(ResultsSource const& source, Options const& options) {
  Analysis a = prepare(source, options);
  Histories const histories(a.schema, source.replications());
  a.counts = histories.counts();
  for (std::size_t point = 0; point < histories.points(); ++point) a.counts_of.push_back(histories.counts(point));
  a.failures = failures(source, histories, options);
  auto const factorial = plan_factorial(a.schema);
  a.factorial_note = factorial.note;
  Means means{histories, factorial, Controls(a.schema, a.controls), Inferences(a.schema, a.smallest_effect)};
  for (std::size_t const r : a.responses) analyse_response(a, source, means, r);
  a.rare_events = rare_events(source, histories);
  a.placebo = placebo(a.schema, histories, a.reference);
  if (auto const subject = headline_subject(a, options)) {
    a.leagues = leagues(source, histories, *subject, a.reference);
    a.convergence = convergence(source, histories, *subject, a.reference);
    a.regime = regime(source, histories, *subject, a.reference);
  }
  if (!options.beside.empty()) a.prior_sets = prior_sets(a, options.beside);
  a.headline = headline(a, options);
  add_sensitivity(a, source, histories);
  a.discovery = discover_headline(source, histories, a, options);
  a.robustness = headline_robustness(source, histories, a, options);
  add_robustness(a);
  return a;
}

}  // namespace analysis
