#include "sim/app/explain/chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/hacktivists.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/organisation/organisation.hpp"
#include "models/world/telling/names.hpp"

namespace app {

namespace {

using analysis::HistoryGraph;
using analysis::Origin;
using world::Arsenal;
using world::IntrusionSet;
using world::Nation;
using world::ResponseTeam;
using world::Sector;

constexpr std::size_t most_cascades = 3;

/// Gathers the links of one incident.
class Chain {
 public:
  Chain(world::Narrator const& narrator, ObservedHistory const& history) : n_(narrator), h_(history), graph_(*history.graph) {}

  void add_incident(std::uint64_t incident, std::size_t nation) {
    std::size_t cascades = 0, last_level = HistoryGraph::nowhere;
    for (std::size_t const i : graph_.tree(incident)) {
      std::uint16_t const kind = graph_.at(i).kind;
      if (kind == n_.row<Sector, Sector::ServiceLevel>() && static_cast<std::size_t>(h_.as<Sector::ServiceLevel>(i).nation) == nation) last_level = i;
      if (kind == n_.row<Sector, Sector::Cascade>() && (static_cast<std::size_t>(h_.as<Sector::Cascade>(i).nation) != nation || ++cascades > most_cascades)) continue;
      if (is_milestone(kind)) add_with_causes(i);
      else if (is_of_response(kind)) links_.insert({i, {i, 0, Origin::event}});
      if (kind == n_.event<IntrusionSet, IntrusionSet::Attempt>()) add_origin_of(h_.as<IntrusionSet::Attempt>(i).operation.tool, graph_.at(i).time);
    }
    if (last_level != HistoryGraph::nowhere) links_.insert({last_level, {last_level, 0, Origin::event}});
  }

  std::vector<StoryStep> steps() const {
    std::set<std::uint64_t> told;  // keys of events that a row tells better
    for (auto const& [i, link] : links_)
      if (graph_.at(i).is_row) told.insert(graph_.at(i).key);
    std::vector<StoryStep> steps;
    std::vector<std::size_t> shown;
    for (auto const& [i, link] : links_) {
      bool const is_first = link.origin != Origin::event;
      if (!graph_.at(i).is_row && !is_first && told.contains(graph_.at(i).key) && !speaks_for_itself(i)) continue;
      if (is_access_row(i)) continue;  // the attempt tells
      StoryStep step = step_of(i, n_, h_);
      step.origin = link.origin;
      step.words += also(i, link);
      step.cause = cause_of(i, shown);
      if (!shown.empty()) step.delay_d = sim::in_days(step.at - graph_.at(step.cause ? shown[*step.cause] : shown.back()).time);
      steps.push_back(std::move(step));
      shown.push_back(i);
    }
    return steps;
  }

 private:
  bool is_milestone(std::uint16_t kind) const {
    for (std::uint16_t const one :
         {n_.row<IntrusionSet, IntrusionSet::Accessed>(), n_.row<IntrusionSet, IntrusionSet::Discovery>(), n_.row<world::Hacktivists, IntrusionSet::Discovery>(),
          n_.row<Sector, Sector::Damaged>(), n_.row<Sector, Sector::Cascade>(), n_.row<Nation, Nation::TechnicalAttribution>(),
          n_.row<Nation, Nation::PoliticalAttribution>(), n_.event<Arsenal, Arsenal::Disclosed>()})
      if (kind == one) return true;
    return false;
  }
  // What a response team does is sent by the case whose end freed the server: that case is no cause of the incident.
  bool is_of_response(std::uint16_t kind) const {
    return kind == n_.row<ResponseTeam, ResponseTeam::Contained>() || kind == n_.row<ResponseTeam, ResponseTeam::Aided>() || kind == n_.row<Sector, Sector::Restoring>();
  }
  bool speaks_for_itself(std::size_t i) const {
    std::uint16_t const kind = graph_.at(i).kind;
    return kind == n_.event<IntrusionSet, IntrusionSet::Attempt>() || kind == n_.event<Arsenal, Arsenal::Request>() ||
           kind == n_.event<world::Organisation, world::Organisation::Indicator>();
  }
  bool is_access_row(std::size_t i) const { return graph_.at(i).kind == n_.row<IntrusionSet, IntrusionSet::Accessed>(); }

