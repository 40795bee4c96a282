#include "sim/app/describe/agent_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/app/world_study.hpp"

namespace app {

namespace {

template <class Kinds>
std::string names_of(Kinds const& kinds) {
  std::string names;
  for (auto const& kind : kinds) names += (names.empty() ? "" : ", ") + std::string(kind.name);
  return names;
}

/// A study that any vocabulary allows: its first nation joins its first organisation that can be joined.
std::string typical_study(sim::StudyVocabulary const& words, sim::WorldName const& world) {
  sim::NewStudyOptions answers{.nation = world.nations.front().code, .join = {}, .organisation = {}, .world = world.name};
  for (auto const& organisation : world.organisations) {
    if (std::find(organisation.actions.begin(), organisation.actions.end(), "membership") == organisation.actions.end())
      continue;
    answers.organisation = organisation.name;
    int const year = std::max(organisation.earliest.year + 1, (words.data_from.year + words.data_to.year) / 2);
    answers.join = to_string(sim::Date{year, 1, 1});
    break;
  }
  return sim::new_study_text(answers, words);
}

}  // namespace

Table agent_table(sim::StudyVocabulary const& vocabulary, sim::WorldName const& names) {
  WorldStudy const study = open_study_text("typical study", typical_study(vocabulary, names));
  auto const replication = study.scenario->build(study.scenario->prepare(0), {});
  sim::World const& world = replication->world();
  std::vector<std::uint32_t> count(world.types());
  for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp) {
    for (std::size_t type = 0; type < world.types(); ++type) count[type] += &world.type(sim::LpId{lp}) == &world.type(type);
  }
  Table table{"agents", {"name", "meaning", "number", "state [bytes]", "events", "rows"}, {}, {"number", "state [bytes]"}};
  for (std::size_t i = 0; i < world.types(); ++i) {
    sim::AgentType const& type = world.type(i);
    auto const known = std::find_if(vocabulary.agents.begin(), vocabulary.agents.end(), [&](auto const& agent) { return agent.name == type.name; });
    std::string const meaning = known == vocabulary.agents.end() ? "" : known->meaning;
    table.rows.push_back({std::string(type.name), meaning, std::to_string(count[i]), std::to_string(type.state_size),
                          names_of(type.events), names_of(type.rows)});
  }
  return table;
}

}  // namespace app
