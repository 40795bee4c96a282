// A study as the campaign sees it: horizon, levers, treatments, factors and responses, read from a TOML file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/results.hpp"
#include "sim/campaign/sampling/sampling.hpp"
#include "sim/campaign/study_vocabulary.hpp"
#include "sim/config/issue.hpp"

namespace sim {

/// Last date a study can name; Intervention::to of a lever that never ends.
inline constexpr Date never{9999, 12, 31};

/// An uncertain parameter: described by the model, its prior perhaps overridden by the study.
struct StudyFactor {
  ParameterInfo info;       // with the study's prior, source and grade where overridden
  bool overridden = false;  // true: the study's own distribution, whatever the prior set says
};

/// A dated crisis that the study adds to the record: `actor` attacks `nation` more often for a while, in every treatment.
struct StudyCrisis {
  std::string actor, nation;
  Date from;
  std::optional<double> jump;  // of the log rate of campaigns; empty: drawn, as the record's
};

/// What can be switched: absent (level 0), or at one of its levels, which differ in status and dates only.
struct StudyLever {
  std::string name;
  std::vector<Intervention> levels;  // level 1, 2 ...; at least one
  std::string within;                // the lever without which it does not exist; empty: none
};

/// A treatment as an explicit design lists it; one with a lever of several levels stands for one treatment per level.
struct ListedTreatment {
  std::string name, label;
  std::vector<std::string> levers;  // in the order of the study's levers
};

/// How the treatments come from the levers.
struct StudyDesign {
  std::string type = "explicit";        // or full_factorial, fractional_factorial, one_at_a_time, leave_one_out, paired, points
  std::vector<std::string> generators;  // of a fraction, as "d = -a*b"
  std::vector<std::string> together;    // of a paired design: the levers that move together
  std::vector<ListedTreatment> listed;  // of an explicit one
  std::vector<std::vector<int>> points; // of type points: [treatments x levers], level numbers
  std::vector<std::string> where;       // conditions that every treatment meets
  std::vector<std::string> notes;       // for the user: what was dropped, resolution and aliases; not part of the study
};

/// Ways to the same answer with fewer histories; nothing of it is on by default.
struct VarianceReduction {
  bool antithetic = false;  // replications 2k and 2k + 1 are drawn from opposite random numbers
  bool controls = false;    // measure every control variate of the model
  friend bool operator==(VarianceReduction const&, VarianceReduction const&) = default;
};

/// A checked study with every default filled in. Dates are midnights UTC; intervals exclude their end.
struct Study {
  std::string name, title, question;
  std::string world;
  std::vector<std::pair<std::string, double>> options;  // every option of the vocabulary, in its order
  Date start, record_from, end;                         // warm-up is [start, record_from)
  std::uint32_t futures = 100;                          // draws of the factors, shared by all treatments
  std::uint32_t replications = 5;                       // histories per treatment and future
  std::uint64_t seed = 0;
  std::uint64_t event_limit = 50'000'000;  // events a replication may execute before it fails
  std::vector<std::string> focal;          // nations with full series, ISO codes
  std::vector<std::string> mechanisms;     // every mechanism of the vocabulary
  std::vector<std::string> mechanisms_on;  // those switched on, same order
  std::vector<std::pair<std::string, bool>> behaviours;  // every one of the vocabulary, in its order
  std::vector<StudyCrisis> crises;
  std::string prior_set;
  std::vector<StudyFactor> factors;  // every factor of the vocabulary, in its order
  Sampling sampling;                 // how futures sample them
  std::vector<StudyLever> levers;    // in the order of the file
  StudyDesign design;
  std::vector<Treatment> treatments;
  std::string reference;  // name of a treatment
  RareEventInfo rare_event;  // if set, the responses are its probabilities and there are no series
  VarianceReduction variance_reduction;
  std::vector<ResponseInfo> responses;
  std::vector<SeriesInfo> series;
  StoppingInfo stopping;     // when there is enough; without a rule, after all futures and replications
  int focal_step_days = 7;   // grid of the focal nations' series [d]
  int other_step_days = 91;  // grid of all nations' series [d]
  std::optional<Date> branch_at;  // where the treatments of a history part; changes no result and is not part of resolved_text
  std::string text;          // the study as given, overrides appended as comments
};

/// Value of option `name`; a broken contract if the vocabulary had none of that name.
double option(Study const& study, std::string_view name);

/// True if mechanism `name` is switched on.
bool is_on(Study const& study, std::string_view mechanism);

/// True if behaviour `name` is switched on; a broken contract if the vocabulary had none of that name.
bool behaves(Study const& study, std::string_view name);

/// A study's text and the name that issues show for it.
struct StudySource {
  std::string file;
  std::string text;
};

/// Reads the file whole; Error if it cannot be read, is a folder or exceeds 1 MiB.
StudySource read_study_file(std::string const& path);

/// What checking found: issues as "file:line:column: problem (reason) suggestion", by position; a study if there are
/// none.
struct StudyCheck {
  std::vector<std::string> issues;
  std::optional<Study> study;
  std::string summary;  // a few lines for the user: treatments, futures, replications, factors; empty with issues
};

/// Checks a study; `overrides` are applied in order. Never throws on bad input.
StudyCheck check_study(StudySource const& source, std::vector<Override> const& overrides,
                       StudyVocabulary const& vocabulary);

/// The same, but throws one Error that holds all issues, a line each.
Study parse_study(StudySource const& source, std::vector<Override> const& overrides,
                  StudyVocabulary const& vocabulary);

/// read_study_file, then parse_study.
Study load_study(std::string const& path, std::vector<Override> const& overrides, StudyVocabulary const& vocabulary);

/// The study as TOML with every default filled in, stable order, shortest numbers; parses to the same study.
std::string resolved_text(Study const& study);

/// How the futures sample the factors, in a line for the user without its end; "random over ..." without [sampling].
std::string sampling_summary(Study const& study);

/// The part of a schema that a study decides; nations, factor values, incident columns and checksums are the model's.
ResultSchema declared_schema(Study const& study);

/// The text of one level of a lever by what tells it from the others, as "2018-06-14" or "CP.2018-06-14"; empty of the only one.
std::string level_name(StudyLever const& lever, std::size_t level);

/// First date before the end on which the interventions of two treatments differ; the end if none do. An intervention that
/// ends as another of the same kind begins goes on: a change of its status is no difference.
Date first_difference(Study const& study);

/// Number of replications of the whole campaign.
std::uint64_t replication_count(Study const& study);

/// Answers to `berylia new study`.
struct NewStudyOptions {
  std::string nation;        // code or English name
  std::string join;          // YYYY-MM-DD
  std::string organisation;  // empty: the centre of the world
  std::string world;         // empty: the first of the vocabulary
};

/// A commented study "joining against never" that loads with the same vocabulary; Error if an answer is unusable.
std::string new_study_text(NewStudyOptions const& options, StudyVocabulary const& vocabulary);

/// What the user should know of the same study: that it replaces a membership of the record. Empty if it does not.
std::string new_study_note(NewStudyOptions const& options, StudyVocabulary const& vocabulary);

}  // namespace sim
