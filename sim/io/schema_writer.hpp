// Writes what a results file says about its study, before any replication; for this folder only.
#pragma once

#include "sim/base/results.hpp"
#include "sim/io/hdf5_handles.hpp"
#include "sim/io/provenance.hpp"

namespace sim {

/// Version of the layout described in docs/formats/results.md.
inline constexpr std::int32_t results_format_version = 1;
/// Root attribute `format`.
inline constexpr char const* results_format_name = "berylia results";

/// Root attributes and the groups study, design, futures, nations, provenance; grids under /series.
void write_schema(hid_t file, ResultSchema const& schema, BuildInfo const& build, Fingerprint const& fingerprint);

/// Attributes of one response dataset.
void write_response_attributes(hid_t dataset, ResponseInfo const& response, std::int32_t position);
/// Attributes unit, definition and position of a series or column.
void write_quantity_attributes(hid_t dataset, std::string const& unit, std::string const& definition,
                               std::int32_t position);

}  // namespace sim
