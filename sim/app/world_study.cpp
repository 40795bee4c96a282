#include "sim/app/world_study.hpp"

#include "models/world/scenario.hpp"

namespace app {

namespace {

WorldStudy with_scenario(sim::Study study) {
  auto scenario = world::make_scenario(study);
  return {std::move(study), std::move(scenario)};
}

}  // namespace

WorldStudy open_study(std::string const& path, std::vector<sim::Override> const& overrides) {
  return with_scenario(sim::load_study(path, overrides, world::vocabulary()));
}

WorldStudy open_study_text(std::string const& name, std::string const& text) {
  return with_scenario(sim::parse_study({name, text}, {}, world::vocabulary()));
}

}  // namespace app
