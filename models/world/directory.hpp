// Where every agent of one world is reached, and what the agents of one replication share.
#pragma once

#include <cmath>
#include <vector>

#include "models/world/setting.hpp"
#include "sim/kernel/context.hpp"

namespace world {

struct Nation;
struct ResponseTeam;
struct Budget;
struct InformationEnvironment;
struct Organisation;
struct ThreatActor;
struct Arsenal;
struct IntrusionSet;
struct Sector;
struct Asset;
struct Economy;
struct RepairCrews;
struct Hacktivists;
class LossExpectation;

/// References in the order of the atlas; filled while the world is built, constant afterwards.
struct Directory {
  Setting const* setting = nullptr;
  LossExpectation const* losses = nullptr;               // null where no control is asked for
  std::vector<sim::LpRef<Nation>> nations;
  std::vector<sim::LpRef<ResponseTeam>> teams;
  std::vector<sim::LpRef<Budget>> budgets;
  std::vector<sim::LpRef<Economy>> economies;
  std::vector<sim::LpRef<InformationEnvironment>> environments;  // [nation]
  std::vector<sim::LpRef<Organisation>> organisations;
  std::vector<sim::LpRef<ThreatActor>> actors;
  std::vector<sim::LpRef<Arsenal>> arsenals;            // [actor x platform]
  std::vector<sim::LpRef<IntrusionSet>> shards;         // as Setting::shards
  std::vector<std::vector<int>> shards_of_actor;        // [actor]
  std::vector<std::vector<int>> shards_of_dyad;         // [actor x nation]: indices into shards, one per part
  std::vector<sim::LpRef<Sector>> sectors;              // [nation x sector]
  std::vector<sim::LpRef<Asset>> assets;                // [nation x sector x asset]
  std::vector<sim::LpRef<RepairCrews>> crews;           // [nation x sector x depot]; none without everyday faults
  int depots = 0;                                       // of a sector
  std::vector<sim::LpRef<Hacktivists>> hacktivists;     // [nation]; none where a study has none
  std::vector<double> year_factor;                      // common factor of state campaigns per year, this replication

  std::size_t nation_count() const { return nations.size(); }
  /// The depot that sees to an asset.
  sim::LpRef<RepairCrews> depot(int nation, int sector, int asset) const {
    auto const in_nation = static_cast<std::size_t>(nation) * setting->atlas->sectors.size() + static_cast<std::size_t>(sector);
    return crews[in_nation * static_cast<std::size_t>(depots) + static_cast<std::size_t>(asset % depots)];
  }
  double day(sim::Time time) const { return setting->day(time); }
};

/// Shortest way between two agents; the world's lookahead.
inline constexpr sim::Duration world_lookahead = sim::minute;
/// A delay of `days` after the shortest way.
inline sim::Duration after_days(double days) { return world_lookahead + sim::from_days(days); }

/// Time between two bulletins of what is known of an actor [d]; doses stand on the same quarterly grid.
inline constexpr double bulletin_days = 91.3125;

/// Beside the flags: the nation leaves the organisation of the record for good; `on` is the number of the withdrawal in Endings.
inline constexpr std::int32_t withdrawal_flag = 102;

/// Tells an agent that a controlled relation changed; of nation -1, that the organisation has been dissolved.
struct RelationChange {
  std::int32_t nation, organisation, flag, on;
};

/// Initial relations of every agent: the controlled pairs, all flags off.
inline Relations controlled_relations(Setting const& setting) {
  Relations relations;
  for (std::size_t i = 0; i < setting.controlled.size(); ++i) relations.slots[i] = setting.controlled[i];
  return relations;
}

/// The day as agents keep it, never later than it is: what begins now holds now.
inline float day_not_after(double day) {
  auto const kept = static_cast<float>(day);
  return static_cast<double>(kept) > day ? std::nextafter(kept, -never_day) : kept;
}

inline void apply(RelationChange const& change, Relations& relations, Directory const& directory, sim::Time now) {
  if (change.nation < 0) {
    relations.ending = 1;
    return;
  }
  if (change.flag == withdrawal_flag) {
    relations.ending = 2 + change.on;
    return;
  }
  relations.set(change.nation, change.organisation, static_cast<Flag>(change.flag), change.on != 0, day_not_after(directory.day(now)),
                directory.setting->doses.ramp_days());
}

/// The campaigns' part of an incident id: actor, target, whether it is an extra candidate, number counted from 1. So the
/// lower half is never 2^31, which as a signed number stands for a missing value in results files.
inline std::uint64_t incident_id(int actor, int target, bool extra, std::uint32_t number) {
  return static_cast<std::uint64_t>(actor + 1) << 48 | static_cast<std::uint64_t>(target) << 32 | (extra ? 1ULL << 31 : 0) | (number + 1);
}

/// Times that a campaign has come back after it was eradicated, up to 255: bits 40 to 47 of its id.
inline unsigned recurrences(std::uint64_t incident) { return static_cast<unsigned>(incident >> 40 & 0xff); }
/// The same campaign, come back once more.
inline std::uint64_t next_recurrence(std::uint64_t incident) { return incident + (1ULL << 40); }

/// One campaign on its way from decision to access.
struct Operation {
  std::uint64_t incident;
  double access_mark;         // uniform; the attempt gets in where it lies below the probability
  double access_probability;
  std::uint32_t tool;         // 0: none that could be shared
  std::uint16_t target;
  std::uint8_t objective, severity;
  std::uint8_t vector, platform, sector, immediate;
  std::uint16_t false_flag;
  std::uint16_t handed_on;                      // parts of the dyad that were full
  std::uint64_t knowledge_low, knowledge_high;  // nations that know the actor; bit n of the two words is nation n
};

}  // namespace world
