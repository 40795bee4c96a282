#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/analysis.hpp"

namespace analysis {
namespace {

using Json = nlohmann::ordered_json;

// Undefined numbers become null; minus zero becomes zero.
Json num(double value) { return std::isfinite(value) ? Json(value + 0.0) : Json(nullptr); }

Json nation_of(Analysis const& a, std::optional<std::size_t> nation) {
  return nation ? Json(a.schema.nations[*nation]) : Json(nullptr);
}

Json subject_of(Analysis const& a, Subject const& s) {
  return {{"response", a.schema.responses[s.response].name},
          {"nation", nation_of(a, s.nation)},
          {"treatment", a.schema.treatments[s.treatment].name}};
}

Json study_of(Analysis const& a) {
  auto const& s = a.schema;
  Json treatments = Json::array();
  for (auto const& t : s.treatments) treatments.push_back({{"name", t.name}, {"label", t.label}, {"levels", t.levels}});
  Json study{{"name", s.study}, {"title", s.title}, {"question", s.question}, {"reference", s.reference}};
  study["seed"] = std::to_string(s.seed);
  study["futures"] = s.futures;
  study["replications"] = s.replications;
  if (a.schema.antithetic) study["antithetic"] = true;
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

Json summaries_of(Analysis const& a) {
  Json list = Json::array();
  for (auto const& s : a.summaries) {
    Json j = subject_of(a, s.subject);
    j["n"] = s.n;
    j["mean"] = num(s.mean.mean);
    j["lo"] = num(s.mean.lo);
    j["hi"] = num(s.mean.hi);
    j["sd"] = num(s.sd);
    j["q05"] = num(s.q05);
    j["q25"] = num(s.q25);
    j["q50"] = num(s.q50);
    j["q75"] = num(s.q75);
    j["q95"] = num(s.q95);
    j["cvar95"] = num(s.cvar95.mean);
    j["cvar95_lo"] = num(s.cvar95.lo);
    j["cvar95_hi"] = num(s.cvar95.hi);
    list.push_back(std::move(j));
  }
  return list;
}

char const* to_string(ControlUse use) {
  switch (use) {
    case ControlUse::used: return "used";
    case ControlUse::constant: return "constant";
    case ControlUse::collinear: return "collinear";
  }
  return "unknown";
}

Json controlled_of(Analysis const& a, ControlledDifference const& d) {
  Json j{{"mean", num(d.adjusted.mean)}, {"lo", num(d.adjusted.lo)}, {"hi", num(d.adjusted.hi)}, {"n", d.adjusted.n}};
  j["factor"] = num(d.factor);
  j["shift"] = num(d.shift.mean);
  j["shift_lo"] = num(d.shift.lo);
  j["shift_hi"] = num(d.shift.hi);
  j["too_few"] = d.too_few;
  for (std::size_t c = 0; c < a.controls.size(); ++c)
    j["controls"].push_back({{"name", a.schema.responses[a.controls[c]].name}, {"use", to_string(d.uses[c])}, {"weight", num(d.weights[c])}});
  return j;
}

Json difference_of(Analysis const& a, Difference const& d) {
  auto const& p = d.value;
  Json j = subject_of(a, d.subject);
  j["reference"] = a.schema.reference;
  j["mean"] = num(p.mean);
  j["lo"] = num(p.lo);
  j["hi"] = num(p.hi);
  j["n"] = p.n;
  j["futures"] = p.futures;
  j["dropped"] = p.dropped;
  j["sd"] = num(p.sd);
  j["monte_carlo_se"] = num(p.monte_carlo_se);
  j["future_sd"] = num(p.future_sd);
  j["predictive_lo"] = num(p.predictive_lo);
  j["predictive_hi"] = num(p.predictive_hi);
  j["reference_mean"] = num(p.reference_mean);
  j["relative"] = num(p.relative);
  j["relative_lo"] = num(p.relative_lo);
  j["relative_hi"] = num(p.relative_hi);
  j["share_better"] = num(p.share_better);
  j["share_equal"] = num(p.share_equal);
  j["share_worse"] = num(p.share_worse);
  j["variance_reduction"] = num(p.variance_reduction);
  if (a.schema.antithetic) j["antithetic_factor"] = num(p.antithetic_factor);
  j["cvar95_difference"] = num(p.cvar95.mean);
  j["cvar95_difference_lo"] = num(p.cvar95.lo);
  j["cvar95_difference_hi"] = num(p.cvar95.hi);
  j["exactly_zero"] = p.exactly_zero;
  if (d.controlled) j["controlled"] = controlled_of(a, *d.controlled);
  return j;
}

Json factorial_of(Analysis const& a) {
  if (a.effects.empty()) return nullptr;
  Json list = Json::array();
  for (auto const& e : a.effects) {
    Json j{{"response", a.schema.responses[e.subject.response].name}, {"nation", nation_of(a, e.subject.nation)}};
    j["terms"] = e.terms;
    j["mean"] = num(e.value.effect.mean);
    j["lo"] = num(e.value.effect.lo);
    j["hi"] = num(e.value.effect.hi);
    j["n"] = e.value.blocks;
    j["exactly_zero"] = e.value.exactly_zero;
    for (auto const& alias : e.aliases) j["aliases"].push_back({{"terms", alias.terms}, {"sign", alias.sign}});
    list.push_back(std::move(j));
  }
  return {{"levers", a.schema.levers}, {"effects", list}};
}

Json spillover_of(Analysis const& a) {
  Json list = Json::array();
  for (auto const& s : a.spillovers) {
    list.push_back({{"response", a.schema.responses[s.subject.response].name},
                    {"treatment", a.schema.treatments[s.subject.treatment].name},
                    {"reference", a.schema.reference},
                    {"group", to_string(s.group)},
                    {"nations", s.nations},
                    {"mean", num(s.change.mean)},
                    {"lo", num(s.change.lo)},
                    {"hi", num(s.change.hi)},
                    {"n", s.pairs},
                    {"relative", num(s.relative)},
                    {"exactly_zero", s.exactly_zero}});
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
  j["failures"] = failures_of(a);
  j["responses"] = responses_of(a);
  j["summaries"] = summaries_of(a);
  j["paired_differences"] = Json::array();
  for (auto const& d : a.differences) j["paired_differences"].push_back(difference_of(a, d));
  j["factorial"] = factorial_of(a);
  if (!a.factorial_note.empty()) j["factorial_note"] = a.factorial_note;
  j["spillover"] = spillover_of(a);
  j["placebo"] = {{"first_difference", nullptr},
                  {"pairs", a.placebo.pairs},
                  {"equal_before", a.placebo.equal_before},
                  {"identical_throughout", a.placebo.identical_throughout}};
  if (a.placebo.first_difference) j["placebo"]["first_difference"] = sim::to_string(*a.placebo.first_difference);
  j["headline"] = headline_of(a);
  return j.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace analysis
