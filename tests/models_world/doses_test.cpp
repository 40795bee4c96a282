// Doses: flags, ramps, withdrawal, overlap of organisations, and what joining changes for every pair.
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/world/doses.hpp"

using namespace world;

namespace {

sim::Time const start = sim::to_time({2010, 1, 1}), end = sim::to_time({2030, 1, 1});
double const long_after = 7000;  // [d]
FlagDays const always{.member_from = -1e6F};

FlagDays member_from(float day) { return {.member_from = day}; }

// A record of two organisations with given weights of membership for all mechanisms, and four nations.
Atlas two_organisations(double w, double v) {
  Atlas atlas;
  for (char const* code : {"AAA", "BBB", "CCC", "DDD"}) {
    NationRecord nation;
    nation.iso3 = code;
    atlas.nations.push_back(nation);
  }
  for (double const weight : {w, v}) {
    OrganisationRecord organisation;
    organisation.code = "O" + std::to_string(atlas.organisations.size());
    organisation.weight[static_cast<std::size_t>(Flag::membership)].fill(weight);
    atlas.organisations.push_back(organisation);
  }
  return atlas;
}

void join(Atlas& atlas, int nation, int organisation, sim::Time from, sim::Time to = sim::end_of_time) {
  atlas.flags.push_back({nation, organisation, Flag::membership, "member", from, to});
}

Parameters plain() {
  Parameters parameters;
  parameters.membership_ramp_days = 180;
  return parameters;
}

Relations controlled(std::vector<Relation> const& list) {
  Relations relations;
  for (std::size_t i = 0; i < list.size(); ++i) relations.slots[i] = list[i];
  return relations;
}

constexpr Mechanism pair_mechanisms[] = {Mechanism::notification, Mechanism::sharing, Mechanism::attribution};

}  // namespace

TEST_CASE("organisations that overlap add less than their sum: .7 and .3 give .79", "[world][doses]") {
  Atlas atlas = two_organisations(.7, .3);
  sim::Time const long_ago = sim::to_time({1900, 1, 1});
  for (int nation : {0, 1}) join(atlas, nation, 0, long_ago), join(atlas, nation, 1, long_ago);
  join(atlas, 2, 1, long_ago);
  Doses const doses(atlas, plain(), {}, start, end);
  for (Mechanism const m : pair_mechanisms) {
    CHECK(doses.pair(m, 0, 1, {}, 100) == Approx(.79).margin(1e-6));
    CHECK(doses.pair(m, 1, 0, {}, 100) == Approx(.79).margin(1e-6));
    CHECK(doses.pair(m, 0, 2, {}, 100) == Approx(.3).margin(1e-6));
    CHECK(doses.pair(m, 0, 3, {}, 100) == 0);
  }
  CHECK(doses.nation(Mechanism::readiness, 0, {}, 100) == Approx(.79).margin(1e-6));
}

TEST_CASE("doses of all nations at an organisation are those one by one, a lever's included", "[world][doses]") {
  Atlas atlas = two_organisations(.6, .3);
  join(atlas, 0, 0, sim::to_time({1900, 1, 1})), join(atlas, 3, 1, sim::to_time({1900, 1, 1}));
  std::vector<Relation> const list{{1, 0, {}}, {2, 1, {}}};
  Doses const doses(atlas, plain(), list, start, end);
  auto relations = controlled(list);
  relations.set(1, 0, Flag::membership, true, 0, 180);
  for (int organisation : {0, 1}) {
    std::array<double, 4> all{};
    doses.all_at_organisation(Mechanism::sharing, organisation, relations, 90, all);
    for (int n = 0; n < 4; ++n) CHECK(all[static_cast<std::size_t>(n)] == doses.at_organisation(Mechanism::sharing, n, organisation, relations, 90));
    CHECK(all[1] == (organisation == 0 ? Approx(.6 * -std::expm1(-90. / 180)) : Approx(0)));
  }
}

