#include <algorithm>

#include "analysis/report/analysis.hpp"
#include "analysis/report/controlled.hpp"
#include "analysis/report/factorial_plan.hpp"
#include "analysis/report/headline.hpp"
#include "analysis/report/placebo.hpp"
#include "analysis/report/responses.hpp"

namespace analysis {
namespace {

constexpr std::size_t failures_listed = 20;
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
  analyse_responses(a, source, histories, factorial);
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
