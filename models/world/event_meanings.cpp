// What every event of the world means: one line per event, in the order of its agent's list.
#include <array>
#include <tuple>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/hacktivists.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/economy.hpp"
#include "models/world/infrastructure/repair_crews.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/budget.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/organisation/organisation.hpp"
#include "models/world/state_variables.hpp"

namespace world {
namespace {

template <class List>
struct Count;
template <class... E>
struct Count<sim::EventList<E...>> {
  static constexpr std::size_t value = sizeof...(E);
};

// One meaning for every event of the agent; more or fewer do not compile.
template <class A, class... Text>
sim::AgentEvents of(Text... meanings) {
  static_assert(sizeof...(Text) == Count<typename A::Events>::value, "an event of the agent has no meaning, or two");
  sim::AgentEvents events{std::string(A::name), {}};
  std::size_t i = 0;
  (events.meanings.emplace_back(sim::agent_type<A>.events[i++].name, meanings), ...);
  return events;
}

constexpr char const* relation = "a relation that treatments move has changed, or an organisation has ended";

}  // namespace

std::vector<sim::AgentEvents> const& event_meanings() {
  static std::vector<sim::AgentEvents> const all{
      of<Nation>("a dated intervention of the study", "a campaign against the nation has been discovered", "the evidence has reached the threshold",
                 "the government names a culprit", relation, "a dyad goes down one level of the escalation ladder"),
      of<ResponseTeam>("a case joins the queue", "triage, containment and eradication of a case are over", "the yearly exercise", relation,
                       "a case has waited so long that partners are asked", "an organisation asks for an idle server", "a partner has set a server aside",
                       "a server that was lent is free again"),
      of<Budget>("what the cases of a year cost", "a nation spends more or less on prevention", relation),
      of<Economy>("a sector's service has changed", "indirect loss is brought up to date"),
      of<InformationEnvironment>("an effect has become known", "a counter-message wins trust back", relation, "a crisis brings an information operation"),
      of<Organisation>("a member relays an indicator", "15 April: the yearly exercise", relation, "a member's case waits: a server is looked for",
                       "a server that was found is free again", "an intervention of the study ends the organisation"),
      of<ThreatActor>("a batch of occasions to attack one target", "a target has discovered a campaign", "a target has named the actor, or has not for three years",
                      "once a quarter: who knows the actor", "a shard begins or ends to need bulletins", relation, "a target's effort of prevention has changed",
                      "a target's policy of attribution begins or ends"),
      of<Arsenal>("a campaign looks for a tool", "an exploit is acquired", "a use of a tool has been discovered", "a tool has been disclosed",
                  "the actor hears that a tool is being shared"),
      of<IntrusionSet>("a campaign tries to get in", "an intrusion is found, if its mark is used up", "the effect of an intrusion falls due",
                       "hazards are made anew by what partners know", "a nation has absorbed an indicator", relation, "the actor changes its traces and lies low",
                       "it goes on as before"),
      of<Sector>("a campaign takes service", "a crew begins to restore", "an asset has won service back", "a provider's service has changed",
                 "faults or providers have changed an asset's service"),
      of<Asset>("a crew begins to restore", "a part of the service is back", "a campaign takes service", "an everyday fault begins", "a local crew has ended a fault",
                "an outage has lasted as long as some dependents can bridge", "a provider's loss has changed"),
      of<RepairCrews>("an asset reports a fault"),
      of<Hacktivists>("a campaign comes by itself", "the nation has named a culprit", "a follower attacks"),
  };
  return all;
}

}  // namespace world