TEST_CASE("doses with all nations are those of the pairs, to the bit", "[world][doses]") {
  Atlas const atlas = load_atlas();
  int const japan = atlas.nation("JPN"), korea = atlas.nation("KOR"), estonia = atlas.nation("EST");
  std::vector<Relation> const list{{static_cast<std::int16_t>(japan), static_cast<std::int16_t>(atlas.centre), {}}, {static_cast<std::int16_t>(korea), static_cast<std::int16_t>(atlas.centre), {}}};
  Doses const doses(atlas, plain(), list, start, end);
  Relations relations = controlled(list);
  relations.set(japan, atlas.centre, Flag::membership, true, 100, 180);
  for (int const nation : {japan, korea, estonia})
    for (double const day : {50., 400., 4000.}) {
      std::vector<double> all(atlas.nations.size());
      doses.all_pairs(Mechanism::sharing, nation, relations, day, all);
      for (int n = 0; n < static_cast<int>(all.size()); ++n)
        CHECK(all[static_cast<std::size_t>(n)] == (n == nation ? 0 : doses.pair(Mechanism::sharing, nation, n, relations, day)));
    }
}

TEST_CASE("a pair's dose at an organisation is the smaller of the two, not their product", "[world][doses]") {
  Atlas atlas = two_organisations(.6, 0);
  sim::Time const long_ago = sim::to_time({1900, 1, 1});
  join(atlas, 0, 0, long_ago);
  std::vector<Relation> const list{{1, 0, {}}};
  Doses const doses(atlas, plain(), list, start, end);
  auto relations = controlled(list);
  relations.set(1, 0, Flag::membership, true, 0, 180);
  double const newcomer = .6 * -std::expm1(-90. / 180);
  for (Mechanism const m : pair_mechanisms) CHECK(doses.pair(m, 0, 1, relations, 90) == Approx(newcomer).margin(1e-6));
}

TEST_CASE("a membership ramps up and, once left, decays with the same time constant", "[world][doses]") {
  Atlas const atlas = two_organisations(.8, 0);
  Doses const doses(atlas, plain(), {}, start, end);
  FlagDays flags = member_from(400);
  auto const dose = [&](double day) { return doses.relation(Mechanism::readiness, 0, flags, day); };
  CHECK(dose(399.9) == 0);
  CHECK(dose(400 + 180) == Approx(.8 * (1 - std::exp(-1.))).epsilon(1e-9));
  CHECK(dose(400 + 36000) == Approx(.8).epsilon(1e-9));
  flags.member_to = 760;
  double const reached = .8 * (1 - std::exp(-2.));
  CHECK(dose(760) == Approx(reached).epsilon(1e-9));
  CHECK(dose(760.001) == Approx(reached).epsilon(1e-4));
  CHECK(dose(760 + 180) == Approx(reached * std::exp(-1.)).epsilon(1e-9));
}

TEST_CASE("who joins again goes on from what is left of the earlier membership", "[world][doses]") {
  Atlas atlas = two_organisations(.8, 0);
  std::vector<Relation> const list{{0, 0, {}}};
  Doses const doses(atlas, plain(), list, start, end);
  Relations relations = controlled(list);
  auto const dose = [&](double day) { return doses.nation(Mechanism::readiness, 0, relations, day); };
  relations.set(0, 0, Flag::membership, true, 400, 180);
  relations.set(0, 0, Flag::membership, false, 760, 180);
  double const left = (1 - std::exp(-2.)) * std::exp(-1.);  // reached in two ramps, decayed over one
  relations.set(0, 0, Flag::membership, true, 940, 180);
  CHECK(dose(940) == Approx(.8 * left).epsilon(1e-6));
  CHECK(dose(940 + 180) == Approx(.8 * (1 - (1 - left) * std::exp(-1.))).epsilon(1e-6));
  CHECK(dose(940 + 36000) == Approx(.8).epsilon(1e-6));
  relations.set(0, 0, Flag::membership, false, 1120, 180);
  CHECK(dose(1300) == Approx(.8 * (1 - (1 - left) * std::exp(-1.)) * std::exp(-1.)).epsilon(1e-6));
  // The record does the same.
  for (auto const& [from, to] : {std::pair{400., 760.}, std::pair{940., 1e6}})
    join(atlas, 1, 0, start + sim::from_days(from), start + sim::from_days(to));
  relations = controlled(list);
  relations.set(0, 0, Flag::membership, true, 400, 180);
  relations.set(0, 0, Flag::membership, false, 760, 180);
  relations.set(0, 0, Flag::membership, true, 940, 180);
  Doses const recorded(atlas, plain(), list, start, end);
  double const middle = 20.5 * Doses::quarter_days;
  CHECK(recorded.nation(Mechanism::readiness, 1, {}, middle) == Approx(recorded.nation(Mechanism::readiness, 0, relations, middle)).margin(1e-6));
}

