#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

constexpr double largest_jump = 3;  // of the log rate: 20 times as many campaigns

// The actor that attacks; a state, which does not attack itself.
void read_actor(TableReader& table, StudyCrisis& crisis, StudyParts& parts) {
  auto const& actors = parts.world->actors;
  auto const actor = table.text("actor", required("actor = \"" + actors.front() + "\""));
  if (!actor) return;
  crisis.actor = *actor;
  if (std::find(actors.begin(), actors.end(), *actor) == actors.end())
    parts.issues.add(table.where("actor"), "unknown actor " + shown(*actor), "known: " + listed(actors), did_you_mean(*actor, actors, "use a known one"));
  else if (crisis.actor == crisis.nation)
    parts.issues.add(table.where("actor"), shown(*actor) + " is in crisis with itself", "a crisis is between two states", "name another actor or nation");
}

void read_date(TableReader& table, StudyCrisis& crisis, StudyParts& parts) {
  auto const from = table.date("from", required("from = 2026-05-20"));
  crisis.from = from.value_or(Date{});
  if (from && parts.start && *from < *parts.start)
    parts.issues.add(table.where("from"), "a crisis begins on " + to_string(*from) + ", before the start",
                     "the history begins on " + to_string(*parts.start), "choose a later date, or an earlier start in [time]");
  if (from && parts.end && *from >= *parts.end)
    parts.issues.add(table.where("from"), "a crisis begins on " + to_string(*from) + ", not before the end",
                     "the history ends on " + to_string(*parts.end), "choose an earlier date, or remove it");
}

void read_jump(TableReader& table, StudyCrisis& crisis, StudyParts& parts) {
  crisis.jump = table.number("jump", optional_key("jump = 1.0"));
  if (crisis.jump && !(*crisis.jump > 0 && *crisis.jump <= largest_jump))
    parts.issues.add(table.where("jump"), shortest_number(*crisis.jump) + " is out of range for \"jump\" in [[crises]]",
                     "above 0 to " + shortest_number(largest_jump) + " is accepted", "choose a number within them");
}

}  // namespace

void read_crises(TableReader& root, StudyParts& parts) {
  auto tables = root.tables("crises", optional_key("[[crises]]"));
  if (tables.empty()) return;
  if (parts.world->actors.empty()) {
    parts.issues.add(tables.front().where(), "the study names a crisis", "no actor of the world " + shown(parts.world->name) + " has any", "remove [[crises]]");
    return;
  }
  for (auto const& [name, on] : parts.study.behaviours)
    if (name == "crises" && !on)
      parts.issues.add(tables.front().where(), "the study names a crisis", "crises = false in [behaviour] switches all of them off", "remove one of the two");
  for (auto& table : tables) {
    StudyCrisis crisis;
    if (auto const nation = table.text("nation", required("nation = \"JPN\""))) {
      crisis.nation = *nation;
      check_nation(parts, *nation, table.where("nation"));
    }
    read_actor(table, crisis, parts);
    read_date(table, crisis, parts);
    read_jump(table, crisis, parts);
    table.finish();
    auto const same = [&](StudyCrisis const& other) { return other.actor == crisis.actor && other.nation == crisis.nation && other.from == crisis.from; };
    if (!crisis.actor.empty() && std::any_of(parts.study.crises.begin(), parts.study.crises.end(), same))
      parts.issues.add(table.where(), "repeated crisis of " + shown(crisis.actor) + " and " + shown(crisis.nation), "it begins on the same day", "remove one of them");
    parts.study.crises.push_back(std::move(crisis));
  }
  if (parts.study.crises.size() > 1000)
    parts.issues.add(root.where("crises"), std::to_string(parts.study.crises.size()) + " crises are too many", "at most 1000 are accepted", "remove some");
}

}  // namespace sim
