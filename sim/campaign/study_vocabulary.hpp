// What a model lets a study name: worlds with nations and organisations, actions, mechanisms, factors, responses; plain data.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/fields.hpp"
#include "sim/base/time.hpp"

namespace sim {

/// A nation a study may name.
struct NationName {
  std::string code;  // ISO 3166 alpha-3; of a fictional nation one that ISO leaves to private use
  std::string name;  // English
};

/// An organisation whose levers a study may move.
struct OrganisationName {
  std::string name;
  std::string founded;               // YYYY-MM-DD, or YYYY where no day is certain
  Date earliest;                     // no lever may act earlier: the day of founding or the first recorded membership
  std::vector<std::string> actions;  // of StudyVocabulary::actions, those this organisation offers
  std::vector<std::string>
      statuses;  // of membership, the first is the default, e.g. {"CP", "SN"}; empty if it has none
};

/// "it was founded on 2008-05-14", or why `earliest` is another day.
std::string founding_of(OrganisationName const& organisation);

/// A membership of the record, which a lever of the same nation and organisation replaces.
struct RecordedMembership {
  std::string nation, organisation;
  Date from;
  Date to{9999, 12, 31};  // first day after it; that day: it lasts
  std::string status = {};  // empty where the organisation has no kinds of members
};

/// How strongly a flag at an organisation carries a mechanism.
struct DoseWeightName {
  std::string organisation, flag, mechanism;
  double weight = 0;  // 0 to 1
  std::string grade, source;
};

/// A world of the model and what a study of it may name.
struct WorldName {
  std::string name;     // value of scenario.world
  std::string meaning;  // one sentence
  std::string centre;   // what a new study joins unless told otherwise
  std::vector<NationName> nations;
  std::vector<OrganisationName> organisations;
  std::vector<RecordedMembership> memberships;
  std::vector<DoseWeightName> weights;
  std::vector<std::string> actors;  // that a crisis may name; empty: this world has no crises
};

/// A kind of lever.
struct ActionName {
  std::string name;                // liaison, exercise, membership, withdrawal, attribution_policy, dissolution
  std::string meaning;             // one sentence
  bool needs_organisation = true;  // false: a policy of the nation alone
  bool needs_nation = true;        // false: the end of the organisation itself, for good
};

/// A mechanism that a study may switch.
struct MechanismName {
  std::string name;       // M1 ... M10
  std::string meaning;    // one sentence
  bool available = true;  // false: known, but this build cannot switch it on
};

/// A rule of the model's agents that a study may switch, whatever the mechanisms.
struct BehaviourName {
  std::string name;
  std::string meaning;    // one sentence, of what is so while it is on
  bool standard = true;   // where the study is silent
};

/// A named set of priors; parameters not in `changed` keep the prior of StudyVocabulary::factors.
struct PriorSetName {
  std::string name;
  std::string meaning;
  std::vector<std::pair<std::string, Distribution>> changed;
};

/// A number in [scenario] besides the world's name.
struct OptionName {
  std::string name;
  std::string unit;
  double minimum = 0;
  double maximum = 0;
  double standard = 0;  // where the study is silent
  bool is_integer = false;
  std::string meaning;
};

/// A response or series that a study may request; windows come from the study.
struct ResponseName {
  std::string name;
  std::string unit;
  std::string definition;
  bool per_nation = true;
  bool higher_is_worse = true;
  bool is_control = false;  // a control variate: measured only where a study asks for it, its mean is 0 everywhere
};

/// A level of which a study may declare a rare event; it never falls while a history goes on.
struct LevelName {
  std::string name;
  std::string unit;
  std::string definition;
  double minimum = 0;  // where every history begins
  double maximum = 0;  // the highest that can be reached
  bool per_nation = true;
};

/// A variable of an agent's state.
struct VariableName {
  std::string name, unit, meaning;
};

/// A kind of agent and what it remembers.
struct AgentName {
  std::string name, meaning;
  std::vector<VariableName> state;
};

/// The events that a kind of agent handles, with their meanings.
struct AgentEvents {
  std::string agent;
  std::vector<std::pair<std::string, std::string>> meanings;  // event, meaning
};

/// Everything a study may name, given by the model; the order is kept in defaults and in the resolved study.
struct StudyVocabulary {
  std::vector<WorldName> worlds;  // at least one; the first is the default
  std::vector<OptionName> options;
  std::vector<ActionName> actions;
  std::vector<MechanismName> mechanisms;
  std::vector<BehaviourName> behaviours;
  std::vector<ParameterInfo> factors;
  std::vector<PriorSetName> prior_sets;  // the first is the default
  std::vector<ResponseName> responses;
  std::vector<ResponseName> series;
  std::vector<LevelName> levels;         // of rare events
  std::vector<AgentName> agents;         // of the model; no study names them
  std::vector<AgentEvents> events;       // of the same
  Date data_from;  // no study starts earlier
  Date data_to;    // no study ends later
};

/// The world of that name, the first for an empty one; Error with those that exist for any other.
WorldName const& world_named(StudyVocabulary const& vocabulary, std::string_view name);

}  // namespace sim