TEST_CASE("where a member withdraws, doses are those of a record in which it leaves that day, or never joins", "[world][doses]") {
  Atlas const atlas = load_atlas();
  int const centre = atlas.organisation("CCDCOE");
  sim::Time const last = sim::to_time({2019, 7, 1});
  double const day = sim::in_days(last - start);
  std::vector<int> const leaving{atlas.nation("EST"), atlas.nation("JPN")};  // one long a member, one that was to join later
  Endings endings;
  for (int const n : leaving) endings.withdrawals.push_back({n, centre, day});
  Doses const doses(atlas, plain(), {}, start, end, endings), never(atlas, plain(), {}, start, end);
  int const nations = static_cast<int>(atlas.nations.size());
  for (std::size_t k = 0; k < leaving.size(); ++k) {
    Atlas left_early = atlas;
    auto const is_theirs = [&](FlagRecord const& flag) { return flag.nation == leaving[k] && flag.organisation == centre && flag.flag != Flag::announcement; };
    for (FlagRecord& flag : left_early.flags)
      if (is_theirs(flag)) flag.to = std::min(flag.to, last);
    std::erase_if(left_early.flags, [&](FlagRecord const& flag) { return is_theirs(flag) && flag.from >= last; });
    Doses const left(left_early, plain(), {}, start, end);
    Relations withdrawn;
    withdrawn.ending = 2 + static_cast<int>(k);
    double lost = 0;
    for (double const d : {day + 100, day + 1500, day + 3000})
      for (int a = 0; a < nations; a += 3) {
        for (Mechanism const m : {Mechanism::readiness, Mechanism::attribution, Mechanism::visibility}) CHECK(doses.nation(m, a, withdrawn, d) == left.nation(m, a, {}, d));
        if (a == leaving[k]) continue;
        for (Mechanism const m : pair_mechanisms) {
          CHECK(doses.pair(m, leaving[k], a, withdrawn, d) == left.pair(m, leaving[k], a, {}, d));
          CHECK(doses.pair(m, leaving[k], a, {}, d) == never.pair(m, leaving[k], a, {}, d));
          lost += never.pair(m, leaving[k], a, {}, d) - doses.pair(m, leaving[k], a, withdrawn, d);
        }
      }
    auto const n = static_cast<std::size_t>(nations);
    std::vector<double> own(n), record(n);
    std::array<std::uint64_t, 2> const everybody{~0ULL, (1ULL << (n - 64)) - 1};
    for (double const d : {day + 100, day + 3000})
      for (int a = 0; a < nations; ++a) {
        CHECK(doses.pool_of(a, withdrawn, d) == left.pool_of(a, {}, d));
        for (Mechanism const m : pair_mechanisms) {
          doses.all_pairs(m, a, withdrawn, d, own), left.all_pairs(m, a, {}, d, record);
          CHECK(own == record);
          CHECK(doses.known_by(m, a, everybody, withdrawn, d) == left.known_by(m, a, everybody, {}, d));
        }
      }
    for (Mechanism const m : {Mechanism::readiness, Mechanism::attribution, Mechanism::visibility, Mechanism::sharing}) {
      for (int o = 0; o < static_cast<int>(atlas.organisations.size()); ++o) {
        doses.all_at_organisation(m, o, withdrawn, day + 100, own), left.all_at_organisation(m, o, {}, day + 100, record);
        CHECK(own == record);
      }
      if (m == Mechanism::sharing) continue;
      doses.all_nations(m, withdrawn, day + 100, own), left.all_nations(m, {}, day + 100, record);
      CHECK(own == record);
    }
    CHECK(lost > 0.1);
    CHECK(endings.is_out(2 + static_cast<int>(k), leaving[k], centre));
    CHECK_FALSE(endings.is_out(2 + static_cast<int>(k), leaving[1 - k], centre));
  }
  CHECK_FALSE(endings.is_out(0, leaving[0], centre));
}

