#include "models/world/state_variables.hpp"

#include <array>

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
#include "sim/kernel/padding.hpp"

namespace world {
namespace {

template <class S, class V>
struct Line {
  V S::*variable;
  char const *name, *unit, *meaning;
};

template <class S, class V>
constexpr Line<S, V> line(V S::*variable, char const* name, char const* unit, char const* meaning) {
  return {variable, name, unit, meaning};
}

// An array cannot stand alone as a value.
template <class V>
struct Alone {
  V value;
};

// An agent whose lines hold every byte of its state that holds a value.
template <class A, class... V>
sim::AgentName agent(char const* what, Line<typename A::State, V>... lines) {
  static_assert((std::size_t{0} + ... + sim::value_bytes<Alone<V>>()) == sim::value_bytes<typename A::State>(), "a variable of the state has no line, or two");
  return {std::string(A::name), what, {sim::VariableName{lines.name, lines.unit, lines.meaning}...}};
}

sim::AgentName nation() {
  using S = Nation::State;
  return agent<Nation>("a government: attributes, names, answers, shares",
                       line(&S::relations, "relations", "flags and days", "what it knows of the relations that treatments move"),
                       line(&S::attribution_policy, "attribution_policy", "0 or 1", "whether it names culprits as a policy"),
                       line(&S::level, "level", "0 to 4", "of the escalation ladder, per actor"),
                       line(&S::responded, "responded", "0 or 1", "whether it answered the last naming with more than words, per actor"));
}

sim::AgentName response_team() {
  using S = ResponseTeam::State;
  return agent<ResponseTeam>("a nation's response team: a queue with servers",
                             line(&S::waiting, "waiting", "cases", "cases that no server has taken up, at most 96"),
                             line(&S::busy, "busy", "servers", "own servers at work or lent"),
                             line(&S::cost, "cost", "cases of severity 3", "of the cases closed since the last account"),
                             line(&S::account_year, "account_year", "calendar year", "of the last case closed"),
                             line(&S::skill, "skill", "0 to 1", "left of exercises, at skill_day"),
                             line(&S::skill_day, "skill_day", "d", "day of the last exercise"),
                             line(&S::relations, "relations", "flags and days", "what it knows of the relations that treatments move"));
}

sim::AgentName budget() {
  using S = Budget::State;
  return agent<Budget>("a nation's budget for prevention",
                       line(&S::cost, "cost", "cases of severity 3", "faded sum of what campaigns cost"),
                       line(&S::expected, "expected", "cases of severity 3", "faded sum of what they were expected to cost"),
                       line(&S::account_day, "account_day", "d", "day of the last account"),
                       line(&S::level, "level", "steps of 10 %", "efforts of all nations as last told, its own included"),
                       line(&S::relations, "relations", "flags and days", "what it knows of the relations that treatments move"));
}

sim::AgentName economy() {
  using S = Economy::State;
  return agent<Economy>("a nation's economy: indirect loss through inputs and outputs",
                        line(&S::inoperability, "inoperability", "share", "of each sector, with what it lacks of others"),
                        line(&S::outage, "outage", "share", "of each sector's service, as told"),
                        line(&S::day, "day", "d", "up to which all is accounted for"),
                        line(&S::settles, "settles", "1", "accounts that are due"),
                        line(&S::active, "active", "0 or 1", "whether anything is out"));
}

sim::AgentName information_environment() {
  using S = InformationEnvironment::State;
  return agent<InformationEnvironment>("a nation's public",
                                       line(&S::deficit, "deficit", "logit", "trust below normal at `day`"),
                                       line(&S::day, "day", "d", "of the last change"),
                                       line(&S::relations, "relations", "flags and days", "what it knows of the relations that treatments move"));
}

sim::AgentName organisation() {
  using S = Organisation::State;
  return agent<Organisation>("an organisation of nations: relays, exercises, finds servers",
                             line(&S::relations, "relations", "flags and days", "what it knows of the relations that treatments move"),
                             line(&S::lent, "lent", "servers", "found for members or being looked for"),
                             line(&S::pooled_quarter, "pooled_quarter", "quarter", "for which `pooled` holds"),
                             line(&S::pooled, "pooled", "servers", "of the members by dose, summed over nations in order"));
}

sim::AgentName threat_actor() {
  using S = ThreatActor::State;
  return agent<ThreatActor>("a state or the criminals: decides whom to attack",
                            line(&S::named, "named", "cases", "faded count of its attacks that each target named"),
                            line(&S::cases, "cases", "cases", "faded count of its resolved attacks on each target"),
                            line(&S::tension, "tension", "log rate", "towards each target"),
                            line(&S::acceptance, "acceptance", "log", "with signal_doctrine: share of gains above each target's cut-off, over the record's"),
                            line(&S::has_policy, "has_policy", "0 or 1", "with signal_doctrine: whether each target has an attribution policy"),
                            line(&S::judged_quarter, "judged_quarter", "quarter", "for which `acceptance` was last made"),
                            line(&S::effort, "effort", "steps of 10 %", "of prevention by each target, as told"),
                            line(&S::named_innocent, "named_innocent", "cases", "faded count of namings for what it did not do"),
                            line(&S::decayed_day, "decayed_day", "d", "when the counts were last faded"),
                            line(&S::summed_day, "summed_day", "d", "when the sum over targets was last made"),
                            line(&S::weighted_sum, "weighted_sum", "1/yr", "sum of base rates times preferences"),
                            line(&S::displacement_factor, "displacement_factor", "1", "factor on all rates from displacement"),
                            line(&S::known_day, "known_day", "d", "last discovery by each nation, counted from 1"),
                            line(&S::relations, "relations", "flags and days", "what it knows of the relations that treatments move"),
                            line(&S::subscribed, "subscribed", "bits", "shards that wait for bulletins"),
                            line(&S::knowledge_low, "knowledge_low", "bits", "nations 0 to 63 that know the actor"),
                            line(&S::knowledge_high, "knowledge_high", "bits", "nations 64 and on that know it"));
}

sim::AgentName arsenal() {
  using S = Arsenal::State;
  return agent<Arsenal>("an actor's exploits for one platform",
                        line(&S::held, "held", "exploits", "zero-days with the day on which each is lost, at most 128"),
                        line(&S::survived, "survived", "uses", "faded count of uses that stayed unseen"),
                        line(&S::used, "used", "uses", "faded count of uses"),
                        line(&S::decayed_day, "decayed_day", "d", "when the counts were last faded"),
                        line(&S::burned, "burned", "tool", "zero-day that has been found and is not yet disclosed, 0 for none"),
                        line(&S::known_patch_day, "known_patch_day", "d", "when the flaw of the current tool was patched"),
                        line(&S::known, "known", "tool and day", "current tool for known flaws, how often one was lost before its time, when the next comes"),
                        line(&S::supplier, "supplier", "tool and day", "the same of compromised suppliers"),
                        line(&S::found_supplier, "found_supplier", "tool", "last supplier that was found in use, 0 for none"));
}

sim::AgentName intrusion_set() {
  using S = IntrusionSet::State;
  return agent<IntrusionSet>("a shard of an actor's open intrusions: the race between detection and effect",
                             line(&S::open, "open", "intrusions", "covert intrusions, at most 34"),
                             line(&S::exposures, "exposures", "tool and day", "last tool absorbed, per target, platform and kind"),
                             line(&S::knowledge_low, "knowledge_low", "bits", "nations 0 to 63 that know the actor"),
                             line(&S::knowledge_high, "knowledge_high", "bits", "nations 64 and on that know it"),
                             line(&S::subscribed, "subscribed", "0 or 1", "whether it waits for bulletins"),
                             line(&S::noted_quarter, "noted_quarter", "quarter", "for which `noted` holds"),
                             line(&S::noted, "noted", "1", "factor of M1 on the hazard, per target; 0: not yet made"),
                             line(&S::told_day, "told_day", "d", "when the actor was last told that a target knows it, counted from 1"),
                             line(&S::relations, "relations", "flags and days", "what it knows of the relations that treatments move"));
}

sim::AgentName hacktivists() { return agent<Hacktivists>("all hacktivists against a nation: bursts of denial of service"); }

sim::AgentName sector() {
  using S = Sector::State;
  return agent<Sector>("a sector of a nation",
                       line(&S::own_loss, "own_loss", "share", "of its service, lost to campaigns"),
                       line(&S::extra_loss, "extra_loss", "2^-50 of its service", "lost to faults and providers of its assets"),
                       line(&S::inherited_loss, "inherited_loss", "2^-50 of its service", "of all loss, through providers of its assets"),
                       line(&S::provider_level, "provider_level", "share", "service of each provider as felt, at home and abroad"),
                       line(&S::provider_number, "provider_number", "1", "number of the last message of each provider"),
                       line(&S::level, "level", "share", "its service"),
                       line(&S::felt, "felt", "share", "its service without faults too small to be felt by others"),
                       line(&S::told_level, "told_level", "share", "as last told to the economy"),
                       line(&S::told_dependent, "told_dependent", "share", "as last told to each dependent"),
                       line(&S::told_abroad, "told_abroad", "share", "as last told to each nation abroad"),
                       line(&S::told_number, "told_number", "1", "number of the last message to dependents"),
                       line(&S::out_abroad, "out_abroad", "1", "providers abroad that are felt to be out"),
                       line(&S::in_cascade, "in_cascade", "0 or 1", "whether providers take 5 % or more"),
                       line(&S::from_abroad, "from_abroad", "0 or 1", "whether providers abroad take 1 % or more beyond those at home"),
                       line(&S::outage_day, "outage_day", "d", "since when `felt` is below 1"),
                       line(&S::split_hits, "split_hits", "hits", "that wait for a crew in a history that is split, and their branches; else none, at most 32"));
}

sim::AgentName asset() {
  using S = Asset::State;
  return agent<Asset>("an infrastructure asset",
                      line(&S::campaign_loss, "campaign_loss", "share", "of its service, lost to campaigns"),
                      line(&S::extra, "extra", "2^-50 of the sector", "lost to faults and providers, as told to the sector"),
                      line(&S::inherited, "inherited", "2^-50 of the sector", "lost through providers, as told to the sector"),
                      line(&S::told_at, "told_at", "time", "when the last message arrives at dependents"),
                      line(&S::fault_loss, "fault_loss", "share", "of its service, lost to an everyday fault"),
                      line(&S::told, "told", "share", "loss that dependents whose buffer is spent have been told"),
                      line(&S::spent_days, "spent_days", "d", "dependents with buffers up to this feel the outage"),
                      line(&S::outage, "outage", "1", "counts beginnings and ends"),
                      line(&S::lost, "lost", "share", "through each provider"));
}

sim::AgentName repair_crews() {
  using S = RepairCrews::State;
  return agent<RepairCrews>("a depot of local crews", line(&S::free_at, "free_at", "time", "when each crew is free again"));
}

}  // namespace

std::vector<sim::AgentName> const& agent_names() {
  static std::vector<sim::AgentName> const names{nation(), response_team(), budget(), economy(), information_environment(), organisation(), threat_actor(),
                                                 arsenal(), intrusion_set(), sector(), asset(), repair_crews(), hacktivists()};
  return names;
}

}  // namespace world
