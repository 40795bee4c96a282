// The story of one outcome: which incident made most of it, how that came about step by step, and what became of it in the paired history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/explain/parting.hpp"
#include "sim/app/explain/observed_history.hpp"
#include "sim/app/explain/question.hpp"

namespace app {

/// One link of the chain.
struct StoryStep {
  sim::Time at;
  std::string agent;           // "type/instance"
  std::string who;             // the agent in words
  std::string event;           // kind of event or row
  std::string words;
  std::uint64_t incident = 0;
  double delay_d = 0;          // since the step that caused it, or since the step before where none in the chain did [d]; NaN for the first
  std::optional<std::size_t> cause;  // step of the chain that led to it
  analysis::Origin origin = analysis::Origin::event;  // of a first cause: what it began with
};

/// What an incident came to in one history.
struct IncidentFate {
  bool happened = false;       // got in, or was there at all
  bool took_effect = false;
  double service_lost = 0;     // of the nation in the window [service-days]
  std::optional<sim::Time> discovered, named;
  int severity = 0, objective = 0, vector = 0, sector = 0, cause = 0, actor = 0;
  double dwell_days = 0;
  std::string words;           // all of it, one sentence
};

/// An incident and its weight in the outcome.
struct StoryIncident {
  std::uint64_t incident = 0;
  std::string name;
  double share = 0;            // of the outcome, in `measure`
  IncidentFate here, there;
};

/// Where two histories part.
struct StoryParting {
  bool parts = false, changes_something = false;
  std::size_t only_here = 0, only_there = 0;
  StoryStep first;             // intervention or its news, as a rule
  bool first_is_here = true;
  StoryStep change;            // the first that is neither
  bool change_is_here = true;
  std::optional<StoryStep> reason;       // what the agent of `change` had been told in one history alone
  std::optional<StoryStep> of_incident;  // the first difference in the course of the incident that is explained
  bool of_incident_is_here = true;
};

struct Story {
  Question question;
  std::string outcome;                   // in words
  std::string measure;                   // what incidents are ranked by, and its unit
  bool ranks_differences = false;        // by what is worse here than there
  std::vector<StoryIncident> incidents;  // the heaviest first, at most 5; empty if there is none
  std::size_t incidents_in_all = 0;
  std::vector<StoryStep> chain;          // of the heaviest, first cause first
  bool chain_is_here = true;             // false: the heaviest is an incident of the other history
  std::optional<StoryParting> parting;   // empty without a pair
  std::vector<std::string> sentences;
};

/// Puts the story together; `there` is null without a pair.
Story tell_story(Question const& question, sim::ResultSchema const& schema, world::Narrator const& narrator, ObservedHistory const& here, ObservedHistory const* there);

/// The story as text, as JSON (docs/formats/explain.md) and as a drawing.
std::string story_text(Story const& story, sim::ResultSchema const& schema);
std::string story_json(Story const& story, sim::ResultSchema const& schema);
/// `command` tells the same story again.
std::string why_json(Story const& story, sim::ResultSchema const& schema, std::string const& command);
std::string story_svg(Story const& story, sim::ResultSchema const& schema);

}  // namespace app
