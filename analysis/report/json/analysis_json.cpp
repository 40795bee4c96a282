#include "analysis/report/json/json.hpp"

namespace analysis {
namespace {

Json study_of(Analysis const& a) {
  auto const& s = a.schema;
  Json treatments = Json::array();
  for (auto const& t : s.treatments) treatments.push_back({{"name", t.name}, {"label", t.label}, {"levels", t.levels}});
  Json study{{"name", s.study}, {"title", s.title}, {"question", s.question}, {"reference", s.reference}};
  study["seed"] = std::to_string(s.seed);
  study["futures"] = s.futures;
  study["replications"] = s.replications;
  if (a.schema.antithetic) study["antithetic"] = true;
  if (std::size_t const together = unit_futures(a.schema); together > 1)
    study["independent_units"] = {{"design", s.sampling.type}, {"futures_a_unit", together}, {"estimates_priors", has_prior_draws(s.sampling)}};
  study["start"] = sim::to_string(s.start);
  study["record_from"] = sim::to_string(s.record_from);
  study["end"] = sim::to_string(s.end);
  study["treatments"] = treatments;
  study["levers"] = s.levers;
  study["focal"] = s.focal;
  study["mechanisms_on"] = s.mechanisms_on;
  study["interval"] = interval_level;
  study["smallest_effect"] = num(a.smallest_effect);
  return study;
}

Json failures_of(Analysis const& a) {
  Json list = Json::array();
  for (auto const& f : a.failures) {
    list.push_back({{"point", f.key.point},
                    {"future", f.key.future},
                    {"replication", f.key.replication},
                    {"message", f.message},
                    {"replay", f.replay}});
  }
  return list;
}

Json responses_of(Analysis const& a) {
  Json list = Json::array();
  for (std::size_t const i : a.responses) {
    auto const& r = a.schema.responses[i];
    list.push_back({{"name", r.name},
                    {"unit", r.unit},
                    {"definition", r.definition},
                    {"per_nation", r.per_nation},
                    {"window", Json::array({sim::to_string(r.window_from), sim::to_string(r.window_to)})},
                    {"higher_is_worse", r.higher_is_worse}});
  }
  return list;
}

Json headline_of(Analysis const& a) {
  Json j{{"nation", nullptr}, {"treatment", nullptr}, {"reference", a.schema.reference}, {"response", nullptr}};
  if (a.headline.subject) j.update(subject_of(a, *a.headline.subject));
  j["sentences"] = a.headline.sentences;
  j["caveats"] = a.headline.caveats;
  return j;
}

}  // namespace

char const* to_string(Group group) {
  switch (group) {
    case Group::members: return "members";
    case Group::non_members: return "non_members";
    case Group::world: return "world";
    case Group::adversaries: return "adversaries";
    case Group::total: return "total";
  }
  return "unknown";
}

std::string to_json(Analysis const& a) {
  Json j{{"format", 1}, {"study", study_of(a)}};
  j["counts"] = {{"planned", a.counts.planned},   {"done", a.counts.done},       {"failed", a.counts.failed},
                 {"censored", a.counts.censored}, {"missing", a.counts.missing}};
  if (a.schema.antithetic) j["counts"]["unpaired"] = a.counts.unpaired;
  j["counts"]["by_treatment"] = counts_by_treatment_json(a);
  j["failures"] = failures_of(a);
  j["responses"] = responses_of(a);
  j["summaries"] = summaries_json(a);
  j["paired_differences"] = differences_json(a);
  j["stopping"] = stopping_json(a);
  j["factorial"] = factorial_json(a);
  if (!a.factorial_note.empty()) j["factorial_note"] = a.factorial_note;
  if (a.schema.rare_event.is_set()) j["rare_event"] = rare_event_json(a);
  j["spillover"] = spillover_json(a);
  j["league"] = league_json(a);
  j["regime"] = regime_json(a);
  j["convergence"] = convergence_json(a);
  j["prior_sets"] = prior_sets_json(a);
  j["placebo"] = {{"first_difference", nullptr},
                  {"pairs", a.placebo.pairs},
                  {"equal_before", a.placebo.equal_before},
                  {"identical_throughout", a.placebo.identical_throughout}};
  if (a.placebo.first_difference) j["placebo"]["first_difference"] = sim::to_string(*a.placebo.first_difference);
  j["sensitivity"] = sensitivity_json(a);
  j["discovery"] = discovery_json(a);
  if (!a.discovery.note.empty()) j["discovery_note"] = a.discovery.note;
  j["robustness"] = robustness_json(a);
  if (!a.robustness.note.empty()) j["robustness_note"] = a.robustness.note;
  j["headline"] = headline_of(a);
  return j.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace analysis
