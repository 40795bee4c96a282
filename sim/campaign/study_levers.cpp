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

// The nation that acts; an action of the organisation itself has none.
void read_nation(TableReader& table, Intervention& lever, StudyParts& parts) {
  auto const* const action = find_named(parts.vocabulary.actions, lever.action);
  bool const needed = !action || action->needs_nation;
  auto const nation = table.text("nation", {"nation = \"JPN\"", needed});
  if (!nation) return;
  if (!needed) {
    parts.issues.add(table.where("nation"), "lever " + shown(lever.lever) + " names a nation", "the action " + shown(action->name) + " is of the organisation alone", "remove it");
    return;
  }
  lever.nation = *nation;
  auto& focal = parts.study.focal;
  bool const known = check_nation(parts, *nation, table.where("nation"));
  if (known && !parts.focal_given && std::find(focal.begin(), focal.end(), *nation) == focal.end()) focal.push_back(*nation);
}

// What ends an organisation ends it for good, and once.
void check_ending(TableReader& table, Intervention const& lever, StudyParts& parts) {
  auto const* const action = find_named(parts.vocabulary.actions, lever.action);
  if (!action || action->needs_nation) return;
  if (lever.to != never)
    parts.issues.add(table.where("to"), "lever " + shown(lever.lever) + " has an end", "an organisation that is dissolved does not come back", "remove it");
  auto const same = [&](Intervention const& other) { return other.action == lever.action; };
  if (std::any_of(parts.study.levers.begin(), parts.study.levers.end(), same))
    parts.issues.add(table.where("action"), "two levers dissolve an organisation", "a study can hold one", "split it into two studies");
}

void read_status(TableReader& table, Intervention& lever, OrganisationName const* organisation, StudyParts& parts) {
  auto const status = table.text("status", optional_key("status = \"CP\""));
  if (lever.action == "membership" && organisation && !organisation->statuses.empty()) {
    auto const& known = organisation->statuses;
    lever.status = status.value_or(known.front());
    if (std::find(known.begin(), known.end(), lever.status) == known.end())
      parts.issues.add(table.where("status"), "unknown status " + shown(lever.status),
                       organisation->name + " knows " + listed(known),
                       did_you_mean(lever.status, known, "use a known one"));
  } else if (status && find_named(parts.vocabulary.actions, lever.action) &&
             (organisation || lever.action != "membership")) {
    // Of an unknown action or organisation nobody can tell whether it has a status.
    parts.issues.add(table.where("status"), "lever " + shown(lever.lever) + " has a status",
                     "only membership of an organisation with kinds of members has one", "remove it");
  }
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

void read_dates(TableReader& table, Intervention& lever, OrganisationName const* organisation, StudyParts& parts) {
  auto const from = table.date("from", required("from = 2022-11-04"));
  auto const to = table.date("to", optional_key("to = 2027-01-01"));
  lever.from = from.value_or(Date{});
  lever.to = to.value_or(never);
  auto const name = "lever " + shown(lever.lever);
  if (from && to && *to <= *from)
    parts.issues.add(table.where("to"), name + " ends on " + to_string(*to) + ", not after it begins",
                     "it begins on " + to_string(*from), "choose a later end, or remove it for no end");
  if (from && organisation && *from < organisation->earliest) {
    parts.issues.add(table.where("from"),
                     name + " begins on " + to_string(*from) + ", before " + organisation->name + " existed",
                     founding_of(*organisation), "choose " + to_string(organisation->earliest) + " or later");
  } else if (from && parts.record_from && *from < *parts.record_from) {
    parts.issues.add(table.where("from"), name + " begins on " + to_string(*from) + ", before recording begins",
                     "all treatments share the history until " + to_string(*parts.record_from),
                     "choose a later date, or an earlier start in [time]");
  }
}

}  // namespace

void read_levers(TableReader& root, StudyParts& parts) {
  for (auto& table : root.tables("levers", optional_key("[[levers]]"))) {
    Intervention lever;
    if (auto const name = table.text("name", required("name = \"membership\""))) {
      lever.lever = *name;
      check_name(parts, *name, table.where("name"));
      auto const same = [&](Intervention const& other) { return other.lever == *name; };
      if (*name == "none")
        parts.issues.add(table.where("name"), "a lever cannot be called \"none\"",
                         "that is the treatment without levers", "choose another name");
      else if (std::any_of(parts.study.levers.begin(), parts.study.levers.end(), same))
        parts.issues.add(table.where("name"), "repeated lever " + shown(*name), "names tell levers apart",
                         "choose another name");
    }
    read_action(table, lever, parts);
    read_nation(table, lever, parts);
    auto const* const organisation = read_organisation(table, lever, parts);
    read_status(table, lever, organisation, parts);
    read_dates(table, lever, organisation, parts);
    check_ending(table, lever, parts);
    table.finish();
    parts.study.levers.push_back(std::move(lever));
    parts.lever_places.push_back(table.where());
  }
  if (parts.study.levers.size() > 1000)
    parts.issues.add(root.where("levers"), std::to_string(parts.study.levers.size()) + " levers are too many",
                     "1 to 1000 are accepted", "split the study");
}

}  // namespace sim
