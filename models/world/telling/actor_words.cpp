// What actors, their arsenals and their intrusions do, in words.
#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/hacktivists.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/telling/names.hpp"
#include "models/world/telling/narrator.hpp"

namespace world {
namespace {

// The campaign as it is planned: "short espionage of severity 4 against the sector government of Japan".
std::string plan_words(Atlas const& atlas, Operation const& o) {
  return objective_words(o.objective) + " of severity " + std::to_string(o.severity) + " against the sector " + sector_words(atlas, o.sector) + " of " +
         nation_words(atlas, o.target) + (o.false_flag != 0 ? ", under a false flag" : "");
}

std::string with_tool(std::uint32_t tool) { return tool == 0 ? "" : " (" + tool_words(tool) + ")"; }

int actor_of(std::uint64_t incident) { return static_cast<int>(incident >> 48 & 0xff) - 1; }

void tell_decisions(Narrator& n) {
  Atlas const& atlas = n.atlas();
  n.tell_event<ThreatActor, ThreatActor::Candidate>([&](ThreatActor::Candidate const& c) {
    return "occasion " + std::to_string(c.number + 1) + " to attack " + nation_words(atlas, static_cast<int>(c.target)) + (c.extra != 0 ? ", beyond the base rate" : "");
  });
  n.tell_row<ThreatActor, ThreatActor::Decided>([&](ThreatActor::Decided const& d) {
    std::string text = actor_words(atlas, d.actor) + " uses " + std::to_string(d.attempted) + " of its occasions against " + nation_words(atlas, d.target);
    if (d.deterred > 0) text += " and lets " + std::to_string(d.deterred) + " pass: deterred, or drawn elsewhere";
    if (d.attracted > 0) text += ", " + std::to_string(d.attracted) + " of them beyond the base rate: attracted";
    return text;
  });
  n.tell_event<ThreatActor, ThreatActor::Known>([&](ThreatActor::Known const& k) { return nation_words(atlas, k.target) + " has discovered a campaign and knows the actor"; });
  n.tell_event<ThreatActor, ThreatActor::Blame>([&](ThreatActor::Blame const& b) {
    return nation_words(atlas, b.target) + (b.named == 0 ? " has named nobody for a campaign for three years" : b.innocent != 0 ? " has named the actor, which is innocent" : " has named the actor");
  });
  n.tell_event<ThreatActor, RelationChange>([&](RelationChange const& r) {
    return "hears that " + nation_words(atlas, r.nation) + "'s relation to " + organisation_words(atlas, r.organisation) + " has changed";
  });
}

void tell_tools(Narrator& n) {
  Atlas const& atlas = n.atlas();
  n.tell_event<Arsenal, Arsenal::Request>([&](Arsenal::Request const& r) {
    return actor_words(atlas, actor_of(r.operation.incident)) + " decides on " + plan_words(atlas, r.operation) + "; means to get in " + vector_words(r.operation.vector) +
           " on platform " + std::to_string(r.operation.platform + 1) + " after " + days_words(r.recon_days) + " of reconnaissance";
  });
  n.tell_event<Arsenal, Arsenal::Acquisition>([](Arsenal::Acquisition const& a) { return "acquires zero-day exploit " + std::to_string(a.number); });
  n.tell_row<Arsenal, Arsenal::Decision>([](Arsenal::Decision const& d) {
    return std::string("the stakes ") + (d.used != 0 ? "reach" : "do not reach") + " what a zero-day is held back for: it is " + (d.used != 0 ? "used" : "kept");
  });
  n.tell_event<Arsenal, Arsenal::Burned>([](Arsenal::Burned const& b) {
    return tool_words(b.tool) + " is burned: a campaign that used it was discovered " + days_words(static_cast<double>(b.dwell_days)) + " after it got in";
  });
  n.tell_event<Arsenal, Arsenal::Disclosed>([](Arsenal::Disclosed const& d) { return tool_words(d.tool) + " is disclosed and lost"; });
  n.tell_event<Arsenal, Arsenal::Leaked>([](Arsenal::Leaked const& l) { return "hears that indicators of " + tool_words(l.tool) + " are shared, and gives it up"; });
}

void tell_intrusions(Narrator& n) {
  Atlas const& atlas = n.atlas();
  n.tell_event<IntrusionSet, IntrusionSet::Attempt>([&](IntrusionSet::Attempt const& a) {
    if (recurrences(a.operation.incident) > 0) return actor_words(atlas, actor_of(a.operation.incident)) + " is back in " + nation_words(atlas, a.operation.target);
    return actor_words(atlas, actor_of(a.operation.incident)) + " tries to get into " + nation_words(atlas, a.operation.target) + " " + vector_words(a.operation.vector) +
           with_tool(a.operation.tool) + ": " + plan_words(atlas, a.operation);
  });
  n.tell_row<IntrusionSet, IntrusionSet::Accessed>([&](IntrusionSet::Accessed const& a) {
    return actor_words(atlas, a.actor) + " gets into " + nation_words(atlas, a.nation) + " " + vector_words(a.vector);
  });
  n.tell_event<IntrusionSet, IntrusionSet::Detection>([](IntrusionSet::Detection const& d) {
    return std::string(d.cause == static_cast<std::int32_t>(Cause::indicator) ? "a hunt by an indicator reaches the intrusion" : "the intrusion is due to be found");
  });
  n.tell_event<IntrusionSet, IntrusionSet::Effect>([](IntrusionSet::Effect const&) { return std::string("the effect of the intrusion falls due"); });
  n.tell_event<IntrusionSet, IntrusionSet::Absorbed>([&](IntrusionSet::Absorbed const& a) {
    return nation_words(atlas, a.nation) + " has absorbed an indicator of " + tool_words(a.tool);
  });
  n.tell_row<IntrusionSet, IntrusionSet::Discovery>([&](IntrusionSet::Discovery const& d) {
    std::string const what = objective_words(d.objective) + " of severity " + std::to_string(d.severity) + " by " + actor_words(atlas, d.actor) + " in the sector " +
                             sector_words(atlas, d.sector) + " of " + nation_words(atlas, d.nation);
    std::string const after = d.dwell_days > 0 ? ", " + days_words(d.dwell_days) + " after it got in" : "";
    if (d.cause == static_cast<std::int32_t>(Cause::effect)) return what + " takes effect before anybody has found it" + after;
    return what + " is found " + cause_words(d.cause) + after;
  });
  n.tell_row<IntrusionSet, IntrusionSet::Theft>([](IntrusionSet::Theft const& t) { return "the spy was in control for " + days_words(t.days) + " of " + days_words(t.dwell_days); });
  n.tell_event<IntrusionSet, RelationChange>([&](RelationChange const& r) {
    return "hears that " + nation_words(atlas, r.nation) + "'s relation to " + organisation_words(atlas, r.organisation) + " has changed";
  });
}

void tell_hacktivists(Narrator& n) {
  n.tell_event<Hacktivists, Hacktivists::Rising>([](Hacktivists::Rising const& r) { return "hacktivists rise by themselves (rising " + std::to_string(r.number + 1) + ")"; });
  n.tell_event<Hacktivists, Hacktivists::Provocation>([](Hacktivists::Provocation const&) { return std::string("a public naming provokes hacktivists"); });
  n.tell_event<Hacktivists, Hacktivists::Campaign>([](Hacktivists::Campaign const&) { return std::string("a follower attacks: a burst of denial of service"); });
  Atlas const& atlas = n.atlas();
  n.tell_row<Hacktivists, IntrusionSet::Discovery>([&](IntrusionSet::Discovery const& d) {
    return "hacktivists take a service of the sector " + sector_words(atlas, d.sector) + " of " + nation_words(atlas, d.nation) + " down";
  });
}

}  // namespace

void tell_actors(Narrator& narrator) {
  tell_decisions(narrator);
  tell_tools(narrator);
  tell_intrusions(narrator);
  tell_hacktivists(narrator);
}

}  // namespace world
