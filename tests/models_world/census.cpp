#include "tests/models_world/census.hpp"

#include <algorithm>

#include "models/world/scenario.hpp"

namespace world::test {

std::unique_ptr<Setting> setting_of(SmallStudy const& study, Atlas const& atlas, std::uint32_t future) {
  sim::ResultSchema const& schema = study.scenario->schema();
  MechanismSwitches switches;
  for (MechanismInfo const& mechanism : mechanisms())
    switches.on[static_cast<std::size_t>(mechanism.mechanism)] = sim::is_on(study.study, mechanism.code);
  for (BehaviourInfo const& behaviour : behaviours())
    switches.behaves[static_cast<std::size_t>(behaviour.behaviour)] = sim::behaves(study.study, behaviour.name);
  return std::make_unique<Setting>(atlas, parameters_from(&schema.factor_values[future * schema.factors.size()]),
                                   switches, std::vector<Relation>{}, sim::ReplicationStream{schema.seed, future, 0, 0},
                                   study.scenario->start(), study.scenario->end(),
                                   asset_options(study.study));
}

}  // namespace world::test