TEST_CASE("where an organisation ends, doses are those of a record in which all its members leave that day", "[world][doses]") {
  Atlas const atlas = load_atlas();
  int const centre = atlas.organisation("CCDCOE");
  sim::Time const last = sim::to_time({2019, 7, 1});
  double const day = sim::in_days(last - start);
  Atlas ended = atlas;
  for (FlagRecord& flag : ended.flags)
    if (flag.organisation == centre) flag.to = std::min(flag.to, last);
  std::erase_if(ended.flags, [&](FlagRecord const& flag) { return flag.organisation == centre && (flag.from >= last || flag.flag == Flag::announcement); });
  Doses const doses(atlas, plain(), {}, start, end, {centre, day}), left(ended, plain(), {}, start, end), never(atlas, plain(), {}, start, end);
  Relations dissolved;
  dissolved.ending = 1;
  int const nations = static_cast<int>(atlas.nations.size());
  double lost = 0;
  for (double const d : {day + 100, day + 700, day + 3000})
    for (int a = 0; a < nations; ++a) {
      for (Mechanism const m : {Mechanism::readiness, Mechanism::information, Mechanism::visibility})
        CHECK(doses.nation(m, a, dissolved, d) == left.nation(m, a, {}, d));
      CHECK(doses.pool_of(a, dissolved, d) == never.pool_of(a, {}, d));  // the Centre never had a pool
      for (int b = 0; b < nations; b += 7)
        if (a != b)
          for (Mechanism const m : pair_mechanisms) {
            CHECK(doses.pair(m, a, b, dissolved, d) == left.pair(m, a, b, {}, d));
            CHECK(doses.pair(m, a, b, {}, d) == never.pair(m, a, b, {}, d));  // who has not heard of it goes on
            lost += never.pair(m, a, b, {}, d) - doses.pair(m, a, b, dissolved, d);
          }
    }
  CHECK(lost > 1);
  CHECK(doses.at_organisation(Mechanism::sharing, atlas.nation("EST"), centre, dissolved, day + 3000) < 1e-6);
  CHECK(doses.at_organisation(Mechanism::sharing, atlas.nation("EST"), atlas.organisation("EU"), dissolved, day + 3000) > .3);
}

TEST_CASE("liaison, exercise and membership combine as independent chances and end sharply", "[world][doses]") {
  Atlas const atlas = load_atlas();
  int const centre = atlas.organisation("CCDCOE");
  Doses const doses(atlas, plain(), {}, start, end);
  FlagDays const all{
      .liaison_from = 10, .liaison_to = 20, .exercise_from = 15, .exercise_to = 20, .member_from = -1e6F};
  auto const dose = [&](double day) { return doses.relation(Mechanism::readiness, centre, all, day); };
  CHECK(dose(9.99) == Approx(.5));
  CHECK(dose(10) == Approx(1 - .8 * .5));
  CHECK(dose(15) == Approx(1 - .8 * .6 * .5));
  CHECK(dose(20) == Approx(.5));
}

