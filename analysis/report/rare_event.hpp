// What splitting says of a study's rare event: the probability of each level, its interval, and the work that it took.
#pragma once

#include <string>
#include <vector>

#include "analysis/estimators/rare.hpp"
#include "analysis/report/histories.hpp"

namespace analysis {

/// One level on the way to the rare event, in one treatment.
struct RareLevel {
  double level = 0;
  RareProbability probability;
  double share = undefined;  // of the histories from the level before that reached this one; undefined if none started
};

/// The rare event in one treatment; the last level is the event.
struct RareEvent {
  std::size_t treatment = 0;
  std::vector<RareLevel> levels;
  double crude_events_of_a_history = undefined;  // until the event, or the end of the window
  SplittingGain gain;
  std::string advice;  // what to change where the levels are badly placed; empty if nothing
};

/// One for each treatment; empty if the study has no rare event. Throws sim::Error if the responses do not belong to the levels.
std::vector<RareEvent> rare_events(ResultsSource const& source, Histories const& histories);

/// The event's probability with its interval, and what splitting saved.
std::string rare_event_sentence(sim::ResultSchema const& schema, RareEvent const& event);

/// A table for a terminal; empty without a rare event.
std::string text_of(sim::ResultSchema const& schema, std::vector<RareEvent> const& events);

}  // namespace analysis
