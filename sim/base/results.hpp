// The shape of a campaign's results: what a study declares beforehand and what one replication brings back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/fields.hpp"
#include "sim/base/time.hpp"

namespace sim {

/// Address of one replication in a campaign; all three count from 0.
struct ReplicationKey {
  std::uint32_t point = 0;        // treatment
  std::uint32_t future = 0;       // draw of the uncertain factors
  std::uint32_t replication = 0;  // history within the future
  friend constexpr auto operator<=>(ReplicationKey const&, ReplicationKey const&) = default;
};

enum class ReplicationStatus : std::int32_t { done = 0, failed = 1, censored = 2 };

/// One number per replication, or per replication and nation.
struct ResponseInfo {
  std::string name;
  std::string unit;
  std::string definition;
  bool per_nation = false;
  Date window_from, window_to;  // counted in [from, to)
  bool higher_is_worse = true;
  bool is_control = false;  // a control variate: its mean is 0 in every treatment and future
};

/// A quantity recorded over simulated time on the study's grid.
struct SeriesInfo {
  std::string name;
  std::string unit;
  std::string definition;
};

/// One dated intervention of a treatment, as written in the study.
struct Intervention {
  std::string lever;         // name of the lever in the study
  std::string nation;        // ISO 3166 alpha-3
  std::string organisation;  // empty where the lever needs none
  std::string action;        // liaison, exercise, membership, attribution_policy
  std::string status;        // membership: "CP" or "SN"; else empty
  Date from;                 // takes effect at midnight UTC
  Date to;                   // ends, exclusive; year 9999 for never
};

/// A design point: a named list of interventions.
struct Treatment {
  std::string name;
  std::string label;
  std::vector<Intervention> interventions;
  std::vector<int> levels;  // [levers] 0: absent, 1 ...: its level; empty in an explicit design
};

/// Column of the incident table; stored as int32 or double.
struct ColumnInfo {
  std::string name;
  std::string unit;
  std::string definition;
  bool is_integer = false;
  std::vector<std::string> labels;  // meaning of the codes 0, 1, ... of an integer column; empty if it is a plain number
};

/// How the futures sample the uncertain factors; what an analysis of sensitivity must know of the design.
struct SamplingInfo {
  std::string type = "random";          // as in a study's [sampling]
  std::vector<std::string> factors;     // those that vary, in the order of the design's columns
  std::uint32_t base = 0;               // saltelli: rows of A; 0 for other types
  bool second_order = false;            // saltelli: with B_A
  std::uint32_t trajectories = 0;       // morris; 0 for other types
  std::uint32_t levels = 0;             // morris, full_factorial; 0 for other types
  std::uint32_t resolution = 0;         // fractional_factorial; 0 for other types and for the whole factorial
  std::vector<std::string> generators;  // fractional_factorial
  std::vector<std::string> where;       // conditions that every future meets
  std::vector<std::string> correlations;  // rank correlations of pairs of factors, as "a and b 0.6"
  std::vector<std::int32_t> moved;      // morris [futures]: index in `factors` of what differs from the future before, -1 at a start
  std::vector<std::int32_t> direction;  // morris [futures]: 1 up, -1 down, 0 at a start
  friend bool operator==(SamplingInfo const&, SamplingInfo const&) = default;
};

/// Everything a results file says about its study before any replication has run.
struct ResultSchema {
  std::string study, title, question;
  std::uint64_t seed = 0;
  std::uint32_t futures = 0, replications = 0;  // per treatment; per treatment and future
  bool antithetic = false;                      // replications 2k and 2k + 1 are halves of a pair
  Date start, record_from, end;                 // warm-up is [start, record_from)
  std::vector<std::string> levers;
  std::vector<std::string> mechanisms_on;
  std::vector<Treatment> treatments;
  std::string reference;                        // name of the reference treatment
  std::vector<ParameterInfo> factors;           // one per column of factor_values
  std::vector<double> factor_values;            // [futures x factors], row-major
  SamplingInfo sampling;
  std::vector<std::string> nations;             // ISO codes, order of every per-nation array
  std::vector<std::string> nation_names;
  std::vector<std::int32_t> nation_is_member;   // of the study's organisation at `end` in the record, 0 or 1
  std::vector<std::int32_t> nation_is_adversary;  // home of a recorded rival of a treated nation, 0 or 1; empty in older files
  std::vector<std::string> focal;               // nations with full series
  std::vector<ResponseInfo> responses;
  std::vector<SeriesInfo> series;
  std::vector<Time> focal_grid;                 // ends of the intervals of the focal series
  std::vector<Time> other_grid;                 // ends of the intervals of the all-nation series
  std::vector<ColumnInfo> incident_columns;
  std::vector<std::pair<std::string, std::string>> data_checksums;  // file, SHA-256 or CRC in hex
  std::string study_text;                       // the config as given
  std::string resolved_study;                   // with all defaults filled in
};

/// What one replication brings back.
struct ReplicationRecord {
  ReplicationKey key;
  ReplicationStatus status = ReplicationStatus::done;
  std::uint64_t digest = 0;         // of the whole trace
  std::uint64_t digest_before = 0;  // of the trace before the first date on which treatments differ
  double events = 0;                // committed events
  std::vector<double> responses;    // scalars, then [nations] of each per-nation response, in schema order
  std::vector<float> focal_series;  // [series x focal x focal_grid]
  std::vector<float> other_series;  // [series x nations x other_grid]
  std::vector<double> incidents;    // [rows x incident_columns], row-major, focal nations only
  std::string message;              // why it failed; empty otherwise
};

/// Length of ReplicationRecord::responses.
std::size_t response_width(ResultSchema const& schema);
/// Position of response `index` (nation 0) in ReplicationRecord::responses.
std::size_t response_offset(ResultSchema const& schema, std::size_t index);

}  // namespace sim
