// Who hears of a changed relation.
#pragma once

#include "models/world/actor/intrusion_set.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/nation/budget.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/organisation/organisation.hpp"

namespace world {

/// Tells everybody but the sender, who is the nation itself or the organisation that is dissolved. Only those hear of it whose mechanism is
/// on: with all mechanisms off an intervention sends nothing.
template <class A>
void tell_others(RelationChange const& change, Directory const& directory, sim::Context<A>& context) {
  MechanismSwitches const& on = directory.setting->switches;
  auto const tell_all = [&](auto const& agents) {
    for (auto const agent : agents) context.send(agent, world_lookahead, change);
  };
  // Agents of one nation: that nation's, or every one where an organisation ends.
  auto const tell_concerned = [&](auto const& agents) {
    if (change.nation < 0) tell_all(agents);
    else context.send(agents[static_cast<std::size_t>(change.nation)], world_lookahead, change);
  };
  if (on[Mechanism::attribution] || on[Mechanism::readiness])
    for (std::size_t n = 0; n < directory.nation_count(); ++n)
      if (static_cast<int>(n) != change.nation) context.send(directory.nations[n], world_lookahead, change);
  if (on[Mechanism::notification]) tell_all(directory.shards);
  if (on[Mechanism::visibility] || on[Mechanism::trusted_partners] || (on[Behaviour::signal_doctrine] && on[Mechanism::attribution])) tell_all(directory.actors);
  if ((on[Mechanism::sharing] || on[Mechanism::exercises] || on[Mechanism::pooling]) && change.nation >= 0)
    context.send(directory.organisations[static_cast<std::size_t>(change.organisation)], world_lookahead, change);
  if (on[Mechanism::free_riding] && on[Behaviour::investment]) tell_all(directory.budgets);
  if (on[Mechanism::information]) tell_concerned(directory.environments);
  if (on[Mechanism::cost] || on[Mechanism::pooling]) tell_concerned(directory.teams);
}

}  // namespace world
