#include <algorithm>
#include <set>

#include "models/world/levels.hpp"
#include "models/world/mechanisms.hpp"
#include "models/world/responses.hpp"
#include "models/world/scenario.hpp"
#include "models/world/state_variables.hpp"

namespace world {
namespace {

// The day of founding; where only the year is certain, its first recorded membership.
sim::Date earliest_lever(Atlas const& atlas, int organisation) {
  std::string const& founded = atlas.organisations[static_cast<std::size_t>(organisation)].founded;
  if (auto const day = sim::parse_date(founded)) return *day;
  sim::Time first = sim::end_of_time;
  for (FlagRecord const& record : atlas.flags)
    if (record.organisation == organisation && record.flag == Flag::membership) first = std::min(first, record.from);
  sim::Date const new_year = sim::parse_date(founded + "-01-01").value();
  return first == sim::end_of_time ? new_year : std::max(new_year, sim::to_date(first));
}

std::vector<sim::OptionName> asset_option_names(Atlas const& atlas) {
  AssetOptions const standard;
  double const most = max_assets / static_cast<int>(atlas.nations.size() * atlas.sectors.size());
  return {{"assets_per_sector", "1", 1, most, static_cast<double>(standard.per_sector), true, "infrastructure assets in each sector of each nation, up to ten million in all"},
          {"asset_size_exponent", "1", 0, 3, standard.size_exponent, false, "sizes of a sector's assets fall as rank to minus this power; 0: all are equal"},
          {"asset_dependencies", "1", 0, max_providers, standard.dependencies, false, "mean number of assets on which an asset depends, in a synthetic graph inside each nation; 0: sectors depend on sectors"},
          {"asset_graph_seed", "1", 0, 4294967295, static_cast<double>(standard.graph_seed), true, "seed of that graph, which all futures share"},
          {"asset_faults_per_year", "1/a", 0, 365, standard.faults_per_year, false, "everyday faults of a working asset, which no campaign causes and local crews repair"},
          {"asset_crew_load", "1", 0.05, 0.95, standard.crew_load, false, "share of their time that local crews are at work; fixes how many there are"}};
}

// Kinds of members by the record, in alphabetical order: of CCDCOE contributing participants and sponsoring nations, which differ
// only in a vote, which has no modelled effect. Empty where all are plain members.
std::vector<std::string> statuses_of(Atlas const& atlas, int organisation) {
  std::set<std::string> statuses;
  for (FlagRecord const& record : atlas.flags)
    if (record.organisation == organisation && record.flag == Flag::membership) statuses.insert(record.status);
  statuses.erase("member");
  return {statuses.begin(), statuses.end()};
}

sim::WorldName names_in(WorldInfo const& world) {
  Atlas const atlas = load_atlas(world.name);
  sim::WorldName names{std::string(world.name), std::string(world.meaning), std::string(world.centre), {}, {}, {}, {}, {}};
  for (NationRecord const& nation : atlas.nations) names.nations.push_back({nation.iso3, nation.name});
  for (OrganisationRecord const& organisation : atlas.organisations) {
    auto const index = static_cast<int>(names.organisations.size());
    sim::OrganisationName name{organisation.code, organisation.founded, earliest_lever(atlas, index), {}, statuses_of(atlas, index)};
    if (organisation.has_liaison) name.actions.push_back("liaison");
    if (organisation.has_exercise) name.actions.push_back("exercise");
    if (organisation.has_membership) name.actions.insert(name.actions.end(), {"membership", "withdrawal", "dissolution"});
    names.organisations.push_back(name);
  }
  for (FlagRecord const& record : atlas.flags)
    if (record.flag == Flag::membership)
      names.memberships.push_back({atlas.nations[static_cast<std::size_t>(record.nation)].iso3,
                                   atlas.organisations[static_cast<std::size_t>(record.organisation)].code, sim::to_date(record.from),
                                   record.to == sim::end_of_time ? sim::Date{9999, 12, 31} : sim::to_date(record.to), record.status == "member" ? "" : record.status});
  Table const weights(own_table(world, "organisation_weights.tsv"));
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (double const weight = weights.number(i, "weight"); weight > 0)
      names.weights.push_back({weights.text(i, "organisation"), weights.text(i, "flag"), weights.text(i, "mechanism"), weight, weights.text(i, "grade"), weights.text(i, "source")});
  for (ActorRecord const& actor : atlas.actors)
    if (actor.nation >= 0) names.actors.push_back(actor.code);
  return names;
}

sim::StudyVocabulary make_vocabulary() {
  sim::StudyVocabulary v;
  for (WorldInfo const& world : worlds()) v.worlds.push_back(names_in(world));
  v.options = asset_option_names(load_atlas());
  v.actions = {{"liaison", "an official is posted to the organisation", true},
               {"exercise", "the nation takes part in the organisation's yearly exercise", true},
               {"membership", "the nation is a member", true},
               {"withdrawal", "a nation that is a member in the record leaves on the day for good, or never joins", true},
               {"attribution_policy", "the government names culprits in public as a policy", false},
               {"dissolution", "the organisation ends and all its recorded members leave: the regime effect, for which one lever stands", true, false}};
  for (MechanismInfo const& mechanism : mechanisms())
    v.mechanisms.push_back({std::string(mechanism.code), std::string(mechanism.meaning), mechanism.available});
  for (BehaviourInfo const& behaviour : behaviours())
    v.behaviours.push_back({std::string(behaviour.name), std::string(behaviour.meaning), behaviour.standard});
  v.factors = parameter_descriptions();
  v.prior_sets = {{"flat", "uniform over each mechanism's interval", {}},
                  {"sceptical", "the same intervals, most weight near no effect", sceptical_priors()},
                  {"wide", "wider intervals in which each mechanism may also hurt", wide_priors()}};
  v.responses = response_names();
  v.series = series_names();
  v.levels = level_names();
  v.agents = agent_names();
  v.events = event_meanings();
  v.data_from = {2009, 1, 1};
  v.data_to = {2041, 1, 1};
  return v;
}

}  // namespace

sim::StudyVocabulary const& vocabulary() {
  static sim::StudyVocabulary const words = make_vocabulary();
  return words;
}

}  // namespace world
