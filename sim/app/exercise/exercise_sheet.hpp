// The score sheet of an exercise as a table for people and as JSON for programs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/exercise/results.hpp"

namespace app {

/// What `--compare` asked for: the changes as typed, and what they gain.
struct ExerciseComparison {
  std::vector<std::string> changes;
  exercise::Gain gain;
};

/// Places, points of every strand with half-widths, what sharing gained, and the comparison if there is one.
std::string exercise_text(exercise::Scenario const& scenario, exercise::Results const& results,
                          std::optional<ExerciseComparison> const& comparison);
/// docs/formats/exercise.md.
std::string exercise_json(exercise::Scenario const& scenario, exercise::Results const& results,
                          std::optional<ExerciseComparison> const& comparison);

}  // namespace app
