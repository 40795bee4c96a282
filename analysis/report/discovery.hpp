// Scenario discovery of the headline: in which futures the treatment does not help or hurts, said with the factors' own names and units.
#pragma once

#include <string>

#include "analysis/discovery/discover.hpp"
#include "analysis/report/histories.hpp"
#include "analysis/report/subject.hpp"

namespace analysis {

struct Analysis;
struct Options;

/// One limit of a box or leaf.
struct FactorLimit {
  std::size_t factor = 0;        // of the schema
  Bounds bounds;                 // in the factor's unit; NaN: open
  double quasi_p = undefined;    // of boxes
  FoundAgain found_again;        // of boxes: shares of resamples
  double least = undefined, most = undefined;  // values of the futures that were used
  bool is_discrete = false;      // bounds are values that lie inside
};

/// A box with the limits that matter most first.
struct DiscoveredBox {
  std::vector<FactorLimit> limits;
  Estimate density;              // share of cases inside, with its interval; of the futures that it was found with
  double coverage = undefined;   // share of all cases that it holds
  double mass = undefined;       // share of all futures
  FoundBox numbers;
  Estimate held_out;             // density among futures that were left out of the search
  bool is_confirmed = false;     // they are cases more often than all futures, and most searches among parts of the futures find a box
};

struct DiscoveredLeaf {
  std::vector<FactorLimit> limits;
  Estimate share;
  Tally tally;
};

/// A future in the plane of two factors.
struct DiscoveryPoint {
  double x = undefined, y = undefined;
  bool is_case = false;
};

/// What makes a future a case: the treatment does not help, it hurts, or a level is missed.
enum class Sought { no_help, harm, level };

/// Empty subject: there is nothing to discover, `note` says why.
struct ScenarioDiscovery {
  std::optional<Subject> subject;
  std::string note;
  Sought sought = Sought::no_help;  // without a level the one of the two whose share of futures is nearer to a half: the other says less about when
  double threshold = undefined;   // smallest improvement that counts, or the level, in the response's unit
  std::size_t futures = 0;        // with an outcome
  std::size_t left_out = 0;       // without one
  std::size_t dependent = 0;      // no independent draws, by the design: not used at all
  Tally helped, hurt;             // futures in which it helps, or meets the level; in which it makes it worse by as much (none of a level)
  Estimate base;                  // share of cases
  Estimate helps, hurts;          // shares of `helped` and `hurt`; hurts is undefined of a level
  double unclear = undefined;     // share of futures whose own replications leave open what they are
  std::size_t factors = 0;        // that vary
  Discovery found;
  std::vector<DiscoveredBox> boxes;
  std::vector<DiscoveredLeaf> leaves;
  std::vector<std::pair<std::size_t, double>> importance;  // factor of the schema and share, largest first; only above 0
  std::vector<std::size_t> axes;  // two factors of the schema; empty: nothing to draw
  std::vector<DiscoveryPoint> points;
};

/// "does not help", "hurts" or "misses the level": what the treatment does in a case.
std::string case_words(Sought sought);
/// Discovery of the headline's subject; needs the differences and the headline of `analysis`.
ScenarioDiscovery discover_headline(ResultsSource const& source, Histories const& histories, Analysis const& analysis, Options const& options);

/// The sentences for a policy reader.
std::vector<std::string> discovery_sentences(Analysis const& analysis);
/// The first of them, for the headline.
std::vector<std::string> discovery_headline(Analysis const& analysis);
/// Tables for a terminal; empty where there is nothing to show.
std::string discovery_text(Analysis const& analysis);

}  // namespace analysis
