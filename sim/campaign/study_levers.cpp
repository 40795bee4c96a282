#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

void read_action(TableReader& table, Intervention& lever, StudyParts& parts) {
  auto const& actions = parts.vocabulary.actions;
  auto const action = table.text("action", required("action = \"membership\""));
  if (!action) return;
  lever.action = *action;
  if (!find_named(actions, *action))
    parts.issues.add(table.where("action"), "unknown action " + shown(*action), "known: " + listed(names_of(actions)),
                     did_you_mean(*action, names_of(actions), "use a known one"));
}

/// True if the action has nations; else reports that the lever names some.
bool check_needed(TableReader& table, char const* key, Intervention const& lever, ActionName const* action, StudyParts& parts) {
  if (!action || action->needs_nation) return true;
  parts.issues.add(table.where(key), "lever " + shown(lever.lever) + " names a nation", "the action " + shown(action->name) + " is of the organisation alone", "remove it");
  return false;
}

/// Takes a nation of a lever into focus, unless the study says which are; reports an unknown one.
void focus(std::string const& nation, Position where, StudyParts& parts) {
  auto& focal = parts.study.focal;
  bool const known = check_nation(parts, nation, where);
  if (known && !parts.focal_given && std::find(focal.begin(), focal.end(), nation) == focal.end()) focal.push_back(nation);
}

// The nation that acts; an action of the organisation itself has none.
void read_nation(TableReader& table, Intervention& lever, StudyParts& parts) {
  auto const* const action = find_named(parts.vocabulary.actions, lever.action);
  bool const needed = !action || action->needs_nation;
  auto const nation = table.text("nation", {"nation = \"JPN\"", needed && !table.has("nations")});
  if (nation && check_needed(table, "nation", lever, action, parts)) {
    lever.nation = *nation;
    focus(*nation, table.where("nation"), parts);
  }
}

/// The nations of a group of levers, one for each; empty where the table is a single lever, or after an issue.
std::vector<Located<std::string>> read_nations(TableReader& table, Intervention const& lever, StudyParts& parts) {
  auto const given = table.texts("nations", optional_key("nations = [\"EST\", \"LVA\"]"));
  if (!given || !check_needed(table, "nations", lever, find_named(parts.vocabulary.actions, lever.action), parts)) return {};
  if (table.has("nation"))
    parts.issues.add(table.where("nations"), "lever " + shown(lever.lever) + " has both nation and nations", "\"nations\" stands for a lever for each", "keep one of them");
  if (given->empty())
    parts.issues.add(table.where("nations"), "lever " + shown(lever.lever) + " is of no nation", "\"nations\" stands for a lever for each", "name some");
  for (auto const& nation : *given) focus(nation.value, nation.where, parts);
  return *given;
}

// What ends an organisation ends it for good, and once.
void check_ending(TableReader& table, std::vector<Intervention> const& levels, StudyParts& parts) {
  auto const& lever = levels.front();
  auto const* const action = find_named(parts.vocabulary.actions, lever.action);
  if (!action || action->needs_nation) return;
  if (std::any_of(levels.begin(), levels.end(), [](auto const& level) { return level.to != never; }))
    parts.issues.add(table.where("to"), "lever " + shown(lever.lever) + " has an end", "an organisation that is dissolved does not come back", "remove it");
  auto const same = [&](StudyLever const& other) { return other.levels.front().action == lever.action; };
  if (std::any_of(parts.study.levers.begin(), parts.study.levers.end(), same))
    parts.issues.add(table.where("action"), "two levers dissolve an organisation", "a study can hold one", "split it into two studies");
}

/// The organisation the lever names; null if it needs none or after an issue.
OrganisationName const* read_organisation(TableReader& table, Intervention& lever, StudyParts& parts) {
  auto const* const action = find_named(parts.vocabulary.actions, lever.action);
  bool const needed = action && action->needs_organisation;
  KeyRule const rule{"organisation = \"CCDCOE\"", needed};
  auto const name = table.text("organisation", rule);
  if (!name) return nullptr;
  if (action && !needed) {
    parts.issues.add(table.where("organisation"), "lever " + shown(lever.lever) + " names an organisation",
                     "the action " + shown(action->name) + " is a policy of the nation alone", "remove it");
    return nullptr;
  }
  lever.organisation = *name;
  auto const* const organisation = find_named(parts.world->organisations, *name);
  if (!organisation) {
    auto const known = names_of(parts.world->organisations);
    auto const [problem, reason, advice, world] = foreign_organisation(parts.vocabulary, *parts.world, *name)
                                               .value_or(Objection{"unknown organisation " + shown(*name), "known: " + listed(known),
                                                                   did_you_mean(*name, known, "use a known one")});
    parts.issues.add(table.where("organisation"), problem, reason, advice);
    return nullptr;
  }
  auto const& offers = organisation->actions;
  if (action && std::find(offers.begin(), offers.end(), action->name) == offers.end())
    parts.issues.add(table.where("action"), organisation->name + " offers no " + action->name,
                     offers.empty() ? "it offers nothing a study can move" : "it offers " + listed(offers),
                     "choose another action or organisation");
  return organisation;
}