TEST_CASE("an announcement is seen until the membership begins", "[world][doses]") {
  Atlas const atlas = load_atlas();
  int const centre = atlas.organisation("CCDCOE");
  Doses const doses(atlas, plain(), {}, start, end);
  FlagDays const flags{.member_from = 300, .announced = 100};
  auto const dose = [&](Mechanism m, double day) { return doses.relation(m, centre, flags, day); };
  CHECK(dose(Mechanism::visibility, 99) == 0);
  CHECK(dose(Mechanism::visibility, 100) == Approx(.3));
  CHECK(dose(Mechanism::visibility, 299) == Approx(.3));
  CHECK(dose(Mechanism::visibility, 300) == 0);
  CHECK(dose(Mechanism::visibility, 480) == Approx(1 - std::exp(-1.)));
  CHECK(dose(Mechanism::notification, 200) == 0);
}

TEST_CASE("weights are scaled by their factor and capped at one", "[world][doses]") {
  Atlas const atlas = load_atlas();
  int const centre = atlas.organisation("CCDCOE"), nato = atlas.organisation("NATO");
  Parameters parameters = plain();
  parameters.centre_weight[static_cast<std::size_t>(Mechanism::readiness)] = 1.5;
  parameters.centre_weight[static_cast<std::size_t>(Mechanism::visibility)] = 1.5;
  parameters.elsewhere_weight.fill(.5);
  Doses const doses(atlas, parameters, {}, start, end);
  CHECK(doses.relation(Mechanism::readiness, centre, always, long_after) == Approx(.75));
  CHECK(doses.relation(Mechanism::visibility, centre, always, long_after) == 1);
  CHECK(doses.relation(Mechanism::readiness, nato, always, long_after) == Approx(.25));
}

TEST_CASE("by joining, Japan gains with every member of the Centre exactly that relation, and with nobody else",
          "[world][doses]") {
  Atlas const atlas = load_atlas();
  int const japan = atlas.nation("JPN"), centre = atlas.organisation("CCDCOE");
  std::vector<Relation> const list{{static_cast<std::int16_t>(japan), static_cast<std::int16_t>(centre), {}}};
  Doses const doses(atlas, plain(), list, start, end);
  Relations const before = controlled(list);
  Relations after = before;
  double const joined = 91.3125 * 60, day = joined + 400.5;
  after.set(japan, centre, Flag::membership, true, static_cast<float>(joined), 180);
  int gains = 0;
  for (Mechanism const m : pair_mechanisms)
    for (int n = 0; n < static_cast<int>(atlas.nations.size()); ++n) {
      if (n == japan) continue;
      double const member = doses.at_organisation(m, n, centre, after, day);
      double const own = doses.relation(m, centre, after.slots[0].flags, day);
      double const without = doses.pair(m, japan, n, before, day), with = doses.pair(m, japan, n, after, day);
      CHECK(1 - with == Approx((1 - without) * (1 - std::min(own, member))).margin(1e-6));
      CHECK(doses.pair(m, n, japan, after, day) == Approx(with).margin(1e-6));
      CHECK((with > without) == (member > 0));
      gains += with > without ? 1 : 0;
      CHECK(doses.pair(m, japan, n, after, joined - 1) == doses.pair(m, japan, n, before, joined - 1));
    }
  CHECK(gains > 3 * 25);
  CHECK(doses.pair(Mechanism::notification, japan, atlas.nation("USA"), before, day) > .5);  // the treaty alone
}

TEST_CASE("a controlled membership with the record's dates has the record's doses", "[world][doses]") {
  Atlas const atlas = load_atlas();
  int const nation = atlas.nation("FIN"), centre = atlas.organisation("CCDCOE");
  std::vector<Relation> const list{{static_cast<std::int16_t>(nation), static_cast<std::int16_t>(centre), {}}};
  Doses const moved(atlas, plain(), list, start, end), recorded(atlas, plain(), {}, start, end);
  Relations relations = controlled(list);
  sim::Time joined = sim::end_of_time;  // the change to another status later continues the membership
  for (FlagRecord const& flag : atlas.flags)
    if (flag.nation == nation && flag.organisation == centre && flag.flag == Flag::membership)
      joined = std::min(joined, flag.from);
  relations.set(nation, centre, Flag::membership, true, static_cast<float>(sim::in_days(joined - start)), 180);
  double const quarter = 91.3125;
  for (int q = 0; q < recorded.quarters(); q += 5) {
    double const middle = (q + .5) * quarter;
    for (Mechanism const m : pair_mechanisms)
      for (int n = 0; n < static_cast<int>(atlas.nations.size()); ++n)
        if (n != nation)
          CHECK(moved.pair(m, nation, n, relations, middle) ==
                Approx(recorded.pair(m, nation, n, {}, middle)).margin(2e-6));
    for (Mechanism const m : {Mechanism::readiness, Mechanism::visibility})
      CHECK(moved.nation(m, nation, relations, middle) == Approx(recorded.nation(m, nation, {}, middle)).margin(2e-6));
  }
}

