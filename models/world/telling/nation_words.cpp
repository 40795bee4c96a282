// What nations, their response teams and their organisations do, in words.
#include "models/world/nation/budget.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/organisation/organisation.hpp"
#include "models/world/telling/names.hpp"
#include "models/world/telling/narrator.hpp"

namespace world {
namespace {

std::string flag_words(int flag) {
  if (flag == attribution_policy_flag) return "policy of attribution";
  switch (static_cast<Flag>(flag)) {
    case Flag::liaison: return "liaison";
    case Flag::exercise: return "part in the exercises";
    case Flag::membership: return "membership";
    case Flag::announcement: return "announced membership";
  }
  return "relation";
}

std::string change_words(Atlas const& atlas, int organisation, int flag, int on) {
  std::string const where = organisation < 0 ? "" : (flag == static_cast<int>(Flag::liaison) ? " with " : " of ") + organisation_words(atlas, organisation);
  return flag_words(flag) + where + (on != 0 ? " begins" : " ends");
}

void tell_relations(Narrator& n) {
  Atlas const& atlas = n.atlas();
  auto const changed = [&](RelationChange const& r) {
    return r.nation < 0 ? "hears that " + organisation_words(atlas, r.organisation) + " is dissolved"
                        : "hears that " + nation_words(atlas, r.nation) + "'s " + change_words(atlas, r.organisation, r.flag, r.on);
  };
  n.tell_event<Nation, Nation::Lever>([&](Nation::Lever const& l) { return change_words(atlas, l.organisation, l.flag, l.on); });
  n.tell_row<Nation, Nation::LeverMoved>([&](Nation::LeverMoved const& l) { return nation_words(atlas, l.nation) + "'s " + change_words(atlas, l.organisation, l.flag, l.on); });
  n.tell_event<Nation, RelationChange>(changed);
  n.tell_event<ResponseTeam, RelationChange>(changed);
  n.tell_event<Organisation, RelationChange>(changed);
  n.tell_event<InformationEnvironment, RelationChange>(changed);
  n.tell_event<Budget, RelationChange>(changed);
  n.tell_event<Organisation, Organisation::Dissolved>([&](Organisation::Dissolved const& d) { return organisation_words(atlas, d.organisation) + " is dissolved"; });
}

void tell_attribution(Narrator& n) {
  Atlas const& atlas = n.atlas();
  n.tell_event<Nation, Nation::Discovered>([&](Nation::Discovered const& d) {
    return "the government learns of a campaign by " + actor_words(atlas, d.actor) + (d.tool == 0 ? "" : ", found with " + tool_words(d.tool));
  });
  n.tell_event<Nation, Nation::Attributed>([&](Nation::Attributed const& a) {
    return a.fast != 0 ? std::string("the culprit is plain at once") : std::string("the evidence is strong enough") + (a.correct != 0 ? "" : ", against the wrong state");
  });
  n.tell_row<Nation, Nation::TechnicalAttribution>([&](Nation::TechnicalAttribution const& a) {
    return nation_words(atlas, a.nation) + " is sure of the culprit " + days_words(a.lag_days) + " after discovery" + (a.correct != 0 ? "" : ", and wrong");
  });
  n.tell_row<Nation, Nation::PoliticalAttribution>([&](Nation::PoliticalAttribution const& p) {
    std::string text = nation_words(atlas, p.nation) + (p.correct != 0 ? " names " + actor_words(atlas, p.actor) : " names the wrong state") + " in public " + days_words(p.lag_days) + " after discovery, ";
    text += p.cosigners == 0 ? "alone" : "with " + std::to_string(p.cosigners) + (p.cosigners == 1 ? " partner" : " partners");
    return text + (p.response == 3 ? "; answers in kind" : p.response == 2 ? "; takes a legal step" : "");
  });
  n.tell_row<Nation, Nation::Escalation>([&](Nation::Escalation const& e) {
    return "relations with " + actor_words(atlas, e.actor) + " stand at step " + std::to_string(e.level) + " of the escalation ladder";
  });
}

void tell_response(Narrator& n) {
  Atlas const& atlas = n.atlas();
  n.tell_event<ResponseTeam, ResponseTeam::Case>([&](ResponseTeam::Case const& c) {
    return "a case of severity " + std::to_string(c.severity) + " in the sector " + sector_words(atlas, c.sector) + " reaches the response team";
  });
  n.tell_row<ResponseTeam, ResponseTeam::Started>([](ResponseTeam::Started const& s) {
    return s.wait_days < 1. / 24 ? std::string("work on the case begins at once") : "work on the case begins after " + days_words(s.wait_days) + " in the queue";
  });
  n.tell_row<ResponseTeam, ResponseTeam::Contained>([](ResponseTeam::Contained const& c) {
    return "the case is closed; the intruder was contained " + days_words(c.days) + " after discovery";
  });
  n.tell_row<ResponseTeam, ResponseTeam::Aided>([&](ResponseTeam::Aided const& a) {
    return "a team of " + nation_words(atlas, a.lender) + " takes the case up, through " + organisation_words(atlas, a.organisation);
  });
  n.tell_event<ResponseTeam, ResponseTeam::Closed>([](ResponseTeam::Closed const& c) { return "the case is closed; contained " + days_words(c.contain_days) + " after discovery"; });
  n.tell_event<ResponseTeam, ResponseTeam::Exercise>([](ResponseTeam::Exercise const&) { return std::string("the team takes part in the yearly exercise"); });
}

void tell_sharing(Narrator& n) {
  Atlas const& atlas = n.atlas();
  n.tell_event<Organisation, Organisation::Indicator>([&](Organisation::Indicator const& i) {
    return nation_words(atlas, i.nation) + " shares an indicator of " + tool_words(i.tool) + " of " + actor_words(atlas, i.actor);
  });
  n.tell_row<Organisation, Organisation::Relayed>([&](Organisation::Relayed const& r) {
    return organisation_words(atlas, r.organisation) + " relays an indicator of " + nation_words(atlas, r.nation) + "; " + std::to_string(r.absorbed) + " nations will act on it";
  });
  n.tell_event<Organisation, Organisation::AidSought>([&](Organisation::AidSought const& a) { return nation_words(atlas, a.nation) + " asks partners for a team"; });
}

}  // namespace

void tell_nations(Narrator& narrator) {
  tell_relations(narrator);
  tell_attribution(narrator);
  tell_response(narrator);
  tell_sharing(narrator);
}

}  // namespace world
