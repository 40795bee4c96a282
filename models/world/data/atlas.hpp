// The record: nations, organisations, memberships, actors, rates and sectors, read once from the data tables.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/data/table.hpp"
#include "models/world/data/worlds.hpp"
#include "sim/base/time.hpp"

namespace world {

inline constexpr int capability_count = 4;
/// Abilities of a nation that the world uses; standardised logits, 0 = mean of all nations.
enum class Capability { prevent, detect, respond, attribute };

inline constexpr int mechanism_count = 10;   // M1 ... M10
inline constexpr int flag_count = 4;
/// A nation's relation to an organisation that carries a dose.
enum class Flag { liaison, exercise, membership, announcement };

inline constexpr int objective_count = 5;
/// What a campaign is for; ransomware is the criminals' disruption.
enum class Objective : std::uint8_t { disruption, short_espionage, long_espionage, degradation, ransomware };

struct NationRecord {
  std::string iso3, name;
  double population = 0;                             // persons
  double gdp_usd_bn = 0;                             // USD thousand million a year
  double internet_share = 0;                         // [0, 1]
  std::array<double, capability_count> index{};      // standardised, 0 = mean of all nations
  std::array<double, capability_count> index_sd{};   // measurement error of the same
  double state_rate = 0;                             // recorded state-linked incidents per year, 2010-2018
  double other_rate = 0;                             // recorded other incidents per year, 2010-2018
  double openness = 0;                               // of reporting, standardised, 0 = mean of all nations
};

struct OrganisationRecord {
  std::string code, name;
  std::string founded;  // YYYY-MM-DD, or YYYY where no day is certain
  bool has_liaison = false, has_exercise = false, has_membership = false;
  std::array<std::array<double, mechanism_count>, flag_count> weight{};  // [flag][mechanism], 0..1
  std::array<sim::Time, mechanism_count> weight_from{};                  // [mechanism] before which all flags weigh nothing
};

/// One dated flag of the record, in [from, to).
struct FlagRecord {
  int nation = 0, organisation = 0;
  Flag flag = Flag::membership;
  std::string status;
  sim::Time from, to;
};

struct ActorRecord {
  std::string code;
  int nation = -1;  // home of a state actor; -1 for criminals
  bool top = false;
  std::array<double, 4> objective_counts{};  // Dirichlet pseudo-counts of the first four objectives
};

struct DyadRecord {
  int actor = 0, target = 0;
  double shape = 0, rate_years = 0;  // posterior gamma of recorded campaigns per year, 2007-2016
};

/// A dated crisis in which `actor` attacks `target` more often.
struct CrisisRecord {
  int actor = 0, target = 0;
  sim::Time day;
  double jump = 0;  // of the log rate; 0: drawn
  bool of_record = true;  // false: added by a study
};

/// Most providers abroad of one nation, each a sector of another; its sectors remember the level of each.
inline constexpr int max_providers_abroad = 8;
/// Most nations that one sector provides for; it remembers what each was told.
inline constexpr int max_nations_served = 16;
/// Dependence of a sector on another is capped here, so that an outage that comes back to its sector is always weaker.
inline constexpr double largest_dependency = 0.95;

/// What share of its supply of one sector nation `dependent` has from that sector of nation `provider`.
struct BorderRecord {
  int provider = 0, dependent = 0, sector = 0;
  double share = 0;  // (0, 1]
};

struct SectorRecord {
  std::string code, name;
  double output = 0;  // USD million, United States 2021: relative size
  bool is_service = false;
  double buffer_hours = 0;
  double target_weight = 0;
};

/// A value per calendar year; the first and last hold outside.
struct YearTable {
  int first = 0;
  std::vector<double> values;
  double at(int year) const;
  int last() const { return first + static_cast<int>(values.size()) - 1; }
};

struct Atlas {
  WorldInfo const* world = nullptr;  // which it is
  std::vector<NationRecord> nations;
  std::vector<OrganisationRecord> organisations;
  std::vector<FlagRecord> flags;
  std::vector<ActorRecord> actors;  // states, then the criminals as the last
  std::vector<DyadRecord> dyads;
  std::vector<CrisisRecord> crises;
  std::vector<SectorRecord> sectors;
  std::vector<double> dependency;    // [provider x dependent], 0..1
  std::vector<BorderRecord> borders;
  std::vector<double> coefficients;  // [supplier x user], input-output
  YearTable median_dwell_days, internal_share, time_to_exploit_days;
  std::array<std::array<double, 8>, 4> severity_counts{};  // [objective][severity 0..7]
  double government_share = 0;       // of state campaigns against government or military
  int centre = -1;                   // organisation with the yearly exercise
  int income_reference = -1;         // nation at whose income per head a case costs what the model says

  int nation(std::string_view iso3) const;        // index; -1 if unknown
  int organisation(std::string_view code) const;  // index; -1 if unknown
  int sector(std::string_view code) const;        // index; -1 if unknown
};

/// Where a table of a given name comes from.
using TableSource = std::function<Table(std::string const&)>;
/// The tables embedded in the program.
Table embedded_table(std::string const& file_name);

/// Reads all tables of a world; sim::Error names table, row and column of a defect, or the worlds that exist. Nations stand in the order of
/// their codes, whatever the order of rows in the tables about them.
Atlas load_atlas(std::string_view world = worlds().front().name, TableSource const& source = embedded_table);

}  // namespace world
