// How `bench precision` tells what it found: as a table with its words, and as JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/app/bench/precision_check.hpp"
#include "sim/app/bench/precision_results.hpp"

namespace app {

/// Everything that was found, ready to be told.
struct PrecisionReport {
  std::string study, response, unit, nation, reference, treatment;
  std::size_t futures = 0;
  double target = 0;          // share of the best estimate
  double reference_mean = 0;  // of the response
  std::vector<PrecisionSample> samples;
  std::vector<std::string> keys;  // of the methods, in JSON
  PrecisionResults results;
  std::optional<PrecisionCheck> check;
};

/// "resilience_loss of JPN, all against none (study)".
std::string question_of(PrecisionReport const& report);
/// An aligned table that Markdown reads too, and sentences that say what was measured and what is predicted from it.
std::string text_of(PrecisionReport const& report);
/// The same as a JSON object, numbers in full.
std::string json_text(PrecisionReport const& report);

}  // namespace app
