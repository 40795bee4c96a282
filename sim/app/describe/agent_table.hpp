// The agent types of the model as the kernel sees them, for `describe`.
#pragma once

#include "sim/app/describe/describe_formats.hpp"
#include "sim/campaign/study_vocabulary.hpp"

namespace app {

/// Name, number in the world, size of state, events handled and rows recorded of every agent type of a typical study
/// of `world`, one of the vocabulary.
Table agent_table(sim::StudyVocabulary const& vocabulary, sim::WorldName const& world);

}  // namespace app
