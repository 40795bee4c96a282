#include "models/exercise/build.hpp"

#include "sim/base/contracts.hpp"

namespace exercise {

namespace {

constexpr std::uint32_t shared_agents = 4;  // red, white, green, channel
constexpr std::uint32_t team_agents = 7;    // beside the systems

template <class A>
sim::LpRef<A> at(std::uint32_t index) {
  return {sim::LpId{index}};
}

/// Where the agents of the team at this place will be.
Camp lay_out(Scenario const& scenario, std::uint32_t place) {
  auto const systems = static_cast<std::uint32_t>(scenario.rules.count);
  std::uint32_t const first = shared_agents + place * (team_agents + systems);
  Camp camp{scenario.teams[place], scenario.rules};
  camp.cell = at<Cell>(first);
  camp.blue = at<Blue>(first + 1);
  camp.services = at<Services>(first + 2);
  camp.legal = at<Desk>(first + 3);
  camp.media = at<Desk>(first + 4);
  camp.strategic = at<Desk>(first + 5);
  camp.reporting = at<Desk>(first + 6);
  camp.channel = at<Channel>(shared_agents - 1);
  camp.first_system = first + team_agents;
  return camp;
}

template <class A>
void add(sim::World& world, sim::LpRef<A> where, A agent, std::string const& name) {
  auto const added = world.add(std::move(agent), name);
  SIM_CHECK(added.id == where.id);
}

void add_team(sim::World& world, Camp const& camp, double threshold) {
  Team const& team = camp.team;
  Rules const& rules = camp.rules;
  add(world, camp.cell, Cell{&camp, threshold}, team.name);
  add(world, camp.blue, Blue{&camp}, team.name);
  add(world, camp.services, make_services(camp), team.name);
  auto const desk = [&](sim::LpRef<Desk> where, char const* name, double staff, double work, double skill) {
    add(world, where, Desk{&camp, staff, work, skill}, team.name + "/" + name);
  };
  desk(camp.legal, "legal", rules.legal_advisers, rules.legal_hours, team.legal_skill);
  desk(camp.media, "media", rules.media_officers, rules.media_hours, team.communicate);
  // Decisions need law and words alike, reports what was detected and words: assumed.
  desk(camp.strategic, "strategic", rules.strategists, rules.strategic_hours,
       (team.legal_skill + team.communicate) / 2);
  desk(camp.reporting, "reporting", rules.reporters, rules.report_hours, (team.detect + team.communicate) / 2);
  for (std::uint32_t system = 0; system < static_cast<std::uint32_t>(rules.count); ++system) {
    add(world, camp.system(system), System{&camp, system}, team.name + "/" + std::to_string(system));
  }
}

}  // namespace

Exercise build(Scenario const& scenario, sim::ReplicationStream const& stream) {
  auto camps = std::make_unique<std::vector<Camp>>();
  for (std::uint32_t place = 0; place < scenario.teams.size(); ++place) camps->push_back(lay_out(scenario, place));
  SIM_CHECK(!camps->empty());
  Rules const* const rules = &camps->front().rules;
  sim::Time const end = opening + sim::from_days(rules->days);
  sim::World world({.lookahead = delay, .stream = stream});
  Red red{rules, {}};
  White white{rules, end, {}};
  Green green{rules, {}};
  Channel channel{rules, {}};
  for (Camp const& camp : *camps) {
    red.cells.push_back(camp.cell);
    white.camps.push_back(&camp);
    green.services.push_back(camp.services);
    if (camp.team.allied != 0) channel.allied.push_back(camp.blue);
  }
  auto const red_at = world.add(std::move(red), "team");
  auto const white_at = world.add(std::move(white), "cell");
  world.add(std::move(green), "team");
  auto const channel_at = world.add(std::move(channel), "allied");
  SIM_CHECK(channel_at.id == camps->front().channel.id);
  double const threshold = tool_threshold(*rules);
  for (Camp const& camp : *camps) add_team(world, camp, threshold);
  return {std::move(world), std::move(camps), red_at, white_at, end};
}

}  // namespace exercise
