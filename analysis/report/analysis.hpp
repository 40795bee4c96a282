// The analysis of a finished campaign: summaries, paired differences, factorial effects, spillover, placebo, headline.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/estimators/control.hpp"
#include "analysis/estimators/factorial.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/report/convergence.hpp"
#include "analysis/report/discovery.hpp"
#include "analysis/report/histories.hpp"
#include "analysis/report/inference.hpp"
#include "analysis/report/league.hpp"
#include "analysis/report/prior_sets.hpp"
#include "analysis/report/rare_event.hpp"
#include "analysis/report/regime.hpp"
#include "analysis/report/robustness.hpp"
#include "analysis/report/sensitivity.hpp"
#include "analysis/report/subject.hpp"

namespace analysis {

/// What to analyse; empty lists mean the default.
struct Options {
  std::vector<std::string> responses;     // names; default all
  std::vector<std::string> nations;       // ISO codes; default the study's focal nations
  std::string headline_treatment;         // default: all levers on in a factorial, else the first that is not the reference
  std::string headline_response;          // default: the first of the study
  std::string headline_nation;            // ISO code; default: the first of the nations
  bool controls = true;                   // adjust differences by the control variates that the study has
  double smallest_effect = 0.01;          // of interest, as a share of the reference mean
  std::vector<Beside> beside;             // the same study under other prior sets
  std::optional<double> threshold;        // level of the headline response that is good enough (discovery, robustness); default: see there
  std::string results_path = "OUT.h5";    // for the commands that reproduce and replay
  std::string report_command;             // that made the page; default: none is shown
  std::string study_path;                 // for the command that runs it again; default: the study inside the results file
};

/// Distribution of one response over all finished histories of one treatment.
struct Summary {
  Subject subject;
  std::size_t n = 0;  // histories
  Estimate mean;      // interval over futures
  double sd = undefined;
  double q05 = undefined, q25 = undefined, q50 = undefined, q75 = undefined, q95 = undefined;
  Estimate cvar95;
  std::vector<QuantileEstimate> quantiles;  // at .05 .25 .5 .75 .95
};

/// Treatment against the study's reference.
struct Difference {
  Subject subject;
  PairedDifference value;
  std::optional<ControlledDifference> controlled;  // of studies with control variates
  Inference inference;
};

/// A term that a fraction cannot tell from another one: its effect is added to that one's, or taken from it.
struct Alias {
  std::vector<std::string> terms;  // names of the levers
  int sign = 1;                    // +1 or -1
};

/// One term of the factorial; only if the study's treatments are a complete one or a regular fraction.
struct Effect {
  Subject subject;                 // treatment unused
  std::vector<std::string> terms;  // names of the levers
  FactorialEffect value;           // together with those of the aliases
  std::vector<Alias> aliases;      // of at most two levers, or as many as the term; none in a complete factorial
};

/// Nations over which a response is summed. Without the treated nations: members of the study's organisation; of the others the
/// homes of their recorded rivals, and the rest; all of them. Total is the world with the treated nations.
enum class Group { members, adversaries, non_members, world, total };
inline constexpr std::size_t group_count = 5;
char const* to_string(Group group);

/// Sum over the nations of a group, treatment against reference: spillover, and for the total group the total effect.
struct Spillover {
  Subject subject;  // nation unused
  Group group = Group::world;
  std::size_t nations = 0;
  Estimate change;
  std::size_t pairs = 0;
  double relative = undefined;
  bool exactly_zero = false;  // the sum is equal in every pair; false without pairs
};

/// Whether histories are the same until treatments differ, over all (treatment, reference) pairs of finished histories.
struct Placebo {
  std::optional<sim::Date> first_difference;  // first date on which a treatment differs from the reference
  std::size_t pairs = 0;
  std::size_t equal_before = 0;
  std::size_t identical_throughout = 0;
};

/// A replication that did not finish.
struct Failure {
  sim::ReplicationKey key;
  std::string message;
  std::string replay;  // command
};

/// The answer in words.
struct Headline {
  std::optional<Subject> subject;  // empty if there is nothing to compare
  std::vector<std::string> sentences;
  std::vector<std::string> caveats;
};

/// Everything that `analyze` prints.
struct Analysis {
  sim::ResultSchema schema;
  std::size_t reference = 0;            // treatment
  std::vector<std::size_t> responses;   // analysed, in schema order
  std::vector<std::size_t> controls;    // control variates, in schema order; empty where they are not wanted
  std::vector<std::size_t> nations;     // analysed
  std::vector<std::size_t> treated;     // nations that some treatment acts on; the first focal one if none acts at all
  Counts counts;
  std::vector<Counts> counts_of;        // [treatments]
  std::vector<Failure> failures;        // at most 20
  std::vector<Summary> summaries;
  std::vector<Difference> differences;
  std::vector<Effect> effects;          // empty unless the treatments are a complete factorial or a regular fraction
  std::string factorial_note;           // why effects of levers are not, or only together, estimated; empty: nothing to say
  std::vector<Spillover> spillovers;
  std::vector<RareEvent> rare_events;   // of each treatment; empty unless the study has a rare event
  Placebo placebo;
  double smallest_effect = 0.01;
  std::vector<League> leagues;          // of the headline's response
  std::vector<Convergence> convergence; // of the headline's response and nation
  std::optional<Regime> regime;         // of studies that dissolve an organisation and also take each member out
  std::optional<PriorSets> prior_sets;  // where other campaigns stand beside
  std::optional<Sensitivity> sensitivity;  // of the headline difference
  ScenarioDiscovery discovery;          // of the headline
  RobustnessTable robustness;           // of the headline response
  Headline headline;
};

/// Analyses a campaign; the same source and options give the same numbers on every machine. Throws sim::Error for a name
/// in the options that the results do not have, and for a replication table that contradicts itself.
Analysis analyze(ResultsSource const& source, Options const& options = {});

/// The analysis as JSON (docs/formats/analysis.md), two spaces of indent, full precision, undefined numbers as null.
std::string to_json(Analysis const& analysis);

/// The analysis as plain text for a terminal, at most 120 columns.
std::string to_text(Analysis const& analysis);

}  // namespace analysis