/// Reports levers that lie within an unknown one, or within themselves; `places` says where each lever's "within" stands.
void check_nesting(std::vector<Position> const& places, StudyParts& parts) {
  auto const& levers = parts.study.levers;
  auto const names = names_of(levers);
  for (std::size_t i = 0; i < levers.size(); ++i) {
    if (levers[i].within.empty()) continue;
    auto const where = places[i];
    auto const* outer = &levers[i];
    for (std::size_t steps = 0; outer && !outer->within.empty() && steps <= levers.size(); ++steps)
      outer = find_named(levers, outer->within);
    if (!find_named(levers, levers[i].within))
      parts.issues.add(where, "unknown lever " + shown(levers[i].within), "known: " + listed(names),
                       did_you_mean(levers[i].within, names, "add it as [[levers]]"));
    else if (outer && !outer->within.empty())
      parts.issues.add(where, "lever " + shown(levers[i].name) + " lies within itself",
                       "\"within\" leads from it in a circle", "remove one \"within\"");
  }
}

StudyLever read_name(TableReader& table, StudyParts& parts) {
  StudyLever lever;
  auto const name = table.text("name", required("name = \"membership\""));
  if (!name) return lever;
  lever.name = *name;
  check_name(parts, *name, table.where("name"));
  if (*name == "none")
    parts.issues.add(table.where("name"), "a lever cannot be called \"none\"", "that is the treatment without levers",
                     "choose another name");
  else if (find_named(parts.study.levers, *name))
    parts.issues.add(table.where("name"), "repeated lever " + shown(*name), "names tell levers apart",
                     "choose another name");
  return lever;
}

/// A copy of a group's lever for one of its nations.
StudyLever lever_of(StudyLever lever, Located<std::string> const& nation, StudyParts& parts) {
  lever.name += "." + nation.value;
  for (auto& level : lever.levels) level.lever = lever.name, level.nation = nation.value;
  if (find_named(parts.study.levers, lever.name))
    parts.issues.add(nation.where, "repeated lever " + shown(lever.name), "names tell levers apart", "choose another name");
  return lever;
}

}  // namespace

void read_levers(TableReader& root, StudyParts& parts) {
  std::vector<Position> places;  // of "within", for each lever
  for (auto& table : root.tables("levers", optional_key("[[levers]]"))) {
    StudyLever lever = read_name(table, parts);
    Intervention common{.lever = lever.name};
    read_action(table, common, parts);
    read_nation(table, common, parts);
    auto const nations = read_nations(table, common, parts);
    auto const* const organisation = read_organisation(table, common, parts);
    bool const recorded = read_recorded(table, common, parts);
    if (recorded) common.to = never, lever.levels = {common};
    else lever.levels = read_levels(table, common, organisation, parts);
    lever.within = table.text("within", optional_key("within = \"membership\"")).value_or("");
    check_ending(table, lever.levels, parts);
    table.finish();
    std::vector<std::pair<StudyLever, Position>> made;
    for (auto const& nation : nations) made.emplace_back(lever_of(lever, nation, parts), nation.where);
    if (nations.empty()) made.emplace_back(std::move(lever), table.where(table.has("nation") ? "nation" : "nations"));
    for (auto& [one, where] : made) {
      if (recorded && organisation) take_from_record(one.levels.front(), where, parts);
      parts.study.levers.push_back(std::move(one));
      parts.lever_places.push_back(table.where());
      places.push_back(table.where("within"));
    }
  }
  check_nesting(places, parts);
  check_withdrawals(parts);
  if (parts.study.levers.size() > 1000)
    parts.issues.add(root.where("levers"), std::to_string(parts.study.levers.size()) + " levers are too many",
                     "1 to 1000 are accepted", "split the study");
}

}  // namespace sim