  void add_with_causes(std::size_t i) {
    for (analysis::Link const& link : graph_.chain(i)) {
      links_.insert({link.at, link});
      std::uint64_t const incident = graph_.at(link.at).incident;
      if (link.at != i && incident != 0) foreign(link.at);
    }
  }
  // What was discovered where another incident led to this one.
  void foreign(std::size_t i) {
    std::uint64_t const key = graph_.at(i).key;
    for (std::size_t at = i + 1; at < graph_.happenings().size() && graph_.at(at).key == key; ++at) {
      std::uint16_t const kind = graph_.at(at).kind;
      if (graph_.at(at).is_row && is_milestone(kind)) links_.insert({at, {at, 0, Origin::event}});
    }
  }
  // Where a zero-day comes from.
  void add_origin_of(std::uint32_t tool, sim::Time used) {
    if (tool == 0 || world::kind_of(tool) != world::ToolKind::zero_day) return;
    std::uint32_t const number = tool & ((1U << world::tool_kind_shift) - 1);
    std::string const& code = n_.atlas().actors[(tool >> world::tool_actor_shift) - 1].code;
    std::string const arsenal = fmt::format("arsenal/{}/{}", code, world::platform_of(tool));
    for (std::size_t i = 0; i < graph_.happenings().size() && graph_.at(i).time < used; ++i) {
      if (graph_.at(i).kind != n_.event<Arsenal, Arsenal::Acquisition>() || h_.agent(i) != arsenal || h_.as<Arsenal::Acquisition>(i).number != number) continue;
      add_with_causes(i);
      return;
    }
  }

  std::string also(std::size_t i, analysis::Link const& link) const {
    std::string text;
    analysis::Happening const& what = graph_.at(i);
    if (what.kind == n_.event<IntrusionSet, IntrusionSet::Attempt>()) {
      auto const operation = h_.as<IntrusionSet::Attempt>(i).operation;
      auto const patch = h_.patch_days.find(what.parent);
      if (operation.tool != 0 && world::kind_of(operation.tool) == world::ToolKind::known_flaw && patch != h_.patch_days.end()) {
        double const age = n_.day(what.time) - patch->second;
        text += age >= 0 ? fmt::format("; the patch had been out for {}", world::days_words(age)) : fmt::format("; the patch came out {} later", world::days_words(-age));
      }
      for (std::size_t at = i + 1; at < graph_.happenings().size() && graph_.at(at).key == what.key; ++at)
        if (is_access_row(at) || graph_.at(at).kind == n_.row<IntrusionSet, IntrusionSet::Discovery>()) {
          text += "; it gets in";
          break;
        }
    }
    if (link.origin == Origin::beginning && link.earlier > 0) text += fmt::format(" (of a calendar that runs since the beginning, {} before it)", link.earlier);
    else if (link.origin == Origin::beginning) text += " (from what the agent began with)";
    return text;
  }

  // The nearest cause that is shown, by itself or by a row of its; of what a response team does, the discovery.
  std::optional<std::size_t> cause_of(std::size_t i, std::vector<std::size_t> const& shown) const {
    auto const shown_as = [&](std::size_t at) -> std::optional<std::size_t> {
      for (std::size_t k = shown.size(); k-- > 0;)
        if (shown[k] == at || (shown[k] != i && graph_.at(shown[k]).key == graph_.at(at).key)) return k;
      return {};
    };
    if (is_of_response(graph_.at(i).kind)) {
      for (std::size_t k = shown.size(); k-- > 0;)
        if (graph_.at(shown[k]).kind == n_.row<IntrusionSet, IntrusionSet::Discovery>() && graph_.at(shown[k]).incident == graph_.at(i).incident) return k;
      return {};
    }
    for (std::size_t at = i; at != HistoryGraph::nowhere; at = graph_.cause(at))
      if (auto const k = shown_as(at)) return k;
    return {};
  }

  world::Narrator const& n_;
  ObservedHistory const& h_;
  HistoryGraph const& graph_;
  std::map<std::size_t, analysis::Link> links_;  // by position: in the order of time
};

}  // namespace

StoryStep step_of(std::size_t i, world::Narrator const& narrator, ObservedHistory const& history) {
  analysis::Happening const& what = history.graph->at(i);
  StoryStep step;
  step.at = what.time;
  step.agent = history.agent(i);
  step.who = world::agent_words(narrator.atlas(), step.agent);
  step.event = narrator.kinds()[what.kind].name;
  step.words = narrator.words(what.kind, history.said(i)) + (what.origin == Origin::intervention ? " (an intervention of the study)" : "");
  step.incident = what.incident;
  step.delay_d = std::numeric_limits<double>::quiet_NaN();
  step.origin = what.origin;
  return step;
}

std::vector<StoryStep> chain_of(std::uint64_t incident, std::size_t nation, world::Narrator const& narrator, ObservedHistory const& history) {
  Chain chain(narrator, history);
  chain.add_incident(incident, nation);
  return chain.steps();
}

}  // namespace app
