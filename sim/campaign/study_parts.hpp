// Inside of the study reader: one function per part of the file, all adding to the same study and issues.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/campaign/study.hpp"
#include "sim/config/reader.hpp"

namespace sim {

/// What the parts share while a study is read. With issues the study is incomplete and thrown away.
struct StudyParts {
  StudyVocabulary const& vocabulary;
  Issues& issues;
  Study& study;
  WorldName const* world = &vocabulary.worlds.front();  // of the study; of a misspelt one the nearest
  std::vector<Position> lever_places;  // where each lever was opened
  std::optional<Date> start;           // empty if it cannot be told
  std::optional<Date> record_from;     // empty if it cannot be told
  std::optional<Date> end;             // empty if it cannot be told
  bool focal_given = false;            // else the nations of the levers are in focus
  std::optional<Position> futures_given = {};  // where the number of futures is written
  Position branch_at_place = {};       // where branch_at is written
  std::string folder = {};             // of the study file, with its last slash; other files are named from there
};

/// study_format, name, title, question.
void read_heading(TableReader& root, StudyParts& parts);
/// [scenario]; sets the world.
void read_scenario(TableReader& root, StudyParts& parts);
/// [time]; sets record_from and end, each by itself.
void read_time(TableReader& root, StudyParts& parts);
/// [campaign]; sets focal_given.
void read_campaign(TableReader& root, StudyParts& parts);
/// [mechanisms]
void read_mechanisms(TableReader& root, StudyParts& parts);
/// [behaviour]
void read_behaviour(TableReader& root, StudyParts& parts);
/// [[crises]]; needs the world, the time and the behaviours.
void read_crises(TableReader& root, StudyParts& parts);
/// [priors] and [factors.NAME]
void read_factors(TableReader& root, StudyParts& parts);
/// [sampling]; needs the campaign and the factors, sets the number of futures where the design decides it.
void read_sampling(TableReader& root, StudyParts& parts);
/// [sampling] as TOML; empty where nothing is said that is not the default.
std::string sampling_text(Study const& study);
/// A float of TOML that reads back as the same double; an array of strings.
std::string toml_number(double value);
std::string toml_texts(std::vector<std::string> const& texts);
/// [[levers]]; needs the time.
void read_levers(TableReader& root, StudyParts& parts);
/// from, to, status and pairs of one lever, whose other keys stand in `common`; gives its levels. `organisation` may be null.
std::vector<Intervention> read_levels(TableReader& table, Intervention const& common, OrganisationName const* organisation, StudyParts& parts);
/// True if a lever takes its dates from the record; reports dates and statuses that stand beside.
bool read_recorded(TableReader& table, Intervention const& lever, StudyParts& parts);
/// Fills in status and dates of the recorded membership, from the day on which recording begins at the earliest; reports at `where` a
/// nation with none or several.
void take_from_record(Intervention& lever, Position where, StudyParts& parts);
/// Reports withdrawals that cannot be; needs the levers.
void check_withdrawals(StudyParts& parts);
/// [design] and [[treatments]]; needs the levers.
void read_design(TableReader& root, StudyParts& parts);
/// Judges branch_at of [campaign]; needs the treatments, and no issues with them.
void check_branch(StudyParts& parts);
/// [variance_reduction]; needs the campaign.
void read_variance_reduction(TableReader& root, StudyParts& parts);
/// [[responses]] and [series], and the controls where they are asked for; needs the time and the variance reduction.
void read_responses(TableReader& root, StudyParts& parts);
/// Checks the dates of the window `name` in `table` against those that can be told.
void check_window(TableReader& table, std::string const& name, std::optional<Date> from, std::optional<Date> to, StudyParts& parts);
/// [rare_event]; needs the time and the design, replaces responses and series.
void read_rare_event(TableReader& root, StudyParts& parts);
/// [rare_event] as TOML; empty where there is none.
std::string rare_event_text(Study const& study);

/// [stopping]; needs the campaign, the sampling, the design and the responses.
void read_stopping(TableReader& root, StudyParts& parts);
/// [stopping] as TOML; empty without a rule.
std::string stopping_text(Study const& study);
/// When the rule looks and what it watches, a line each, for the user.
std::string stopping_summary(Study const& study);

/// `values` and `weights` of a discrete distribution, by rising values; empty after an issue.
std::optional<Distribution> read_discrete(TableReader& table, StudyParts& parts);

/// Keys of the parameters a, b, c of a distribution in a study, in the order of Distribution's members.
struct FamilyKeys {
  Family family;
  std::string name;
  std::vector<std::string> keys;
};
/// Every family, with the names used in files.
std::vector<FamilyKeys> const& family_keys();

/// The entry of that name, or null.
template <class T>
T const* find_named(std::vector<T> const& entries, std::string_view name) {
  auto const at = std::find_if(entries.begin(), entries.end(), [&](T const& entry) { return entry.name == name; });
  return at == entries.end() ? nullptr : &*at;
}

/// All names, in order.
template <class T>
std::vector<std::string> names_of(std::vector<T> const& entries) {
  std::vector<std::string> names;
  for (auto const& entry : entries) names.push_back(entry.name);
  return names;
}

/// The three parts of a message: "problem (reason) advice", the advice for who edits a study.
struct Objection {
  std::string problem, reason, advice;
  std::string world = {};  // to which the name belongs, if it is another one
};
/// The nation of that code; null if there is none.
NationName const* find_nation(WorldName const& world, std::string_view code);
/// What to say of a text that is no nation of `world`: the world it belongs to, or "did you mean "JPN"?" for "Japan", "jpn" ...
Objection unknown_nation(StudyVocabulary const& vocabulary, WorldName const& world, std::string_view text);
/// What to say of an organisation of another world; empty if no other has it, or `world` has it too.
std::optional<Objection> foreign_organisation(StudyVocabulary const& vocabulary, WorldName const& world, std::string_view name);
/// Reports an unknown nation; true if `code` is known.
bool check_nation(StudyParts const& parts, std::string_view code, Position where);
/// Reports a name that is not `^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`, the plus sign allowed too if `plus`.
bool check_name(StudyParts const& parts, std::string_view name, Position where, bool plus = false);

}  // namespace sim
