#include <fmt/format.h>

#include <algorithm>

#include "models/world/scenario.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/describe/agent_table.hpp"
#include "sim/app/describe/describe_formats.hpp"

namespace app {

namespace {

std::string level(sim::ResponseName const& response) { return response.per_nation ? "per nation" : "of the world"; }

Table factors(std::vector<sim::ParameterInfo> const& infos) {
  Table table{"parameters", {"name", "unit", "prior", "minimum", "maximum", "grade", "meaning", "source"}, {}, {"minimum", "maximum"}};
  for (sim::ParameterInfo const& info : infos) {
    table.rows.push_back({info.name, info.unit, to_string(info.prior), fmt::format("{}", info.minimum),
                          fmt::format("{}", info.maximum), std::string(1, static_cast<char>(info.grade)), info.meaning,
                          info.source});
  }
  return table;
}

Table mechanisms(std::vector<sim::MechanismName> const& names) {
  Table table{"mechanisms", {"name", "available", "meaning"}, {}};
  for (auto const& name : names) table.rows.push_back({name.name, name.available ? "yes" : "no", name.meaning});
  return table;
}

Table behaviours(std::vector<sim::BehaviourName> const& names) {
  Table table{"behaviour", {"name", "standard", "meaning while it is on"}, {}};
  for (auto const& name : names) table.rows.push_back({name.name, name.standard ? "on" : "off", name.meaning});
  return table;
}

Table actions(std::vector<sim::ActionName> const& names) {
  Table table{"levers", {"action", "needs nation", "needs organisation", "meaning"}, {}};
  for (auto const& name : names) table.rows.push_back({name.name, name.needs_nation ? "yes" : "no", name.needs_organisation ? "yes" : "no", name.meaning});
  return table;
}

Table responses(std::string const& title, std::vector<sim::ResponseName> const& names) {
  Table table{title, {"name", "unit", "level", "worse when", "definition"}, {}};
  for (auto const& name : names) {
    table.rows.push_back({name.name, name.unit, level(name), name.higher_is_worse ? "higher" : "lower", name.definition});
  }
  return table;
}

Table rare_event_levels(std::vector<sim::LevelName> const& names) {
  Table table{"levels of rare events", {"name", "unit", "begins at", "at most", "level", "definition"}, {}, {"begins at", "at most"}};
  for (auto const& name : names) {
    table.rows.push_back({name.name, name.unit, fmt::format("{}", name.minimum), fmt::format("{}", name.maximum),
                          name.per_nation ? "per nation" : "of the world", name.definition});
  }
  return table;
}

Table organisations(std::vector<sim::OrganisationName> const& names) {
  Table table{"organisations", {"name", "founded", "levers from", "levers", "statuses"}, {}};
  for (auto const& name : names) {
    table.rows.push_back({name.name, name.founded, to_string(name.earliest),
                          fmt::format("{}", fmt::join(name.actions, ", ")),
                          fmt::format("{}", fmt::join(name.statuses, ", "))});
  }
  return table;
}

Table nations(std::vector<sim::NationName> const& names) {
  Table table{"nations", {"code", "name"}, {}};
  for (auto const& name : names) table.rows.push_back({name.code, name.name});
  return table;
}

Table actors(sim::WorldName const& world) {
  Table table{"actors", {"code", "state"}, {}};
  for (auto const& code : world.actors) {
    auto const nation = std::find_if(world.nations.begin(), world.nations.end(), [&](auto const& n) { return n.code == code; });
    table.rows.push_back({code, nation == world.nations.end() ? code : nation->name});
  }
  return table;
}

Table worlds(std::vector<sim::WorldName> const& names) {
  Table table{"worlds", {"name", "nations", "organisations", "meaning"}, {}, {"nations", "organisations"}};
  for (auto const& name : names)
    table.rows.push_back({name.name, std::to_string(name.nations.size()), std::to_string(name.organisations.size()), name.meaning});
  return table;
}

Table prior_sets(std::vector<sim::PriorSetName> const& sets) {
  Table table{"prior sets", {"name", "meaning", "priors it changes"}, {}};
  for (auto const& set : sets) {
    std::string changed;
    for (auto const& [name, prior] : set.changed) {
      changed += (changed.empty() ? "" : ", ") + name + " = " + to_string(prior);
    }
    table.rows.push_back({set.name, set.meaning, changed});
  }
  return table;
}

Table options(std::vector<sim::OptionName> const& names) {
  Table table{"options", {"name", "unit", "default", "minimum", "maximum", "meaning"}, {}, {"default", "minimum", "maximum"}};
  for (auto const& name : names) {
    table.rows.push_back({name.name, name.unit, fmt::format("{}", name.standard), fmt::format("{}", name.minimum),
                          fmt::format("{}", name.maximum), name.meaning});
  }
  return table;
}

Table state_variables(std::vector<sim::AgentName> const& agents) {
  Table table{"state variables", {"agent", "variable", "unit", "meaning"}, {}};
  for (auto const& agent : agents) {
    if (agent.state.empty()) table.rows.push_back({agent.name, "none", "1", "it remembers nothing"});
    for (auto const& variable : agent.state) table.rows.push_back({agent.name, variable.name, variable.unit, variable.meaning});
  }
  return table;
}

Table events(std::vector<sim::AgentEvents> const& agents) {
  Table table{"events", {"event", "handled by", "meaning"}, {}};
  for (auto const& agent : agents)
    for (auto const& [event, meaning] : agent.meanings) table.rows.push_back({event, agent.agent, meaning});
  return table;
}

Table dose_weights(std::vector<sim::DoseWeightName> const& weights) {
  Table table{"dose weights", {"organisation", "flag", "mechanism", "weight", "grade", "source"}, {}, {"weight"}};
  for (auto const& w : weights) table.rows.push_back({w.organisation, w.flag, w.mechanism, fmt::format("{}", w.weight), w.grade, w.source});
  return table;
}

}  // namespace

Exit describe(DescribeOptions const& format) {
  sim::StudyVocabulary const& words = world::vocabulary();
  sim::WorldName const& world = sim::world_named(words, format.world);
  std::vector<Table> const tables{agent_table(words, world),
                                  state_variables(words.agents),
                                  events(words.events),
                                  worlds(words.worlds),
                                  mechanisms(words.mechanisms),
                                  behaviours(words.behaviours),
                                  actions(words.actions),
                                  organisations(world.organisations),
                                  dose_weights(world.weights),
                                  nations(world.nations),
                                  actors(world),
                                  responses("responses", words.responses),
                                  responses("series", words.series),
                                  rare_event_levels(words.levels),
                                  options(words.options),
                                  prior_sets(words.prior_sets),
                                  factors(words.factors)};
  print(format.format == "json" ? as_json(tables) : format.format == "md" ? as_markdown(tables) : as_text(tables));
  return Exit::done;
}

}  // namespace app
