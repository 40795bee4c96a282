#include "sim/app/explain/fate.hpp"

#include <fmt/format.h>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/hacktivists.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/telling/names.hpp"

namespace app {

namespace {

using analysis::HistoryGraph;
using world::Arsenal;
using world::IntrusionSet;
using world::Nation;
using world::ResponseTeam;
using world::ThreatActor;

std::string date_of(sim::Time at) { return sim::to_string(sim::to_date(at)); }

// The happening of `there` that says the same at the same time, or nowhere.
std::size_t counterpart(ObservedHistory const& here, std::size_t i, ObservedHistory const& there) {
  analysis::Happening const& what = here.graph->at(i);
  auto const all = there.graph->happenings();
  auto it = std::lower_bound(all.begin(), all.end(), what.time, [](analysis::Happening const& h, sim::Time at) { return h.time < at; });
  for (; it != all.end() && it->time == what.time; ++it)
    if (it->agent == what.agent && it->kind == what.kind && it->is_row == what.is_row && it->content == what.content)
      return static_cast<std::size_t>(it - all.begin());
  return HistoryGraph::nowhere;
}

// The occasion on which a campaign was decided, or nowhere.
std::size_t occasion_of(std::uint64_t incident, world::Narrator const& narrator, ObservedHistory const& history) {
  std::uint16_t const candidate = narrator.event<ThreatActor, ThreatActor::Candidate>();
  for (std::size_t const i : history.graph->tree(incident))
    for (std::size_t at = i; at != HistoryGraph::nowhere; at = history.graph->cause(at))
      if (history.graph->at(at).kind == candidate) return at;
  return HistoryGraph::nowhere;
}

}  // namespace

IncidentFate fate_of(std::uint64_t incident, world::Narrator const& n, ObservedHistory const& history) {
  IncidentFate fate;
  std::optional<double> contained, restored_wait;
  std::optional<std::int32_t> cosigners;
  for (std::size_t const i : history.graph->tree(incident)) {
    analysis::Happening const& h = history.graph->at(i);
    if (h.kind == n.row<IntrusionSet, IntrusionSet::Discovery>() || h.kind == n.row<world::Hacktivists, IntrusionSet::Discovery>()) {
      auto const row = history.as<IntrusionSet::Discovery>(i);
      fate.happened = true;
      fate.discovered = h.time;
      fate.took_effect = row.cause == static_cast<std::int32_t>(world::Cause::effect);
      fate.severity = row.severity, fate.objective = row.objective, fate.vector = row.vector, fate.sector = row.sector, fate.cause = row.cause, fate.actor = row.actor;
      fate.dwell_days = row.dwell_days;
    } else if (h.kind == n.row<IntrusionSet, IntrusionSet::Accessed>()) {
      fate.happened = true;
      fate.vector = history.as<IntrusionSet::Accessed>(i).vector;
    } else if (h.kind == n.row<ResponseTeam, ResponseTeam::Contained>()) {
      contained = history.as<ResponseTeam::Contained>(i).days;
    } else if (h.kind == n.row<Nation, Nation::PoliticalAttribution>()) {
      fate.named = h.time;
      cosigners = history.as<Nation::PoliticalAttribution>(i).cosigners;
    }
  }
  if (auto const lost = history.service_lost.find(incident); lost != history.service_lost.end()) fate.service_lost = lost->second;
  if (!fate.happened) return fate;
  fate.words = world::recurrences(incident) > 0 ? "came back" : "got in " + world::vector_words(fate.vector);
  if (!fate.discovered) {
    fate.words += ", and nobody has found it by the end";
    return fate;
  }
  if (fate.took_effect) fate.words = fate.dwell_days > 0 ? fmt::format("{} and took effect on {}, {} later, before anybody had found it", fate.words, date_of(*fate.discovered), world::days_words(fate.dwell_days))
                                                         : fmt::format("took effect on {}", date_of(*fate.discovered));
  else fate.words += fmt::format(" and was found {} on {}, {} later", world::cause_words(fate.cause), date_of(*fate.discovered), world::days_words(fate.dwell_days));
  if (contained) fate.words += fmt::format("; contained {} after that", world::days_words(*contained));
  if (fate.service_lost >= 0.0005) fate.words += fmt::format("; it cost {:.3g} service-days", fate.service_lost);
  if (fate.named) fate.words += fmt::format("; the government named a culprit on {}, {}", date_of(*fate.named), *cosigners > 0 ? fmt::format("with {} partners", *cosigners) : std::string("alone"));
  return fate;
}

std::string why_not(std::uint64_t incident, world::Narrator const& n, ObservedHistory const& here, ObservedHistory const& there) {
  for (std::size_t const i : there.graph->tree(incident)) {
    std::uint16_t const kind = there.graph->at(i).kind;
    if (kind == n.event<IntrusionSet, IntrusionSet::Attempt>()) {
      auto const operation = there.as<IntrusionSet::Attempt>(i).operation;
      std::string const tool = operation.tool == 0 ? "" : " (" + world::tool_words(operation.tool) + ")";
      return fmt::format("the campaign came on {} {}{} and did not get in", date_of(there.graph->at(i).time), world::vector_words(operation.vector), tool);
    }
    if (kind == n.event<Arsenal, Arsenal::Request>())
      return fmt::format("the campaign was planned on {} and found no open way in", date_of(there.graph->at(i).time));
  }
  std::size_t const occasion = occasion_of(incident, n, here);
  if (occasion == HistoryGraph::nowhere) return "what led to it did not happen";
  std::string const actor = world::actor_words(n.atlas(), static_cast<int>(incident >> 48 & 0xff) - 1);
  std::size_t const same = counterpart(here, occasion, there);
  if (same == HistoryGraph::nowhere) return "the occasion to attack did not come up";
  std::uint64_t const key = there.graph->at(same).key;
  for (std::size_t i = same; i < there.graph->happenings().size() && there.graph->at(i).key == key; ++i) {
    if (there.graph->at(i).kind != n.row<ThreatActor, ThreatActor::Decided>()) continue;
    auto const decided = there.as<ThreatActor::Decided>(i);
    if (decided.deterred > 0) return fmt::format("{} had the same occasion on {} and let it pass: deterred, or drawn to other targets", actor, date_of(there.graph->at(same).time));
    return fmt::format("{} tried on the same occasion of {} and did not get in", actor, date_of(there.graph->at(same).time));
  }
  return fmt::format("{} had the same occasion on {} and did not use it", actor, date_of(there.graph->at(same).time));
}

}  // namespace app