TEST_CASE("two controlled nations of one organisation meet once", "[world][doses]") {
  Atlas const atlas = load_atlas();
  auto const japan = static_cast<std::int16_t>(atlas.nation("JPN")),
             korea = static_cast<std::int16_t>(atlas.nation("KOR"));
  auto const centre = static_cast<std::int16_t>(atlas.organisation("CCDCOE"));
  std::vector<Relation> const list{{japan, centre, {}}, {korea, centre, {}}};
  Doses const doses(atlas, plain(), list, start, end);
  Relations relations = controlled(list);
  for (Relation& r : relations.slots)
    if (r.nation >= 0) r.flags = always;
  for (Mechanism const m : pair_mechanisms) {
    double const own = doses.relation(m, centre, always, 100);
    CHECK(doses.pair(m, japan, korea, relations, 100) == Approx(own).margin(1e-6));
  }
}

TEST_CASE("what many partners know adds up as independent chances, oneself left out", "[world][doses]") {
  Atlas const atlas = load_atlas();
  int const japan = atlas.nation("JPN"), centre = atlas.organisation("CCDCOE");
  std::vector<Relation> const list{{static_cast<std::int16_t>(japan), static_cast<std::int16_t>(centre), {}}};
  Doses const doses(atlas, plain(), list, start, end);
  Relations relations = controlled(list);
  relations.set(japan, centre, Flag::membership, true, 0, 180);
  std::array<std::uint64_t, 2> known{0x8421'0f0f'1234'8001, 0x55};
  for (int const n : {japan, atlas.nation("EST")}) known[static_cast<std::size_t>(n / 64)] |= 1ULL << (n % 64);
  for (Mechanism const m : {Mechanism::notification, Mechanism::attribution})
    for (int const nation : {japan, atlas.nation("EST"), atlas.nation("PRK"), 0, 70}) {
      double unknown = 1;
      for (int n = 0; n < static_cast<int>(atlas.nations.size()); ++n)
        if (n != nation && (known[static_cast<std::size_t>(n / 64)] >> (n % 64) & 1) != 0)
          unknown *= 1 - doses.pair(m, nation, n, relations, 900);
      CHECK(doses.known_by(m, nation, known, relations, 900) == Approx(1 - unknown).margin(2e-6));
      CHECK(doses.known_by(m, nation, {}, relations, 900) == 0);
    }
}

TEST_CASE("every relation that the record still holds at the end carries a dose", "[world][doses]") {
  Atlas const atlas = load_atlas();
  Doses const doses(atlas, plain(), {}, start, end);
  double const day = sim::in_days(sim::to_time({2026, 1, 1}) - start);
  for (FlagRecord const& flag : atlas.flags) {
    if (flag.flag != Flag::membership || flag.to != sim::end_of_time || flag.from > sim::to_time({2025, 1, 1}))
      continue;
    bool const carries = atlas.organisations[static_cast<std::size_t>(flag.organisation)]
                             .weight[static_cast<std::size_t>(Flag::membership)][1] > 0;
    INFO(atlas.nations[static_cast<std::size_t>(flag.nation)].iso3
         << " " << atlas.organisations[static_cast<std::size_t>(flag.organisation)].code);
    CHECK((doses.at_organisation(Mechanism::sharing, flag.nation, flag.organisation, {}, day) > 0) == carries);
  }
}
