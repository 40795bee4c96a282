#include "sim/app/explain/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/report/sentences.hpp"
#include "analysis/report/words.hpp"
#include "models/world/actor/hacktivists.hpp"
#include "models/world/telling/names.hpp"
#include "sim/app/explain/chain.hpp"
#include "sim/app/explain/fate.hpp"

namespace app {

namespace {

using analysis::HistoryGraph;
using world::IntrusionSet;

constexpr std::size_t most_incidents = 5;

enum class Measure { service, dwell, severity };

Measure measure_of(std::string const& response) {
  for (char const* const name : {"dwell_time", "theft_days"})
    if (response == name) return Measure::dwell;
  for (char const* const name : {"resilience_loss", "person_days", "robustness", "time_to_90", "economic_loss", "cascades", "cascade_loss", "time_to_restore", "cascades_from_abroad"})
    if (response == name) return Measure::service;
  return Measure::severity;
}

/// Weight of every incident in the outcome of one history.
std::map<std::uint64_t, double> weights(Measure measure, Question const& q, sim::ResultSchema const& schema, world::Narrator const& n, ObservedHistory const& history) {
  if (measure == Measure::service) {
    auto all = history.service_lost;
    all.erase(0);
    return all;
  }
  std::map<std::uint64_t, double> all;
  auto const& info = schema.responses[q.response];
  sim::Time const from = sim::to_time(info.window_from), to = sim::to_time(info.window_to);
  auto const happenings = history.graph->happenings();
  for (std::size_t i = 0; i < happenings.size(); ++i) {
    std::uint16_t const kind = happenings[i].kind;
    if (kind != n.row<IntrusionSet, IntrusionSet::Discovery>() && kind != n.row<world::Hacktivists, IntrusionSet::Discovery>()) continue;
    auto const row = history.as<IntrusionSet::Discovery>(i);
    if (static_cast<std::size_t>(row.nation) != q.nation || happenings[i].time < from || happenings[i].time >= to || world::recurrences(row.incident) > 0) continue;
    all[row.incident] = measure == Measure::dwell ? row.dwell_days : static_cast<double>(1U << static_cast<unsigned>(std::clamp(row.severity, 0, 10)));
  }
  return all;
}

void rank(Story& story, sim::ResultSchema const& schema, world::Narrator const& n, ObservedHistory const& here, ObservedHistory const* there) {
  Question const& q = story.question;
  Measure const measure = measure_of(schema.responses[q.response].name);
  story.measure = measure == Measure::service ? "service-days" : measure == Measure::dwell ? "days undetected" : "points of severity, doubling with each step";
  auto all = weights(measure, q, schema, n, here);
  double direction = 1;
  if (there != nullptr && q.value != q.against_value) {
    double const sign = schema.responses[q.response].higher_is_worse ? 1 : -1;
    direction = sign * (q.value - q.against_value) > 0 ? 1 : -1;
    story.ranks_differences = true;
    for (auto const& [incident, weight] : weights(measure, q, schema, n, *there)) all[incident] -= weight;
  }
  std::vector<std::pair<double, std::uint64_t>> ranked;
  for (auto const& [incident, weight] : all)
    if (direction * weight > 0) ranked.emplace_back(-direction * weight, incident);
  if (ranked.empty() && story.ranks_differences) {  // a mean may move by incidents that are missing: then what weighs most here
    story.ranks_differences = false;
    direction = 1;
    all = weights(measure, q, schema, n, here);
    for (auto const& [incident, weight] : all)
      if (weight > 0) ranked.emplace_back(-weight, incident);
  }
  std::sort(ranked.begin(), ranked.end());
  story.incidents_in_all = ranked.size();
  for (std::size_t i = 0; i < std::min(most_incidents, ranked.size()); ++i) {
    std::uint64_t const incident = ranked[i].second;
    StoryIncident one{incident, world::incident_words(n.atlas(), incident), all[incident], fate_of(incident, n, here), {}};
    if (there != nullptr) {
      one.there = fate_of(incident, n, *there);
      if (!one.there.happened) one.there.words = why_not(incident, n, here, *there);
      if (!one.here.happened) one.here.words = why_not(incident, n, *there, here);
    }
    story.incidents.push_back(std::move(one));
  }
  story.chain_is_here = story.incidents.empty() || direction > 0;
}

StoryParting parting_of(Story const& story, world::Narrator const& n, ObservedHistory const& here, ObservedHistory const& there) {
  analysis::Parting const p = analysis::part(*here.graph, *there.graph);
  StoryParting result;
  result.parts = p.part();
  result.only_here = p.only_a.size(), result.only_there = p.only_b.size();
  auto const side = [&](bool in_a) -> ObservedHistory const& { return in_a ? here : there; };
  if (!result.parts) return result;
  result.first = step_of(p.any.at, n, side(p.any.in_a));
  result.first_is_here = p.any.in_a;
  result.changes_something = p.change.at != HistoryGraph::nowhere;
  if (result.changes_something) {
    result.change = step_of(p.change.at, n, side(p.change.in_a));
    result.change_is_here = p.change.in_a;
    auto const why = analysis::reason(p, *here.graph, *there.graph, p.change);
    if (why.at != HistoryGraph::nowhere) result.reason = step_of(why.at, n, side(why.in_a));
  }
  if (story.incidents.empty()) return result;
  auto const of_incident = [&](std::vector<std::size_t> const& list, ObservedHistory const& history) {
    auto const it = std::find_if(list.begin(), list.end(), [&](std::size_t i) { return history.graph->at(i).incident == story.incidents.front().incident; });
    return it == list.end() ? HistoryGraph::nowhere : *it;
  };
  std::size_t const a = of_incident(p.only_a, here), b = of_incident(p.only_b, there);
  if (a != HistoryGraph::nowhere || b != HistoryGraph::nowhere) {
    result.of_incident_is_here = b == HistoryGraph::nowhere || (a != HistoryGraph::nowhere && here.graph->at(a).time <= there.graph->at(b).time);
    result.of_incident = result.of_incident_is_here ? step_of(a, n, here) : step_of(b, n, there);
  }
  return result;
}

std::string date_of(sim::Time at) { return sim::to_string(sim::to_date(at)); }

std::string in_words(StoryStep const& step) { return fmt::format("{} ({}): {}", date_of(step.at), step.who, step.words); }

void say(Story& story, sim::ResultSchema const& schema) {
  Question const& q = story.question;
  auto const& info = schema.responses[q.response];
  std::string const own = analysis::label_of(schema.treatments[q.key.point]);
  std::string const what = analysis::thing(schema, {q.response, info.per_nation ? std::optional(q.nation) : std::nullopt, q.key.point});
  std::string const other = q.against ? analysis::label_of(schema.treatments[q.against->point]) : std::string();
  story.outcome = fmt::format("{} is {} with {}", what, analysis::amount(q.value, info.unit), own);
  if (q.against) story.outcome += fmt::format(" and {} with {}", analysis::amount(q.against_value, info.unit), other);
  story.sentences.push_back(fmt::format("In future {}, replication {} ({}), {}.", q.key.future, q.key.replication, q.chosen, story.outcome));
  auto const treatment_of = [&](bool here) { return here ? own : other; };
  if (story.incidents.empty()) {
    story.sentences.push_back(fmt::format("No incident in {} made this outcome{}: there is no chain to tell.", q.against ? "either history" : "this history", story.ranks_differences ? " worse in one than in the other" : ""));
  } else {
    StoryIncident const& top = story.incidents.front();
    std::string const weight = fmt::format("{} {}", analysis::number(std::fabs(top.share)), story.measure);
    if (measure_of(info.name) == Measure::severity) {
      story.sentences.push_back(fmt::format("This response has no part that belongs to one incident; {} is {}, of {}{}.", top.name, story.ranks_differences ? "the gravest that differs" : "the gravest", weight,
                                            story.ranks_differences ? fmt::format(" more with {}", treatment_of(story.chain_is_here)) : std::string()));
    } else story.sentences.push_back(story.ranks_differences ? fmt::format("The largest part of the difference, {}, is the doing of one incident, {}, which weighs more with {}.", weight, top.name, treatment_of(story.chain_is_here))
                                                      : fmt::format("The largest part, {}, is the doing of one incident, {}.", weight, top.name));
    story.sentences.push_back(fmt::format("With {}: {}.", own, top.here.words));
    if (q.against) story.sentences.push_back(fmt::format("With {}: {}.", other, top.there.words));
  }
  if (!story.parting) return;
  StoryParting const& p = *story.parting;
  if (!p.parts) {
    story.sentences.push_back("The two histories do not part: every event and row is the same in both.");
    return;
  }
  if (!p.changes_something) {
    story.sentences.push_back(fmt::format("The two histories differ only by the intervention and the news of it ({} events and rows with {}, {} with {}): it changes nothing.", p.only_here, own, p.only_there, other));
    return;
  }
  story.sentences.push_back(fmt::format("The histories part on {} - only with {}.", in_words(p.first), treatment_of(p.first_is_here)));
  story.sentences.push_back(fmt::format("The first event of the course of things that differs is of {} - only with {}.", in_words(p.change), treatment_of(p.change_is_here)));
  if (p.reason) story.sentences.push_back(fmt::format("What its agent had been told in one history alone: {}.", in_words(*p.reason)));
  if (p.of_incident) story.sentences.push_back(fmt::format("The course of {} parts on {} - only with {}.", story.incidents.front().name, in_words(*p.of_incident), treatment_of(p.of_incident_is_here)));
}

}  // namespace

Story tell_story(Question const& question, sim::ResultSchema const& schema, world::Narrator const& narrator, ObservedHistory const& here, ObservedHistory const* there) {
  Story story;
  story.question = question;
  rank(story, schema, narrator, here, there);
  if (!story.incidents.empty())
    story.chain = chain_of(story.incidents.front().incident, question.nation, narrator, story.chain_is_here ? here : *there);
  if (there != nullptr) story.parting = parting_of(story, narrator, here, *there);
  say(story, schema);
  return story;
}

}  // namespace app
