#include "sim/app/world_study.hpp"

#include <fmt/format.h>

#include "models/world/scenario.hpp"
#include "sim/app/console.hpp"

namespace app {

WorldStudy with_scenario(sim::Study study) {
  auto scenario = world::make_scenario(study);
  return {std::move(study), std::move(scenario)};
}

sim::StudyCheck check_aloud(std::string const& path, std::vector<sim::Override> const& overrides) {
  sim::StudyCheck found = sim::check_study(sim::read_study_file(path), overrides, world::vocabulary());
  std::size_t const count = found.issues.size();
  for (std::string const& issue : found.issues) complain(issue + "\n");
  if (count > 0) complain(fmt::format("{}: {} problem{}\n", path, count, count == 1 ? "" : "s"));
  return found;
}

std::optional<WorldStudy> open_study(std::string const& path, std::vector<sim::Override> const& overrides) {
  sim::StudyCheck found = check_aloud(path, overrides);
  if (!found.study) return {};
  return with_scenario(std::move(*found.study));
}

WorldStudy open_study_text(std::string const& name, std::string const& text) {
  return with_scenario(sim::parse_study({name, text}, {}, world::vocabulary()));
}

}  // namespace app
