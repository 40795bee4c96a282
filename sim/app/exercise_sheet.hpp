// The score sheet of an exercise as a table for people and as JSON for programs.
#pragma once

#include <string>

#include "models/exercise/results.hpp"

namespace app {

/// Places, points of every strand with half-widths, and what sharing gained.
std::string exercise_text(exercise::Scenario const& scenario, exercise::Results const& results);
/// docs/formats/exercise.md.
std::string exercise_json(exercise::Scenario const& scenario, exercise::Results const& results);

}  // namespace app
