// Writes what the replications brought back, streaming them in their final order; for this folder only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "sim/base/results.hpp"
#include "sim/io/hdf5_handles.hpp"
#include "sim/io/journal_index.hpp"

namespace sim {

/// Lengths of the tables, known before they are written.
struct TableCounts {
  std::uint64_t replications = 0;
  std::uint64_t incidents = 0;  // rows
  std::uint64_t messages = 0;
};

/// Longest message kept [bytes].
inline constexpr std::size_t message_bytes_max = 512;
/// Stands for a missing value in an integer column of the incident table; R reads it as NA.
inline constexpr std::int32_t missing_int32 = INT32_MIN;

/// Groups replications, responses, incidents and series/focal, in one pass over the journals. Throws Error for a
/// record that does not fit the schema. Packs on `jobs` threads. `between_parts` is called
/// often and throws when writing failed or is to be given up.
void write_replications(hid_t file, JournalIndex const& index, ResultSchema const& schema, TableCounts const& counts,
                        unsigned jobs, std::function<void()> const& between_parts);

/// Groups series/quantiles and series/mean over the finished replications of each point; one pass per point and
/// series, more if the sample exceeds `buffer_bytes`.
void write_quantile_series(hid_t file, JournalIndex const& index, ResultSchema const& schema, std::size_t buffer_bytes,
                           unsigned jobs, std::function<void()> const& between_parts);

}  // namespace sim
