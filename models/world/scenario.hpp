// The geopolitical world as a scenario of a campaign.
#pragma once

#include <memory>

#include "models/world/infrastructure/asset_options.hpp"
#include "sim/campaign/scenario.hpp"
#include "sim/campaign/study.hpp"

namespace world {

/// What a study may name, in each world of the model; made once, constant.
sim::StudyVocabulary const& vocabulary();

/// The scenario of a checked study. Throws sim::Error if the study moves more relations than agents can hold.
std::unique_ptr<sim::Scenario> make_scenario(sim::Study const& study);

/// What a checked study says of infrastructure assets.
AssetOptions asset_options(sim::Study const& study);

}  // namespace world
