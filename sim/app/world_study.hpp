// Binds a study to the model that runs it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/campaign/scenario.hpp"
#include "sim/campaign/study.hpp"

namespace app {

/// A checked study and its model.
struct WorldStudy {
  sim::Study study;
  std::unique_ptr<sim::Scenario> scenario;
};

/// Reads and checks a study file with `overrides`. Says every issue on standard error, a line each, then how many there
/// are; throws sim::Error for a file that cannot be read.
sim::StudyCheck check_aloud(std::string const& path, std::vector<sim::Override> const& overrides);

/// A checked study and its model.
WorldStudy with_scenario(sim::Study study);

/// check_aloud, and the model of the study; empty if it has issues.
std::optional<WorldStudy> open_study(std::string const& path, std::vector<sim::Override> const& overrides);

/// The same from a text, e.g. the resolved study of a results file; `name` is shown in messages.
WorldStudy open_study_text(std::string const& name, std::string const& text);

}  // namespace app
